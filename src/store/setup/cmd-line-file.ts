import { pythonRepr } from '../../base/python-repr.ts';

/** The command lines that a build directory was set up with, as Meson keeps them in meson-private/cmd_line.txt. */
export interface CommandLineRecord {
  /** Options as they were given, `sub:build.name` → value. */
  readonly options: ReadonlyMap<string, string>;
  readonly crossFiles: readonly string[];
  readonly nativeFiles: readonly string[];
  /** Machine files as someone has written them, to be shown so in later setups, too. */
  readonly crossNames?: readonly string[] | undefined;
  readonly nativeNames?: readonly string[] | undefined;
  /** The Python that scripts are run by, where it is not that of PATH. */
  readonly python?: string | undefined;
  /** Variables that chose compilers and their arguments, when the build directory was set up first. */
  readonly environment?: ReadonlyMap<string, string> | undefined;
}

/** The record of a build directory that nobody said anything of. */
export const emptyRecord: CommandLineRecord = {
  options: new Map(),
  crossFiles: [],
  nativeFiles: [],
};

/** The text of cmd_line.txt: an INI file whose lists are written as in Python. */
export function formatCommandLine(record: CommandLineRecord): string {
  const line = ([key, value]: readonly [string, string]): string =>
    `${key} = ${value.replaceAll('\n', '\n\t')}`.trimEnd();
  const list = (paths: readonly string[]): string => `[${paths.map(pythonRepr).join(', ')}]`;
  const files = (name: string, paths: readonly string[]): readonly string[] =>
    paths.length === 0 ? [] : [line([name, list(paths)])];
  const variables = [...(record.environment ?? [])].map(([name, value]) => `${name}=${value}`);
  return [
    '[options]',
    ...[...record.options].map(line),
    '',
    '[properties]',
    ...files('cross_file', record.crossFiles),
    ...files('native_file', record.nativeFiles),
    ...files('kaon_cross_names', record.crossNames ?? []),
    ...files('kaon_native_names', record.nativeNames ?? []),
    ...(record.python === undefined ? [] : [line(['kaon_python', pythonRepr(record.python)])]),
    ...(record.environment === undefined ? [] : [line(['kaon_environment', list(variables)])]),
    '',
    '',
  ].join('\n');
}

/** Reads what `formatCommandLine` or Meson wrote; lines that are neither are passed over. */
export function parseCommandLine(text: string): CommandLineRecord {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let last: string | undefined;
  for (const line of text.split('\n')) {
    const title = /^\[(.*)\]\s*$/.exec(line)?.[1];
    const at = line.indexOf('=');
    if (title !== undefined) {
      section = sections.get(title) ?? new Map();
      sections.set(title, section);
      last = undefined;
    } else if (/^\s/.test(line) && last !== undefined) {
      section.set(last, `${section.get(last)}\n${line.trim()}`);
    } else if (at !== -1) {
      last = line.slice(0, at).trim();
      section.set(last, line.slice(at + 1).trim());
    }
  }
  const properties = sections.get('properties');
  const variables = properties?.get('kaon_environment');
  return {
    options: sections.get('options') ?? new Map(),
    crossFiles: parseList(properties?.get('cross_file') ?? ''),
    nativeFiles: parseList(properties?.get('native_file') ?? ''),
    ...namesOf('crossNames', properties?.get('kaon_cross_names')),
    ...namesOf('nativeNames', properties?.get('kaon_native_names')),
    python: parseList(properties?.get('kaon_python') ?? '')[0],
    ...(variables !== undefined && { environment: new Map(parseList(variables).map(setting)) }),
  };
}

function namesOf(
  key: 'crossNames' | 'nativeNames',
  text: string | undefined,
): Pick<CommandLineRecord, 'crossNames' | 'nativeNames'> {
  return text === undefined ? {} : { [key]: parseList(text) };
}

/** `NAME=VALUE`. */
function setting(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Options given later win; `undefined` takes one back. Machine files replace those of before. */
export function mergedRecord(
  old: CommandLineRecord,
  given: {
    readonly options: ReadonlyMap<string, string | undefined>;
    readonly crossFiles: readonly string[];
    readonly nativeFiles: readonly string[];
    readonly crossNames?: readonly string[];
    readonly nativeNames?: readonly string[];
    readonly python?: string | undefined;
  },
): CommandLineRecord {
  const crossNames = given.crossFiles.length > 0 ? given.crossNames : old.crossNames;
  const nativeNames = given.nativeFiles.length > 0 ? given.nativeNames : old.nativeNames;
  const options = new Map(old.options);
  for (const [key, value] of given.options) {
    if (value === undefined) options.delete(key);
    else options.set(key, value);
  }
  return {
    options,
    crossFiles: given.crossFiles.length > 0 ? given.crossFiles : old.crossFiles,
    nativeFiles: given.nativeFiles.length > 0 ? given.nativeFiles : old.nativeFiles,
    ...(crossNames !== undefined && { crossNames }),
    ...(nativeNames !== undefined && { nativeNames }),
    python: given.python ?? old.python,
    ...(old.environment !== undefined && { environment: old.environment }),
  };
}

/** A list of strings as Python writes it. */
function parseList(text: string): readonly string[] {
  return [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, single, double]) =>
    (single ?? double ?? '').replace(/\\(.)/g, (_, char: string) =>
      char === 'n' ? '\n' : char === 't' ? '\t' : char === 'r' ? '\r' : char,
    ),
  );
}
