import { posix } from 'node:path';
import { type CfgSet, targetApplies } from '../cfg.ts';
import type { LockedSource } from '../lock/lock.ts';
import type { Table } from '../manifest/toml.ts';
import {
  type ConfigValue,
  configAt,
  configEntries,
  plainConfig,
  plainTable,
} from './config-value.ts';
import { profileVariables } from './profile-variables.ts';
import { directorySource } from './vendored-crates.ts';

/** What a machine is to Cargo's configuration. */
export interface ConfigPlatform {
  readonly triple: string;
  readonly cfgs: CfgSet;
}

/** What Cargo's configuration and its variables say, for whoever asks. */
export interface CargoConfig {
  /** `[build] target`. */
  readonly target: string | undefined;
  /** What it names besides. */
  readonly otherTargets: readonly string[];
  /** `[build] rustc`, where no variable names a compiler for all tools. */
  readonly rustc: string | undefined;
  readonly rustdoc: string | undefined;
  /** Before rustc: for all packages, and for the workspace's own. */
  readonly wrapper: string | undefined;
  readonly workspaceWrapper: string | undefined;
  readonly rustflags: (platform: ConfigPlatform) => readonly string[];
  readonly rustdocflags: (platform: ConfigPlatform) => readonly string[];
  readonly linker: (platform: ConfigPlatform) => string | undefined;
  readonly runner: (platform: ConfigPlatform) => readonly string[];
  /** Why Cargo would not know which of several conditions counts, in its words. */
  readonly ambiguity: (platform: ConfigPlatform) => string | undefined;
  /** What the build script of a package with such `links` would have said, in its words. */
  readonly scriptOutput: (links: string, triple: string) => string | undefined;
  /** `[env]` without what the environment has already. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names in `[env]` that count only where the environment has them not. */
  readonly overridable: readonly string[];
  /** `[profile]`. */
  readonly profiles: Table;
  readonly incremental: boolean | undefined;
  /** Whether a build tells of crates that a later rustc will refuse: `[future-incompat-report] frequency`. */
  readonly reportsBreakage: boolean;
  /** What `[unstable]` asks of a nightly Cargo, and would change what is built. */
  readonly unstable: readonly string[];
  /** What says where Cargo builds: `target-dir` and `build-dir` of `[build]`, or their variables. */
  readonly buildFolders: readonly string[];
  /** `paths`: folders whose packages stand for those of registries. */
  readonly paths: readonly string[];
  /** `[patch]`: folders by source and name. */
  readonly patch: Table;
  /** Whether it says where the registry of a name lies. */
  readonly knowsRegistry: (name: string) => boolean;
  /** The folder of unpacked crates that stands for a source. */
  readonly directoryOf: (source: LockedSource) => string | undefined;
}

const changesBuilds: ReadonlySet<string> = new Set([
  ...['build-std', 'build-std-features', 'panic-abort-tests', 'panic-immediate-abort', 'bindeps'],
  ...[
    'host-config',
    'target-applies-to-host',
    'codegen-backend',
    'profile-rustflags',
    'trim-paths',
  ],
]);

