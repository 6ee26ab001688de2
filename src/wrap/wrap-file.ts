import { unreachable } from '../base/assert.ts';
import { nearest } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, errorAt, type Place } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import { type IniEntry, type IniSection, parseIni } from './ini.ts';

/** A value of a wrap file and where it stands. */
export interface Field {
  readonly value: string;
  readonly place: Place;
}

/** The build system inside a subproject. */
export type Method = 'meson' | 'cmake' | 'cargo';

/** The names that `method` may have. */
export const methods: readonly Method[] = ['meson', 'cmake', 'cargo'];

/** A file to be had: downloaded where it has a URL, else lying in `packagefiles`. */
export interface ArchiveFields {
  readonly filename: Field | undefined;
  readonly url: Field | undefined;
  readonly fallbackUrl: Field | undefined;
  readonly hash: Field | undefined;
}

/** What a wrap offers to `dependency()` and `find_program()`. */
export interface Provides {
  /** By lower-case dependency name: the variable that holds it, or undefined where it is overridden. */
  readonly dependencies: ReadonlyMap<string, string | undefined>;
  readonly programs: readonly string[];
}

interface WrapBase {
  /** File name without `.wrap`; the name of the subproject. */
  readonly name: string;
  readonly source: Source;
  /** The first section's header: where a missing key is shown. */
  readonly header: Place;
  /** Folder under `subprojects/`. */
  readonly directory: string;
  readonly directoryPlace: Place | undefined;
  /** Not checked until the subproject is needed, as in Meson. */
  readonly method: Field | undefined;
  readonly patch: ArchiveFields;
  readonly patchDirectory: Field | undefined;
  readonly diffFiles: readonly Field[];
  readonly provides: Provides;
  readonly wrapdbVersion: Field | undefined;
}

/** A crate that Cargo gets for us. */
export interface CrateFields {
  readonly name: string;
  readonly version: string;
  readonly place: Place;
}

/** An archive. Fields are missing where the folder already lies in the tree. */
export interface FileWrap extends WrapBase {
  readonly kind: 'file';
  readonly archive: ArchiveFields;
  readonly leadDirectoryMissing: boolean;
  readonly crate: CrateFields | undefined;
}

/** `[wrap-git]` (Meson's manual: "Wrap dependency system manual"). */
export interface GitWrap extends WrapBase {
  readonly kind: 'git';
  readonly url: Field | undefined;
  readonly revision: Field | undefined;
  readonly depth: Field | undefined;
  readonly pushUrl: Field | undefined;
  readonly cloneRecursive: boolean;
  /** As with Cargo, submodules that the repository says not to update stay out; Meson checks all of them out. */
  readonly heedsUpdateNone?: true;
}

/** `[wrap-hg]` or `[wrap-svn]`. */
export interface ForeignVcsWrap extends WrapBase {
  readonly kind: 'hg' | 'svn';
  readonly url: Field | undefined;
  readonly revision: Field | undefined;
}

/** Points to another project's wrap file; found and replaced when wraps are loaded. */
export interface RedirectWrap extends WrapBase {
  readonly kind: 'redirect';
  readonly filename: Field;
}

/** A wrap file that was read, by the kind of its first section. */
export type Wrap = FileWrap | GitWrap | ForeignVcsWrap | RedirectWrap;

const kinds = ['file', 'git', 'hg', 'svn', 'redirect'] as const;
type Kind = (typeof kinds)[number];

const commonKeys =
  'directory method patch_url patch_fallback_url patch_filename patch_hash patch_directory diff_files wrapdb_version'.split(
    ' ',
  );
const ownKeys: Readonly<Record<Kind, readonly string[]>> = {
  file: 'source_url source_fallback_url source_filename source_hash lead_directory_missing crate version original_filename'.split(
    ' ',
  ),
  git: 'url revision depth push-url clone-recursive'.split(' '),
  hg: ['url', 'revision'],
  svn: ['url', 'revision'],
  redirect: ['filename'],
};

