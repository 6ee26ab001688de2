import { posix } from 'node:path';
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver/node';
import { own } from '../../base/own.ts';
import { modules } from '../../eval/modules/table.ts';
import { ownOptions } from '../../lint/options.ts';
import type { ReadFiles } from '../../lint/project-files.ts';
import { languageSuffixes } from '../../toolchains/languages.ts';
import type { CallContext, TextContext } from '../text-context.ts';
import type { Spot } from '../workspace.ts';

type Text = Extract<TextContext, { readonly kind: 'string' }>;

/** What may be written between quotes: files, folders, options, modules, variables, dependencies. */
export function textItems(spot: Spot, text: Text): readonly CompletionItem[] {
  const { call } = text;
  if (call === undefined || call.receiver !== undefined) return [];
  const isFirst = call.keyword === undefined && call.position === 0;
  switch (call.name) {
    case 'get_option':
      return isFirst ? optionItems(spot) : [];
    case 'import':
      return isFirst
        ? modules.map(({ name, doc }) => item(name, CompletionItemKind.Module, doc))
        : [];
    case 'get_variable':
    case 'is_variable':
    case 'set_variable':
    case 'unset_variable': {
      if (!isFirst) return [];
      return [...spot.facts.writes.keys()].map((name) => item(name, CompletionItemKind.Variable));
    }
    case 'dependency':
      return isFirst
        ? dependencyNames(spot).map((name) => item(name, CompletionItemKind.Reference))
        : [];
    case 'subproject':
      return isFirst
        ? subprojectNames(spot).map((name) => item(name, CompletionItemKind.Folder))
        : [];
    case 'project':
    case 'add_languages':
      return languageItems(call);
    default:
      return fileItems(spot, text, call);
  }
}

function item(label: string, kind: CompletionItemKind, detail?: string): CompletionItem {
  return { label, kind, ...(detail !== undefined && { detail }) };
}

function optionItems({ facts }: Spot): readonly CompletionItem[] {
  const own = [...ownOptions].map(([name, { type, description }]) => ({
    ...item(name, CompletionItemKind.Property, `${type}: ${description}`),
    sortText: `2${name}`,
  }));
  const declared = facts.options.map(({ name, type, description }) => ({
    ...item(name, CompletionItemKind.Property, `${type}: ${description}`),
    sortText: `1${name}`,
  }));
  return [...declared, ...own];
}

function languageItems({ name, position, keyword }: CallContext): readonly CompletionItem[] {
  if (keyword === 'default_options') {
    return [...ownOptions].map(([option, { description }]) => ({
      ...item(option, CompletionItemKind.Property, description),
      insertText: `${option}=`,
    }));
  }
  if (keyword !== undefined || (name === 'project' && position === 0)) return [];
  const languages = Object.keys(languageSuffixes);
  return languages.map((language) => item(language, CompletionItemKind.Constant));
}

function subprojectNames({ facts }: Spot): readonly string[] {
  const { disk, root } = facts.project;
  const listed = disk.list(posix.join(root, 'subprojects'));
  const names = (listed.ok ? listed.value : []).flatMap((name) => {
    if (name.endsWith('.wrap')) return [name.slice(0, -'.wrap'.length)];
    return disk.isDirectory(posix.join(root, 'subprojects', name)) ? [name] : [];
  });
  return [...new Set(names)].filter((name) => name !== 'packagecache' && name !== 'packagefiles');
}

/** Names that are known by themselves, those of subprojects, and those of pkg-config files of this machine. */
function dependencyNames(spot: Spot): readonly string[] {
  const { disk } = spot.facts.project;
  const files = packageFolders.flatMap((folder) => {
    const listed = disk.list(folder);
    return (listed.ok ? listed.value : []).flatMap((name) =>
      name.endsWith('.pc') ? [name.slice(0, -'.pc'.length)] : [],
    );
  });
  const names = [...wellKnown, ...subprojectNames(spot), ...files];
  return [...new Set(names)].sort();
}

const wellKnown = [
  ...[
    'threads',
    'openmp',
    'boost',
    'curses',
    'dl',
    'intl',
    'iconv',
    'atomic',
    'gl',
    'gmock',
    'gtest',
  ],
  ...['llvm', 'mpi', 'openssl', 'python3', 'qt5', 'qt6', 'sdl2', 'vulkan', 'zlib', 'cuda', 'cups'],
];

const packageFolders = [
  '/usr/lib/x86_64-linux-gnu/pkgconfig',
  '/usr/lib/aarch64-linux-gnu/pkgconfig',
  '/usr/lib64/pkgconfig',
  '/usr/lib/pkgconfig',
  '/usr/share/pkgconfig',
  '/usr/local/lib/pkgconfig',
  '/usr/local/share/pkgconfig',
  '/opt/homebrew/lib/pkgconfig',
];

/** Calls whose texts name files of the folder, and whether their first is a name instead. */
const namesFiles: Readonly<Record<string, 'all' | 'but-first' | 'folders'>> = {
  subdir: 'folders',
  include_directories: 'folders',
  install_subdir: 'folders',
  files: 'all',
  configure_file: 'all',
  custom_target: 'all',
  install_data: 'all',
  install_headers: 'all',
  install_man: 'all',
  find_program: 'all',
  executable: 'but-first',
  library: 'but-first',
  static_library: 'but-first',
  shared_library: 'but-first',
  shared_module: 'but-first',
  both_libraries: 'but-first',
  build_target: 'but-first',
  jar: 'but-first',
};

const fileKeywords = new Set([
  'sources',
  'input',
  'extra_files',
  'depend_files',
  'objects',
  'c_pch',
  'cpp_pch',
]);

function fileItems(spot: Spot, { prefix }: Text, call: CallContext): readonly CompletionItem[] {
  const which = own(namesFiles, call.name);
  if (which === undefined) return [];
  if (call.keyword !== undefined && !fileKeywords.has(call.keyword)) return [];
  if (which === 'but-first' && call.keyword === undefined && call.position === 0) return [];
  const { facts, file } = spot;
  const typed = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const folder = posix.resolve(facts.project.root, file.folder, typed);
  const { disk } = facts.project;
  const listed = disk.list(folder);
  return (listed.ok ? listed.value : []).flatMap((name) => {
    if (name.startsWith('.')) return [];
    const path = posix.join(folder, name);
    if (disk.isDirectory(path))
      return folderItem(disk, { path, label: typed + name, call: call.name });
    return which === 'folders' ? [] : [item(typed + name, CompletionItemKind.File)];
  });
}

function folderItem(
  disk: ReadFiles,
  { path, label, call }: { readonly path: string; readonly label: string; readonly call: string },
): readonly CompletionItem[] {
  const hasBuildFile = disk.isFile(posix.join(path, 'meson.build'));
  const sortText = `${hasBuildFile ? 1 : 2}${label}`;
  const insertText = call === 'subdir' || call === 'include_directories' ? label : `${label}/`;
  return [{ ...item(label, CompletionItemKind.Folder), sortText, insertText }];
}
