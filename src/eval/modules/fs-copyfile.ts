import { oneOf, str } from '../argument-type.ts';
import { builtin, optional, positional } from '../declare.ts';
import type { FileObject } from '../objects/file.ts';
import { file } from '../targets/argument-types.ts';
import { customInstall, declareCustomTarget } from '../targets/command/custom-target.ts';
import { fileModeOf } from '../targets/install-mode.ts';
import { buildSubdir } from '../targets/keywords/common.ts';
import { install, installDir, installMode, installTag } from '../targets/keywords/install.ts';
import { itemsOf } from '../targets/sources.ts';

/** `fs.copyfile()`: kaon itself copies a file into the build tree when it builds. */
export const copyfile = builtin({
  name: 'copyfile',
  label: 'fs.copyfile',
  doc: 'A copy of a file in the build tree.',
  since: '0.64.0',
  positional: [
    positional('source', oneOf<string | FileObject>(file, str), 'The file.'),
    optional('destination', str, 'Its name in the build tree; the same when left out.'),
  ],
  keywords: {
    install,
    install_mode: installMode,
    install_tag: installTag,
    install_dir: installDir,
    build_subdir: { ...buildSubdir, since: '1.12.0' },
  },
  returns: 'custom_tgt',
  run: (call, { positional: [source, destination], keywords }) => {
    if (keywords.install && (keywords.install_dir ?? '') === '')
      call.fail('"install_dir" must be specified when "install" is true');
    const inputs = itemsOf(call, [source]);
    const path = typeof source === 'string' ? source : source.file.path;
    const name = destination || path.slice(path.lastIndexOf('/') + 1);
    if (name.includes('/')) call.fail('Destination path may not have path separators');
    return declareCustomTarget(call, {
      name,
      inputs,
      outputs: [name],
      command: [],
      buildSubdir: keywords.build_subdir,
      more: {
        builtin: 'copy',
        buildByDefault: true,
        description: `Copying file ${name}`,
        install: keywords.install
          ? customInstall(call, name, {
              outputs: [name],
              directories: [keywords.install_dir ?? ''],
              tags: keywords.install_tag === undefined ? [] : [keywords.install_tag],
              mode: fileModeOf(call, keywords.install_mode),
            })
          : undefined,
      },
    });
  },
});
