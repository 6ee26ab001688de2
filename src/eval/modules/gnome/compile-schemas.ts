import { posix } from 'node:path';
import type { FileRef } from '../../../model/file.ts';
import type { Call } from '../../call.ts';
import { builtin } from '../../declare.ts';
import { currentSourceDir } from '../../paths.ts';
import { dependFiles } from '../../targets/keywords/command.ts';
import { filesOf } from '../../targets/sources.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { buildByDefault } from './keywords.ts';
import { gnomeWord } from './tool.ts';

export const gnomeCompileSchemas = builtin({
  name: 'compile_schemas',
  label: 'gnome.compile_schemas',
  doc: 'The schemas of a folder, compiled for use from the build directory.',
  keywords: {
    build_by_default: { ...buildByDefault, since: '0.40.0' },
    depend_files: dependFiles,
  },
  returns: 'custom_tgt',
  run: (call, { keywords }) => {
    const { evaluation, scope } = call;
    const folder = scope.buildSubdir;
    evaluation.tables.devenv.push({
      kind: 'prepend',
      name: 'GSETTINGS_SCHEMA_DIR',
      value: `${evaluation.buildRoot}/${folder}`,
      separator: ':',
    });
    const here = currentSourceDir(evaluation, scope);
    return moduleTarget(call, {
      name:
        folder === '' ? 'gsettings-compile' : `gsettings-compile-${folder.replaceAll('/', '_')}`,
      inputs: [],
      outputs: ['gschemas.compiled'],
      command: [
        gnomeWord(call, 'glib-compile-schemas'),
        ...textWords([
          '--targetdir',
          folder === '' ? '.' : folder,
          posix.relative(evaluation.buildRoot, here),
        ]),
      ],
      dependFiles: [...filesOf(call, keywords.depend_files), ...schemas(call)],
      buildByDefault: keywords.build_by_default,
      description: 'Compiling gschemas ',
    });
  },
});

/** The schemas that are there when the build files are read: a change of one compiles again. */
function schemas({ evaluation, scope: { subdir } }: Call): readonly FileRef[] {
  const { host, sourceRoot } = evaluation;
  const names = host.files.list(`${sourceRoot}/${subdir}`);
  if (!names.ok) return [];
  return names.value
    .filter((name) => /\.gschema\.(xml|override)$|\.enums\.xml$/.test(name))
    .map((name) => ({ tree: 'source', path: subdir === '' ? name : `${subdir}/${name}` }));
}
