import { posix } from 'node:path';
import { directoryOptions } from '../../../model/builtin-options.ts';
import type { BuildTarget, LinkItem } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { joinPath } from '../../paths.ts';
import { textOption } from '../../targets/options.ts';
import type { PcLibrary, PkgConfigContents } from './contents.ts';

/** What a .pc file says beside what the build knows. */
export interface PcFields {
  readonly name: string;
  /** What the file is called, without `.pc`. */
  readonly filebase: string;
  readonly description: string;
  readonly url: string;
  readonly license: string;
  readonly version: string;
  readonly conflicts: readonly string[];
  readonly subdirs: readonly string[];
  readonly dataonly: boolean;
  readonly variables: ReadonlyMap<string, string>;
  readonly unescaped: ReadonlyMap<string, string>;
  /** For use from the build directory. */
  readonly uninstalled: boolean;
  /** Where it is installed, when it must not name the prefix. */
  readonly relocatable: string | undefined;
}

const implicit = ['prefix', 'includedir', 'libdir'];

/** The text of a .pc file. */
export function pkgConfigText(call: Call, contents: PkgConfigContents, fields: PcFields): string {
  const { evaluation } = call;
  const { dataonly, uninstalled } = fields;
  const names = definedNames(fields);
  const referenced = referencedNames(call, contents, fields);
  const prefix = prefixOf(call, fields);
  const lines: string[] = [];
  for (const { name } of directoryOptions) {
    if (!referenced.has(name) || names.has(name)) continue;
    const value = name === 'prefix' ? prefix : joinPath('${prefix}', textOption(call, name));
    lines.push(`${name}=${escaped(value)}`);
  }
  if (uninstalled && !dataonly) lines.push(`srcdir=${escaped(evaluation.sourceRoot)}`);
  if (names.size > 0) lines.push('');
  for (const [name, value] of fields.variables) lines.push(`${name}=${escaped(value)}`);
  for (const [name, value] of fields.unescaped) lines.push(`${name}=${value}`);
  lines.push('', `Name: ${fields.name}`);
  const field = (name: string, text: string): void => {
    if (text !== '') lines.push(`${name}: ${text}`);
  };
  field('Description', fields.description);
  field('URL', fields.url);
  field('License', fields.license);
  lines.push(`Version: ${fields.version}`);
  field('Requires', requiresText(contents, contents.publicRequires));
  field('Requires.private', requiresText(contents, contents.privateRequires));
  field('Conflicts', fields.conflicts.join(' '));
  const linked = (list: readonly PcLibrary[]): string =>
    linkWords(call, list, { ...fields, prefix }).join(' ');
  if (contents.publicLibraries.length > 0) lines.push(`Libs: ${linked(contents.publicLibraries)}`);
  if (contents.privateLibraries.length > 0)
    lines.push(`Libs.private: ${linked(contents.privateLibraries)}`);
  if (!dataonly) {
    field('Cflags', [...includeWords(contents, fields), ...contents.cflags.map(escaped)].join(' '));
    field('Cflags.private', contents.privateCflags.map(escaped).join(' '));
  }
  return `${lines.join('\n')}\n`;
}

/** Spaces are escaped; quotes mean nothing to pkg-config. */
function escaped(text: string): string {
  return text.replaceAll(' ', '\\ ');
}

function definedNames({ variables, unescaped }: PcFields): ReadonlySet<string> {
  return new Set([...variables.keys(), ...unescaped.keys()]);
}

/** Directories that must be defined: what is always used, and what variables use. */
function referencedNames(
  call: Call,
  contents: PkgConfigContents,
  fields: PcFields,
): ReadonlySet<string> {
  const { dataonly, variables, unescaped } = fields;
  const names = definedNames(fields);
  const referenced = new Set<string>();
  if (!dataonly) {
    referenced.add('prefix').add('includedir');
    if (contents.publicLibraries.length + contents.privateLibraries.length > 0)
      referenced.add('libdir');
  }
  const values = [...variables.values(), ...unescaped.values()];
  let redundant = false;
  let isNew = false;
  for (const { name } of directoryOptions) {
    if (!values.some((value) => value.startsWith(`\${${name}}`))) continue;
    if (names.has(name)) redundant = true;
    else if (dataonly || !implicit.includes(name)) isNew = true;
    referenced.add('prefix').add(name);
  }
  if (redundant)
    call.usesDeprecated(
      'pkgconfig.generate variable for builtin directories',
      '0.62.0',
      'They will be automatically included when referenced',
    );
  if (isNew) call.uses('pkgconfig.generate implicit variable for builtin directories', '0.62.0');
  return referenced;
}

