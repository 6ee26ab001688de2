import { posix } from 'node:path';
import type { FileRef } from '../../../model/file.ts';
import type { Install } from '../../../model/install.ts';
import type { InstallMode } from '../../../model/install-mode.ts';
import { listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, rest } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import { shownFolder } from '../../option-texts.ts';
import { joinPath } from '../../paths.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { fileModeOf } from '../../targets/install-mode.ts';
import {
  followSymlinks,
  installDir,
  installMode,
  installTag,
  preservePath,
} from '../../targets/keywords/install.ts';
import { textOption } from '../../targets/options.ts';
import { fileOf } from '../../targets/sources.ts';
import { installObject } from './install-object.ts';

/** A file to install, with its path as the build file wrote it: folders in it may be kept. */
interface Named {
  readonly file: FileRef;
  readonly written: string;
}

/** Files beside the names that the build file gives them. */
export function named(call: Call, sources: readonly (string | FileObject)[]): readonly Named[] {
  return sources.map((source) => {
    if (typeof source === 'string') return { file: fileOf(call, source), written: source };
    const { tree, path } = source.file;
    return {
      file: source.file,
      written: source.written ?? (tree === 'build' ? posix.basename(path) : path),
    };
  });
}

const files = rest('files', strOrFile, 'What is installed.');

export const installData = builtin({
  name: 'install_data',
  doc: 'Installs files as they are.',
  rest: files,
  keywords: {
    sources: keyword(listOf(strOrFile), [], 'More files.'),
    rename: keyword(listOf(str), [], 'New names of the files, one for each.', {
      since: '0.46.0',
    }),
    install_mode: { ...installMode, since: '0.38.0' },
    install_tag: { ...installTag, since: '0.60.0' },
    install_dir: installDir,
    preserve_path: { ...preservePath, since: '0.64.0' },
    follow_symlinks: followSymlinks,
  },
  returns: 'void',
  run: (call, { rest: given, keywords }) => {
    const { scope, evaluation } = call;
    const sources = named(call, [...given, ...keywords.sources]);
    const { rename } = keywords;
    if (rename.length > 0 && rename.length !== sources.length) {
      call.fail(
        `"rename" and "sources" argument lists must be the same length if "rename" is given. Rename has ${rename.length} elements and sources has ${sources.length}.`,
      );
    }
    const project = evaluation.tables.projects.get(scope.project).name;
    const isGiven = keywords.install_dir !== undefined && keywords.install_dir !== '';
    if (!isGiven && scope.subproject !== '')
      call.uses(
        'install_data() without install_dir inside of a subproject',
        '1.3.0',
        'This was broken and would install to the project name of the parent project instead',
      );
    if (!isGiven && keywords.preserve_path)
      call.uses(
        'install_data() with preserve_path and without install_dir',
        '1.3.0',
        'This was broken and would not add the project name to the install path',
      );
    const directory = isGiven
      ? (keywords.install_dir ?? '')
      : joinPath(textOption(call, 'datadir'), project);
    addFiles(call, 'data', {
      sources,
      directory,
      placeholder: isGiven ? directory : joinPath('{datadir}', project),
      keepsFolders: keywords.preserve_path,
      rename,
      mode: fileModeOf(call, keywords.install_mode),
      tag: keywords.install_tag,
      followSymlinks: keywords.follow_symlinks,
    });
    return installObject('Data');
  },
});