/** Reads a wrap file. Warnings (unknown keys that look misspelt) come with the wrap. */
export function parseWrap(
  name: string,
  source: Source,
): Result<
  { readonly wrap: Wrap; readonly warnings: readonly Diagnostic[] },
  readonly Diagnostic[]
> {
  const ini = parseIni(source);
  if (ini.diagnostics.length > 0) return err(ini.diagnostics);
  const top: Place = { source, span: { start: 0, end: 0 } };
  const [section] = ini.sections;
  if (section === undefined) return err([errorAt(top, `Missing sections in ${source.path}`)]);
  if (!section.name.startsWith('wrap-'))
    return err([
      errorAt(
        section.place,
        `'${section.name}' is not a valid first section in ${source.path}`,
        `The first section is one of ${kinds.map((kind) => `[wrap-${kind}]`).join(', ')}.`,
      ),
    ]);
  const kind = kinds.find((known) => section.name === `wrap-${known}`);
  if (kind === undefined)
    return err([errorAt(section.place, `Unknown wrap type '${section.name.slice(5)}'`)]);
  const fields = new Map(section.entries.map((entry) => [entry.key, entry]));
  const diagnostics: Diagnostic[] = [];
  const common = commonFields({ name, source, header: section.place }, fields, diagnostics);
  const provides = parseProvides(name, ini.sections, diagnostics);
  const wrap = wrapOfKind({ ...common, provides, kind }, fields, diagnostics);
  if (wrap === undefined || diagnostics.length > 0) return err(diagnostics);
  return ok({ wrap, warnings: misspeltKeys(section, [...commonKeys, ...ownKeys[kind]]) });
}

type Fields = ReadonlyMap<string, IniEntry>;

function commonFields(
  wrap: Pick<WrapBase, 'name' | 'source' | 'header'>,
  fields: Fields,
  diagnostics: Diagnostic[],
): Omit<WrapBase, 'provides'> {
  const directory = fields.get('directory');
  if (directory !== undefined && !isPlainName(directory.value))
    diagnostics.push(errorAt(directory.place, 'Directory key must be a name and not a path'));
  else if (directory !== undefined && isTaken(directory.value))
    diagnostics.push(
      errorAt(directory.place, `directory '${directory.value}' belongs to all subprojects`),
    );
  const patch = archiveFields('patch', fields);
  const patchDirectory = fields.get('patch_directory');
  if (patch.filename !== undefined && patchDirectory !== undefined)
    diagnostics.push(
      errorAt(
        patchDirectory.place,
        `Wrap file '${wrap.name}' must not have both "patch_filename" and "patch_directory"`,
      ),
    );
  return {
    ...wrap,
    directory: directory?.value ?? wrap.name,
    directoryPlace: directory?.place,
    patch,
    diffFiles: diffFiles(fields.get('diff_files'), diagnostics),
    method: fields.get('method'),
    patchDirectory: patchDirectory,
    wrapdbVersion: fields.get('wrapdb_version'),
  };
}

function diffFiles(entry: IniEntry | undefined, diagnostics: Diagnostic[]): readonly Field[] {
  if (entry === undefined) return [];
  const paths = entry.value.split(',').map((path) => path.trim());
  for (const path of paths) {
    if (path.startsWith('/'))
      diagnostics.push(errorAt(entry.place, 'diff_files paths cannot be absolute'));
    if (path.split('/').includes('..'))
      diagnostics.push(errorAt(entry.place, 'diff_files paths cannot contain ".."'));
  }
  return paths.map((value) => ({ value, place: entry.place }));
}

function wrapOfKind(
  base: WrapBase & { readonly kind: Kind },
  fields: Fields,
  diagnostics: Diagnostic[],
): Wrap | undefined {
  const { kind } = base;
  const isTrue = (key: string) => fields.get(key)?.value.toLowerCase() === 'true';
  const remote = {
    url: fields.get('url'),
    revision: fields.get('revision'),
  };
  switch (kind) {
    case 'file':
      return {
        ...base,
        kind,
        archive: archiveFields('source', fields),
        leadDirectoryMissing: fields.has('lead_directory_missing'),
        crate: crateOf(fields, diagnostics),
      };
    case 'git':
      return {
        ...base,
        kind,
        ...remote,
        depth: fields.get('depth'),
        pushUrl: fields.get('push-url'),
        cloneRecursive: isTrue('clone-recursive'),
      };
    case 'hg':
    case 'svn':
      return { ...base, kind, ...remote };
    case 'redirect': {
      const filename = fields.get('filename');
      if (filename === undefined) {
        diagnostics.push(missingKey(base, 'filename'));
        return undefined;
      }
      return { ...base, kind, filename };
    }
    default:
      return unreachable(kind);
  }
}

