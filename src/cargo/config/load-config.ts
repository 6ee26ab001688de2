import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { type Diagnostic, errorAt, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { whetherThere } from '../../model/file.ts';
import { parseToml, placeOfKey } from '../manifest/toml.ts';
import { type ConfigFault, configFaults, machineFaults } from './config-faults.ts';
import { configIncludes } from './config-includes.ts';
import {
  type ConfigValue,
  configValue,
  mergeConfig,
  noConfig,
  plainTable,
} from './config-value.ts';
import { profileConfigFaults } from './profile-config-faults.ts';
import { type ConfigPlace, overriddenVariables, type SaidConfig } from './said-config.ts';

export interface LoadedConfig {
  readonly root: ConfigValue;
  /** What was read, and where there could be more: a change asks for setup. */
  readonly files: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** Variables that do not count, as the command line says the same. */
  readonly overridden: readonly string[];
}

/**
 * Cargo's configuration for a folder: `.cargo/config.toml` there and in each folder above, then that
 * of Cargo's home; before all of these what a command line brings.
 */
export function loadConfig(
  files: Files,
  place: string | ConfigPlace,
  cargoHome: string,
): Result<LoadedConfig, readonly Diagnostic[]> {
  const { folder, said } = typeof place === 'string' ? { folder: place, said: [] } : place;
  const folders = [...foldersUp(folder).map((at) => `${at === '/' ? '' : at}/.cargo`), cargoHome];
  const read: string[] = [];
  const absent: string[] = [];
  const warnings: Diagnostic[] = [];
  let root = noConfig;
  for (const at of new Set(folders)) {
    const found = configNames.findIndex((name) => files.isFile(`${at}/${name}`));
    // One that would count in its place may come.
    const before = found === -1 ? configNames : configNames.slice(0, found);
    absent.push(...before.map((name) => whetherThere(`${at}/${name}`)));
    if (found === -1) continue;
    const path = `${at}/${configNames[found]}`;
    warnings.push(...oldName(files, at, path));
    const one = readConfig(files, path, read);
    if (!one.ok) return err([one.error]);
    const merged = mergeConfig(root, one.value);
    if (!merged.ok) return err([plainError(`${path}: ${merged.error}`)]);
    root = merged.value;
  }
  const overridden: string[] = [];
  for (const each of said) {
    const one = readSaid(files, each, read);
    if (!one.ok) return err([one.error]);
    const merged = mergeConfig(one.value, root);
    if (!merged.ok) return err([plainError(`--config: ${merged.error}`)]);
    root = merged.value;
    overridden.push(...overriddenVariables(plainTable(one.value)));
  }
  const faults = [...configFaults(root), ...profileConfigFaults(root)];
  if (faults.length > 0) return err(faults.map((fault) => told(files, read, fault)));
  return ok({ root, files: [...read, ...absent], warnings, overridden });
}

/** Why Cargo would refuse what is said of a machine, where something is built for it. */
export function refusedForMachine(
  files: Files,
  { root, files: read }: LoadedConfig,
  triple: string,
): readonly Diagnostic[] {
  return machineFaults(root, triple).map((fault) => told(files, read, fault));
}

/** With the line of the nearest file that has the key. */
function told(
  files: Files,
  read: readonly string[],
  { path, message, hint }: ConfigFault,
): Diagnostic {
  const key = path.at(-1) ?? '';
  const places = read.map((file) => {
    const text = files.readText(file);
    return placeOfKey({ path: file, text: text.ok ? text.value : '' }, key);
  });
  const place = places.find(({ span }) => span.end > 0);
  return place === undefined ? plainError(message, hint) : errorAt(place, message, hint);
}

function foldersUp(folder: string): readonly string[] {
  const above = posix.dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUp(above)];
}

/** The older name wins where both are there. */
const configNames = ['config', 'config.toml'];

/** What Cargo says of a file of the older name; nothing where that leads to the newer one. */
function oldName(files: Files, folder: string, path: string): readonly Diagnostic[] {
  const newer = `${folder}/config.toml`;
  if (path === newer) return [];
  if (!files.isFile(newer))
    return [
      {
        ...plainError(
          `\`${path}\` is deprecated in favor of \`config.toml\``,
          'if you need to support cargo 1.38 or earlier, you can symlink `config` to `config.toml`',
        ),
        severity: 'warning',
      },
    ];
  const real = (one: string): string | undefined => {
    const found = files.realPath(one);
    return found.ok ? found.value : undefined;
  };
  if (real(path) === real(newer)) return [];
  const message = `both \`${path}\` and \`${newer}\` exist. Using \`${path}\``;
  return [{ ...plainError(message), severity: 'warning' }];
}

function readSaid(files: Files, said: SaidConfig, read: string[]): Result<ConfigValue, Diagnostic> {
  if (said.kind === 'file') return readConfig(files, said.path, read);
  const toml = parseToml({ path: '--config', text: said.text });
  return toml.ok ? ok(configValue(toml.value, said.base) ?? noConfig) : toml;
}

/** What is read is told to `read`; files that may come yet as well. */
function readConfig(files: Files, path: string, read: string[]): Result<ConfigValue, Diagnostic> {
  if (read.includes(path))
    return err(plainError(`config \`include\` cycle detected with path \`${path}\``));
  read.push(path);
  const text = files.readText(path);
  if (!text.ok) return err(plainError(`${path}: ${text.error.reason}`));
  const source = { path, text: text.value };
  const toml = parseToml(source);
  if (!toml.ok) return toml;
  const folder = posix.dirname(path);
  const base = posix.basename(folder) === '.cargo' ? posix.dirname(folder) : folder;
  const { include, ...own } = toml.value;
  const place = placeOfKey(source, 'include');
  const includes = configIncludes(include);
  if (!includes.ok) return err(errorAt(place, includes.error));
  let value = configValue(own, base) ?? noConfig;
  for (const each of [...includes.value].reverse()) {
    const other = posix.resolve(folder, each.path);
    if (!files.isFile(other)) {
      if (!each.isOptional)
        return err(
          errorAt(place, `failed to load config include \`${each.path}\``, `${other} is no file.`),
        );
      read.push(whetherThere(other));
      continue;
    }
    const more = readConfig(files, other, read);
    if (!more.ok) return more;
    const merged = mergeConfig(value, more.value);
    if (!merged.ok) return err(plainError(`${other}: ${merged.error}`));
    value = merged.value;
  }
  return ok(value);
}