function prefixOf(call: Call, { uninstalled, relocatable }: PcFields): string {
  const prefix = textOption(call, 'prefix');
  if (uninstalled) return call.evaluation.buildRoot;
  if (relocatable === undefined) return prefix;
  const folder = joinPath(prefix, relocatable);
  if (!folder.startsWith(`${prefix}/`))
    call.fail(
      `Pkgconfig prefix cannot be outside of the prefix when pkgconfig.relocatable=true. Pkgconfig prefix is ${folder}.`,
    );
  // Not joined as paths: that would take the variable for a folder to leave.
  return `\${pcfiledir}/${posix.relative(folder, prefix)}`;
}

function requiresText({ versions }: PkgConfigContents, names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const wanted = [...(versions.get(name) ?? [])].sort();
      if (wanted.length === 0) return [name];
      return wanted.map((one) => `${name} ${one.replace(/^(>=|<=|!=|==|=|>|<)/, '$1 ')}`);
    })
    .join(', ');
}

/** What is needed to name where a library lies. */
type PlacedFields = PcFields & { readonly prefix: string };

/** `-L` and `-l` of libraries, each folder once. */
function linkWords(
  call: Call,
  list: readonly PcLibrary[],
  fields: PlacedFields,
): readonly string[] {
  const folders = new Set<string>();
  return list.flatMap((one) => {
    if (typeof one === 'string') return [one];
    const folder = folderWord(call, one, fields);
    if (folder === undefined) return [];
    const assembly = assemblyName(call, one);
    if (assembly !== undefined) return [`${folder.replace('-L', '-r')}/${assembly}`];
    const isNew = !folders.has(folder);
    folders.add(folder);
    return [...(isNew ? [folder] : []), `-l${libraryName(call, one, fields)}`];
  });
}

/** C# refers to the file of a library. */
function assemblyName({ evaluation }: Call, item: LinkItem): string | undefined {
  const target = evaluation.tables.targets.get(item.target);
  return target.kind === 'build' && target.languages.includes('cs') ? target.filename : undefined;
}

function folderWord(
  call: Call,
  item: LinkItem,
  { uninstalled, relocatable, prefix }: PlacedFields,
): string | undefined {
  const { evaluation } = call;
  const target = evaluation.tables.targets.get(item.target);
  if (target.kind !== 'build' && target.kind !== 'custom') return undefined;
  const relative = (base: string, path: string): string =>
    path === base || path.startsWith(`${base}/`) ? posix.relative(base, path) : path;
  if (uninstalled) {
    const folder = joinPath(evaluation.buildRoot, target.buildSubdir);
    return `-L${escaped(posix.join('${prefix}', relative(prefix, folder)))}`;
  }
  // Of `install_dir: false`.
  if (target.install !== undefined && target.install.directories[0] === undefined) return undefined;
  // A DLL lies beside programs, its import library among the others.
  const folder =
    target.kind === 'build' ? target.customInstallFolder : target.install?.directories[0];
  if (folder === undefined) return '-L${libdir}';
  const real = relocatable === undefined ? prefix : textOption(call, 'prefix');
  return `-L${escaped(joinPath('${prefix}', relative(real, folder)))}`;
}

function libraryName(call: Call, item: LinkItem, fields: PcFields): string {
  const target = call.evaluation.tables.targets.get(item.target);
  if (target.kind === 'build') return buildTargetName(call, target, fields);
  if (target.kind !== 'custom') return target.name;
  const output = target.outputs[item.kind === 'output' ? item.output : 0] ?? '';
  return posix
    .basename(output)
    .replace(/\.[^.]*$/, '')
    .replace(/^lib/, '');
}

/** `libfoo` without a prefix of its own is found as `-lfoo`; what is called otherwise may not be found. */
function buildTargetName(call: Call, target: BuildTarget, fields: PcFields): string {
  const { name, givenNames: { prefix, suffix } = {} } = target;
  const file = `${fields.filebase}${fields.uninstalled ? '-uninstalled' : ''}.pc`;
  const found = prefix === '' && name.startsWith('lib') ? name.slice(3) : name;
  const warn = (keyword: string): void =>
    call.unplaced.warn(
      `Library target '${name}' has '${keyword}' set. Compilers may not find it from its '-l${found}' linker flag in the '${file}' pkg-config file.`,
    );
  if (prefix !== undefined && found === name && target.importLibrary === undefined)
    warn('name_prefix');
  if (suffix !== undefined) warn('name_suffix');
  return found;
}

function includeWords(
  { includes }: PkgConfigContents,
  { uninstalled, subdirs }: PcFields,
): readonly string[] {
  if (uninstalled)
    return [...includes].flatMap((folder) =>
      ['${prefix}', '${srcdir}'].map((base) => `-I${escaped(joined(base, folder))}`),
    );
  return subdirs.map((folder) =>
    folder === '.' ? '-I${includedir}' : `-I${escaped(joined('${includedir}', folder))}`,
  );
}

function joined(base: string, folder: string): string {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  if (folder.startsWith('/')) return `/${parts.join('/')}`;
  return [base, ...parts].join('/');
}