function crateOf(fields: Fields, diagnostics: Diagnostic[]): CrateFields | undefined {
  const name = fields.get('crate');
  const version = fields.get('version');
  if (name === undefined) return undefined;
  if (version === undefined) {
    diagnostics.push(errorAt(name.place, `crate '${name.value}' has no version`));
    return undefined;
  }
  for (const [field, pattern] of [
    [name, /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/],
    [version, /^\d+\.\d+\.\d+[0-9A-Za-z.+-]*$/],
  ] as const)
    if (!pattern.test(field.value))
      diagnostics.push(errorAt(field.place, `'${field.value}' is not a crate's ${field.key}`));
  return { name: name.value, version: version.value, place: version.place };
}

function parseProvides(
  name: string,
  sections: readonly IniSection[],
  diagnostics: Diagnostic[],
): Provides {
  const dependencies = new Map<string, string | undefined>([[name.toLowerCase(), undefined]]);
  const programs: string[] = [];
  const misspelt = sections.find((section) => section.name === 'provides');
  if (misspelt !== undefined)
    diagnostics.push(
      errorAt(misspelt.place, 'Unexpected "[provides]" section, did you mean "[provide]"?'),
    );
  const provide = sections.find((section) => section.name === 'provide');
  for (const { key, value, keyPlace } of provide?.entries ?? []) {
    const names = value.split(',').map((item) => item.trim());
    if (key === 'dependency_names') {
      for (const item of names) dependencies.set(item.toLowerCase(), undefined);
    } else if (key === 'program_names') {
      programs.push(...names);
    } else if (value === '') {
      diagnostics.push(
        errorAt(
          keyPlace,
          `Empty dependency variable name for '${key}' in ${name}.wrap. If the subproject uses meson.override_dependency() it can be added in the "dependency_names" special key.`,
        ),
      );
    } else {
      dependencies.set(key, value);
    }
  }
  return { dependencies, programs };
}

function misspeltKeys(section: IniSection, known: readonly string[]): Diagnostic[] {
  return section.entries
    .filter(({ key }) => !known.includes(key))
    .flatMap(({ key, keyPlace }) => {
      const meant = nearest(key, known);
      return meant === undefined
        ? []
        : [
            {
              ...errorAt(keyPlace, `Unknown key "${key}" (did you mean "${meant}"?)`),
              severity: 'warning' as const,
            },
          ];
    });
}

function archiveFields(what: 'source' | 'patch', fields: Fields): ArchiveFields {
  return {
    filename: fields.get(`${what}_filename`),
    url: fields.get(`${what}_url`),
    fallbackUrl: fields.get(`${what}_fallback_url`),
    hash: fields.get(`${what}_hash`),
  };
}

/** Meson's complaint about a key that only shows to be missing when it is needed. */
export function missingKey(wrap: { readonly name: string; readonly header: Place }, key: string) {
  const hint = key.endsWith('_hash')
    ? 'Nothing that is fetched is used without one: "sha256sum FILE" tells it.'
    : undefined;
  return errorAt(wrap.header, `Missing key '${key}' in ${wrap.name}.wrap`, hint);
}

/** What lies beside the folders of subprojects, and must not be laid over. */
function isTaken(name: string): boolean {
  return /^(packagecache|packagefiles|wrapdb\.json|\.git|\.gitignore|\.wraplock|\.kaon-.*|.*\.wrap)$/.test(
    name,
  );
}

/** Whether a text can be the name of one file or folder and nothing else. */
export function isPlainName(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/\\\0]/.test(text);
}