/** What is read: files, variables, and the folder that Cargo would run in. */
export interface ConfigReading {
  readonly root: ConfigValue;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/**
 * The settings of Cargo's configuration that decide what is compiled and how (the Cargo Book,
 * Configuration). A variable `CARGO_…` goes before what files say.
 */
export function cargoConfig(reading: ConfigReading): CargoConfig {
  const { root, variables } = reading;
  const text = (variable: string, ...path: readonly string[]) =>
    nonEmpty(variables[variable]) ?? textAt(root, path);
  const named = configAt(root, 'build', 'target');
  const ofVariable = nonEmpty(variables['CARGO_BUILD_TARGET']);
  const [target, ...otherTargets] =
    ofVariable === undefined ? (named === undefined ? [] : words(named)) : [ofVariable];
  return {
    target,
    otherTargets,
    rustc: nonEmpty(variables['RUSTC']) ? undefined : toolOf(reading, 'rustc'),
    rustdoc: toolOf(reading, 'rustdoc'),
    wrapper: toolOf(reading, 'rustc-wrapper'),
    workspaceWrapper: toolOf(reading, 'rustc-workspace-wrapper'),
    rustflags: (platform) => flags(reading, 'rustflags', platform),
    rustdocflags: (platform) => flags(reading, 'rustdocflags', platform),
    linker: (platform) =>
      ofPlatform(reading, 'linker', platform)
        .map((value) => programPath(value))
        .at(0),
    runner: (platform) => ofPlatform(reading, 'runner', platform).map(command).at(0) ?? [],
    ambiguity: (platform) =>
      ['linker', 'runner'].flatMap((key) => ambiguity(reading, key, platform) ?? []).at(0),
    scriptOutput: (links, triple) => scriptOutput(configAt(root, 'target', triple, links)),
    environment: environmentOf(reading),
    overridable: configEntries(configAt(root, 'env'))
      .filter(([, said]) => plainTable(said)['force'] !== true)
      .map(([name]) => name),
    profiles: profileVariables(plainTable(configAt(root, 'profile')), variables),
    incremental:
      truth(variables['CARGO_INCREMENTAL']) ??
      truth(text('CARGO_BUILD_INCREMENTAL', 'build', 'incremental')),
    reportsBreakage:
      text('CARGO_FUTURE_INCOMPAT_REPORT_FREQUENCY', 'future-incompat-report', 'frequency') !==
      'never',
    unstable: configEntries(configAt(root, 'unstable'))
      .filter(([name, value]) => changesBuilds.has(name) && plainConfig(value) !== false)
      .map(([name]) => name),
    buildFolders: buildFolders(reading),
    paths: foldersOf(configAt(root, 'paths')),
    patch: patches(configAt(root, 'patch')),
    knowsRegistry: (name) =>
      name === 'crates-io' ||
      text(registryVariable(name), 'registries', name, 'index') !== undefined,
    directoryOf: (source) => directorySource(root, source),
  };
}

function registryVariable(name: string): string {
  return `CARGO_REGISTRIES_${name.toUpperCase().replaceAll('-', '_')}_INDEX`;
}

function buildFolders({ root, variables }: ConfigReading): readonly string[] {
  const named = (key: string, ...names: readonly string[]): readonly string[] => {
    const variable = names.find((name) => nonEmpty(variables[name]) !== undefined);
    if (variable !== undefined) return [variable];
    return textAt(root, ['build', key]) === undefined ? [] : [`[build] ${key}`];
  };
  return [
    ...named('target-dir', 'CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR'),
    ...named('build-dir', 'CARGO_BUILD_BUILD_DIR'),
  ];
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function truth(text: string | undefined): boolean | undefined {
  if (text === undefined || text === '') return undefined;
  return text === '1' || text === 'true';
}

function textAt(root: ConfigValue, path: readonly string[]): string | undefined {
  const value = configAt(root, ...path);
  return value?.kind === 'value' ? String(value.value) : undefined;
}

/** A list, or a text with blanks between. */
function words(value: ConfigValue): readonly string[] {
  switch (value.kind) {
    case 'value':
      return split(String(value.value));
    case 'list':
      return value.items.flatMap((item) => (item.kind === 'value' ? [String(item.value)] : []));
    case 'table':
      return [];
  }
}

function split(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** A name alone is looked for in PATH; a path rests on the folder of its file. */
function programPath(value: ConfigValue): string {
  if (value.kind !== 'value') return '';
  const text = String(value.value);
  return text.includes('/') ? restingOn(value.base, text) : text;
}

/** As Cargo writes it: `./` and `..` stay. */
function restingOn(base: string, path: string): string {
  return posix.isAbsolute(path) ? path : `${base}/${path}`;
}

/** A program of `[build]`, or of its variable, whose path is seen from the folder that Cargo would run in. */
function toolOf({ root, variables, folder }: ConfigReading, key: string): string | undefined {
  const name = key.replaceAll('-', '_').toUpperCase();
  const variable = variables[name] ?? variables[`CARGO_BUILD_${name}`];
  // An empty variable takes the configured one back.
  if (variable !== undefined)
    return nonEmpty(variable.includes('/') ? restingOn(folder, variable) : variable);
  const value = configAt(root, 'build', key);
  return value === undefined ? undefined : nonEmpty(programPath(value));
}

function command(value: ConfigValue): readonly string[] {
  const [program, ...args] = words(value);
  if (program === undefined) return [];
  const first = value.kind === 'list' ? value.items[0] : value;
  const base = first?.kind === 'value' ? first.base : '/';
  return [program.includes('/') ? restingOn(base, program) : program, ...args];
}

/** `CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER`. */
function platformVariable(triple: string, key: string): string {
  return `CARGO_TARGET_${triple.replaceAll(/[-.]/g, '_')}_${key}`.toUpperCase();
}

/** A key of `[target]`: what the variable says, then the triple's table, then those of fitting cfgs by name. */
function ofPlatform(
  { root, variables, folder }: ConfigReading,
  key: string,
  { triple, cfgs }: ConfigPlatform,
): readonly ConfigValue[] {
  const said = nonEmpty(variables[platformVariable(triple, key)]);
  const own = configAt(root, 'target', triple, key);
  return [
    ...(said === undefined ? [] : [{ kind: 'value', value: said, base: folder } as const]),
    ...(own === undefined ? [] : [own]),
    ...ofConditions(root, key, { triple, cfgs }).map(([, value]) => value),
  ];
}

/** The key of tables whose condition fits, by their names. */
function ofConditions(
  root: ConfigValue,
  key: string,
  platform: ConfigPlatform,
): readonly (readonly [name: string, ConfigValue])[] {
  const tables = [...configEntries(configAt(root, 'target'))].sort(([a], [b]) => (a < b ? -1 : 1));
  return tables.flatMap(([name, table]) => {
    if (!name.startsWith('cfg(')) return [];
    const applies = targetApplies(name, platform);
    const value = configAt(table, key);
    return applies.ok && applies.value && value !== undefined ? [[name, value] as const] : [];
  });
}

function ambiguity(
  { root, variables }: ConfigReading,
  key: string,
  platform: ConfigPlatform,
): string | undefined {
  const { triple } = platform;
  const said = nonEmpty(variables[platformVariable(triple, key)]);
  if (said !== undefined || configAt(root, 'target', triple, key) !== undefined) return undefined;
  const [first, second] = ofConditions(root, key, platform).map(([name]) => name);
  return first === undefined || second === undefined
    ? undefined
    : `several matching instances of \`target.'cfg(..)'.${key}\` in configurations\n` +
        `first match \`${first}\`, second match \`${second}\``;
}

/** The first that says anything: variables, `[target]`, `[build]`. */
function flags(
  reading: ConfigReading,
  key: 'rustflags' | 'rustdocflags',
  platform: ConfigPlatform,
): readonly string[] {
  const { root, variables } = reading;
  const name = key.toUpperCase();
  const encoded = variables[`CARGO_ENCODED_${name}`];
  if (encoded !== undefined) return encoded.split('\u001f').filter((word) => word !== '');
  const plain = variables[name];
  if (plain !== undefined) return split(plain);
  const [said, ...tables] = ofPlatform(reading, key, platform);
  const isVariable = nonEmpty(variables[platformVariable(platform.triple, key)]) !== undefined;
  const files = isVariable ? tables : said === undefined ? [] : [said, ...tables];
  // A variable comes behind what files say of the same key.
  const [first, ...rest] = files;
  const own = configAt(root, 'target', platform.triple, key) === undefined ? undefined : first;
  const ofTarget = [
    ...(own === undefined ? [] : words(own)),
    ...(isVariable && said !== undefined ? words(said) : []),
    ...(own === undefined ? files : rest).flatMap(words),
  ];
  if (ofTarget.length > 0) return ofTarget;
  const build = configAt(root, 'build', key);
  return [
    ...(build === undefined ? [] : words(build)),
    ...split(variables[`CARGO_BUILD_${name}`] ?? ''),
  ];
}

/** Each key as a line of a script's output. */
function scriptOutput(table: ConfigValue | undefined): string | undefined {
  if (table?.kind !== 'table') return undefined;
  const lines = configEntries(table).flatMap(([key, value]) => {
    if (key === 'rustc-env')
      return configEntries(value).map(
        ([name, one]) => `${key}=${name}=${String(plainConfig(one))}`,
      );
    const isList = ['rustc-link-lib', 'rustc-link-search', 'rustc-cfg'].includes(key);
    const texts = value.kind === 'list' || isList ? words(value) : [String(plainConfig(value))];
    return texts.map((text) => `${key}=${text}`);
  });
  return lines.map((line) => `cargo:${line}\n`).join('');
}

function environmentOf({ root, variables }: ConfigReading): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [name, said] of configEntries(configAt(root, 'env'))) {
    const value = said.kind === 'table' ? said.entries.get('value') : said;
    if (value?.kind !== 'value') continue;
    const isForced = plainTable(said)['force'] === true;
    if (variables[name] !== undefined && !isForced) continue;
    const text = String(value.value);
    made[name] = plainTable(said)['relative'] === true ? restingOn(value.base, text) : text;
  }
  return made;
}

function foldersOf(value: ConfigValue | undefined): readonly string[] {
  const items = value?.kind === 'list' ? value.items : [];
  return items.flatMap((item) =>
    item.kind === 'value' ? [posix.resolve(item.base, String(item.value))] : [],
  );
}

function patches(table: ConfigValue | undefined): Table {
  return Object.fromEntries(
    configEntries(table).map(([source, entries]) => [
      source,
      Object.fromEntries(
        configEntries(entries).map(([name, entry]) => {
          const path = configAt(entry, 'path');
          const plain = plainTable(entry);
          return [
            name,
            path?.kind === 'value'
              ? { ...plain, path: posix.resolve(path.base, String(path.value)) }
              : plain,
          ];
        }),
      ),
    ]),
  );
}