export const installHeaders = builtin({
  name: 'install_headers',
  doc: 'Installs headers.',
  rest: files,
  keywords: {
    preserve_path: preservePath,
    subdir: keyword(orNothing(str), undefined, 'Folder below the usual one.'),
    install_mode: { ...installMode, since: '0.47.0' },
    install_dir: installDir,
    follow_symlinks: followSymlinks,
    install_tag: { ...installTag, since: '1.11.0' },
  },
  returns: 'void',
  run: (call, { rest: given, keywords }) => {
    const mode = fileModeOf(call, keywords.install_mode);
    const sources = named(call, given);
    const { subdir } = keywords;
    if (subdir !== undefined) {
      if (keywords.install_dir !== undefined)
        call.fail(
          'install_headers: cannot specify both "install_dir" and "subdir". Use only "install_dir".',
        );
      if (subdir.startsWith('/'))
        call.deprecated(
          'Subdir keyword must not be an absolute path. This will be a hard error in meson 2.0.',
        );
    }
    const below = (base: string): string => joinPath(base, subdir ?? '').replace(/\/$/, '');
    addFiles(call, 'headers', {
      sources,
      directory: keywords.install_dir ?? below(textOption(call, 'includedir')),
      placeholder: keywords.install_dir ?? below('{includedir}'),
      keepsFolders: keywords.preserve_path,
      rename: [],
      mode,
      tag: keywords.install_tag,
      followSymlinks: keywords.follow_symlinks,
    });
    return installObject('Headers');
  },
});

export const installMan = builtin({
  name: 'install_man',
  doc: 'Installs manual pages.',
  rest: files,
  keywords: {
    locale: keyword(orNothing(str), undefined, 'Language of the pages.', { since: '0.58.0' }),
    install_mode: { ...installMode, since: '0.47.0' },
    install_dir: installDir,
    install_tag: { ...installTag, since: '1.11.0' },
  },
  returns: 'void',
  run: (call, { rest: given, keywords }) => {
    const mode = fileModeOf(call, keywords.install_mode);
    const { locale = '' } = keywords;
    for (const { file, written } of named(call, given)) {
      const section = /\.([1-9])$/.exec(written)?.[1];
      if (section === undefined)
        call.fail('Man file must have a file extension of a number between 1 and 9');
      const folder = (base: string): string =>
        keywords.install_dir ?? joinPath(base, locale, `man${section}`);
      const name = posix.basename(written);
      addFiles(call, 'man', {
        sources: [{ file, written: name }],
        directory: folder(textOption(call, 'mandir')),
        placeholder: folder('{mandir}'),
        keepsFolders: false,
        // The language is told by the folder, not by the name.
        rename: locale === '' ? [] : [name.replaceAll(`.${locale}`, '')],
        mode,
        tag: keywords.install_tag,
        followSymlinks: undefined,
      });
    }
    return installObject('Man');
  },
});

interface Installed {
  readonly shownAs?: 'python';
  readonly sources: readonly Named[];
  readonly directory: string;
  readonly placeholder: string;
  readonly keepsFolders: boolean;
  readonly rename: readonly string[];
  readonly mode: InstallMode | undefined;
  readonly tag: string | undefined;
  readonly followSymlinks: boolean | undefined;
}

/** Adds files to what is installed. */
export function addFiles(
  call: Call,
  kind: 'data' | 'headers' | 'man',
  { sources, directory, placeholder, keepsFolders, rename, ...more }: Installed,
): void {
  const renamed = sources.map(({ file, written }, at) => {
    const folder = keepsFolders ? posix.dirname(written) : '.';
    const name = joinPath(folder === '.' ? '' : folder, rename[at] ?? posix.basename(written));
    return { file, folder, name };
  });
  // Folder by folder: so Meson's plan lists them, and wheels of Python hold them in its order.
  const folders = [...new Set(renamed.map(({ folder }) => folder))];
  const ordered = folders.flatMap((one) => renamed.filter(({ folder }) => folder === one));
  const shown = shownFolder(call.evaluation, placeholder);
  const install: Install = {
    kind,
    subproject: call.scope.subproject,
    files: ordered.map(({ file }) => file),
    destinations: ordered.map(({ name }) => joinPath(directory, name)),
    placeholders: ordered.map(({ name }) => joinPath(shown, name)),
    ...more,
  };
  call.evaluation.tables.installs.push(install);
}
