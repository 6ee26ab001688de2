import { anything, bool, listOf, orNothing, str } from '../../argument-type.ts';
import { builtin, keyword, positional, requiredKeyword, rest } from '../../declare.ts';
import { shownFolder } from '../../option-texts.ts';
import { joinPath, normalPath } from '../../paths.ts';
import { fileModeOf, installModeOf } from '../../targets/install-mode.ts';
import { followSymlinks, installMode, installTag } from '../../targets/keywords/install.ts';
import { installObject } from './install-object.ts';

const excluded = (what: string) =>
  keyword(listOf(str), [], `${what} that are left out, relative to the folder.`, {
    since: '0.42.0',
    check: (paths) =>
      paths.some((path) => path.startsWith('/')) ? 'cannot be absolute' : undefined,
  });

export const installSubdir = builtin({
  name: 'install_subdir',
  doc: 'Installs a folder with all that is in it.',
  positional: [positional('folder', str, 'The folder.')],
  keywords: {
    install_dir: requiredKeyword(str, 'Where it is installed.'),
    strip_directory: keyword(bool, false, 'Its content, without the folder itself.'),
    exclude_files: excluded('Files'),
    exclude_directories: excluded('Folders'),
    install_mode: { ...installMode, since: '0.38.0' },
    install_tag: { ...installTag, since: '0.60.0' },
    follow_symlinks: followSymlinks,
  },
  returns: 'void',
  run: (call, { positional: [folder], keywords }) => {
    const { evaluation, scope } = call;
    const path = normalPath(joinPath(scope.subdir, folder));
    const listed = evaluation.host.files.list(joinPath(evaluation.sourceRoot, path));
    if (!listed.ok || listed.value.length === 0) {
      call.uses('install_subdir with empty directory', '0.47.0');
      call.usesDeprecated(
        'install_subdir with empty directory',
        '0.60.0',
        'It worked by accident and is buggy. Use install_emptydir instead.',
      );
    }
    const shown = shownFolder(evaluation, keywords.install_dir);
    evaluation.tables.installs.push({
      kind: 'subdir',
      subproject: scope.subproject,
      from: { tree: 'source', path },
      spelled: joinPath(evaluation.sourceRoot, scope.spelled.subdir, folder).replace(/\/+$/, ''),
      directory: keywords.install_dir,
      placeholder: shown === keywords.install_dir ? joinPath('{prefix}', shown) : shown,
      stripDirectory: keywords.strip_directory,
      excludeFiles: keywords.exclude_files,
      excludeDirectories: keywords.exclude_directories,
      mode: fileModeOf(call, keywords.install_mode),
      tag: keywords.install_tag,
      followSymlinks: keywords.follow_symlinks,
    });
    return installObject('InstallDir');
  },
});

export const installEmptydir = builtin({
  name: 'install_emptydir',
  doc: 'Makes a folder where things are installed.',
  since: '0.60.0',
  positional: [positional('path', str, 'The folder.')],
  rest: rest('others', anything, 'Not heeded: one call makes one folder.'),
  keywords: {
    install_mode: installMode,
    install_tag: keyword(orNothing(str), undefined, 'Which installs it is part of.', {
      since: '0.62.0',
    }),
  },
  returns: 'void',
  run: (call, { positional: [path], rest: others, keywords }) => {
    // Meson does not look at them, so that there are projects which have some.
    if (others.length > 0)
      call.warn(`install_emptydir makes one folder; ${others.length} more are not made.`);
    call.evaluation.tables.installs.push({
      kind: 'emptydir',
      subproject: call.scope.subproject,
      directory: path,
      mode: installModeOf(keywords.install_mode),
      tag: keywords.install_tag,
    });
    return installObject('EmptyDir');
  },
});

export const installSymlink = builtin({
  name: 'install_symlink',
  label: 'install_symlink',
  otherLabels: { positional: 'symlink_name' },
  doc: 'Makes a symbolic link where things are installed.',
  since: '0.61.0',
  positional: [positional('name', str, 'Name of the link.')],
  keywords: {
    pointing_to: requiredKeyword(str, 'What it points to.'),
    install_dir: requiredKeyword(str, 'Where the link is.'),
    install_tag: installTag,
  },
  returns: 'void',
  run: (call, { positional: [name], keywords }) => {
    if (name.includes('/'))
      call.fail(
        'Link name is "' +
          name +
          '", but link names cannot contain path separators. The dir part should be in install_dir.',
      );
    call.evaluation.tables.installs.push({
      kind: 'symlink',
      subproject: call.scope.subproject,
      name,
      pointingTo: keywords.pointing_to,
      directory: keywords.install_dir,
      tag: keywords.install_tag,
    });
    return installObject('SymlinkData');
  },
});
