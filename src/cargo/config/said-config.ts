import { posix } from 'node:path';
import { parseJson } from '../../base/parse-json.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';
import { isTable, parseToml, type Table } from '../manifest/toml.ts';

/** Configuration that a command line brings, with `--config`. */
export type SaidConfig =
  | { readonly kind: 'file'; readonly path: string }
  /** `build.jobs = 2`; its paths rest on the folder of the process. */
  | { readonly kind: 'value'; readonly text: string; readonly base: string };

/** Where Cargo looks for its configuration. */
export interface ConfigPlace {
  /** This folder and those above it. */
  readonly folder: string;
  /** Counts more than all files; the last one most. */
  readonly said: readonly SaidConfig[];
}

/** Reads the words of `--config`: paths of files, and keys with their values. Faults are in Cargo's words. */
export function readSaidConfig(
  files: Files,
  folder: string,
  words: readonly string[],
): Result<readonly SaidConfig[], string> {
  const found: SaidConfig[] = [];
  for (const word of words) {
    const path = posix.resolve(folder, word);
    if (word !== '' && files.isFile(path)) {
      found.push({ kind: 'file', path });
      continue;
    }
    const fault = valueFault(word);
    if (fault !== undefined) return err(fault);
    found.push({ kind: 'value', text: word, base: folder });
  }
  return ok(found);
}

function valueFault(word: string): string | undefined {
  const said = `--config argument \`${word}\``;
  const notOne = `${said} was not a TOML dotted key expression (such as \`build.jobs = 2\`)`;
  if (word.trim() === '' || word.includes('\n') || word.trim().startsWith('[')) return notOne;
  const toml = parseToml({ path: '--config', text: word });
  if (!toml.ok)
    return `failed to parse value from ${said} as a dotted key expression\n${toml.error.message}`;
  if (Object.keys(toml.value).length === 0) return notOne;
  // A key names no table but by dots.
  const isInline = /^[^=]*=\s*\{/.test(word);
  return isInline ? `${said} sets a value to an inline table, which is not accepted` : undefined;
}

/** Variables that say the same, and are not heeded therefore: `CARGO_BUILD_JOBS`. */
export function overriddenVariables(table: Table, before = 'CARGO'): readonly string[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const name = `${before}_${key.replaceAll(/[-.]/g, '_').toUpperCase()}`;
    return isTable(value) ? overriddenVariables(value, name) : [name];
  });
}

/** How Cargo is called to heed the configuration of a place. */
export function cargoAt({ folder, said }: ConfigPlace): {
  readonly workingDirectory: string;
  readonly words: readonly string[];
} {
  const [base = folder] = said.flatMap((one) => (one.kind === 'value' ? [one.base] : []));
  return {
    // From the folder that values rest on it finds the files of those above, too.
    workingDirectory: base.startsWith(`${folder}/`) ? base : folder,
    words: said.flatMap((one) => ['--config', one.kind === 'file' ? one.path : one.text]),
  };
}

/** What the option of a configuration says; empty where that is nothing. */
export function formatConfigPlace({ folder, said }: Partial<ConfigPlace>): string {
  if (folder === undefined && (said ?? []).length === 0) return '';
  return JSON.stringify({ folder, said });
}

/** The place that it means in a workspace. */
export function configPlace(sourceRoot: string, option: string | undefined): ConfigPlace {
  const read = option === undefined || option === '' ? undefined : parseJson(option);
  const { folder, said } = isTable(read) ? (read as Partial<ConfigPlace>) : {}; // as written above
  return { folder: folder ?? sourceRoot, said: said ?? [] };
}
