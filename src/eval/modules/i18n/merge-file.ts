import { versionMatches } from '../../../base/version.ts';
import { oneOfWords, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, requiredKeyword } from '../../declare.ts';
import { currentSourceDir, joinPath, normalPath } from '../../paths.ts';
import { requiredWord } from '../../programs/required-program.ts';

import { declareCustomTarget } from '../../targets/command/custom-target.ts';
import { itemsOf } from '../../targets/sources.ts';
import { textWords } from '../module-target.ts';
import { args, dataDirs, dataEnvironment, singleInstall, translatedFile } from './keywords.ts';
import { translationTool } from './tool.ts';

export const i18nMergeFile = builtin({
  name: 'merge_file',
  label: 'i18n.merge_file',
  doc: 'A desktop or XML file with its translations merged in.',
  since: '0.37.0',
  keywords: {
    ...translatedFile,
    args: { ...args, since: '0.51.0' },
    data_dirs: { ...dataDirs, since: '0.41.0' },
    po_dir: requiredKeyword(str, 'Folder of the catalogues.'),
    type: keyword(str, 'xml', 'What kind of file it is.', {
      check: oneOfWords(['xml', 'desktop']),
    }),
  },
  returns: 'custom_tgt',
  run: (call, { keywords: given }) => {
    const install = singleInstall(call, given.output, given);
    const msgfmt = translationTool(call, 'msgfmt');
    if (msgfmt.found.kind === 'command') checkVersion(call, msgfmt.version(), given.type);
    const here = currentSourceDir(call.evaluation, call.scope);
    return declareCustomTarget(call, {
      name: '',
      inputs: itemsOf(call, given.input),
      outputs: [given.output],
      command: [
        requiredWord(call, msgfmt),
        ...textWords([`--${given.type}`, '-d', normalPath(joinPath(here, given.po_dir))]),
        ...textWords(['--template', '@INPUT@', '-o', '@OUTPUT@', ...given.args]),
      ],
      more: {
        buildByDefault: given.build_by_default ?? given.install,
        environment: dataEnvironment(call, given.data_dirs),
        dependFiles: catalogues(call, given.po_dir),
        install,
        description: `Merging translations for ${given.output}`,
      },
    });
  },
});

/** The catalogues that are there when the build files are read. */
function catalogues({ evaluation, scope }: Call, folder: string) {
  const path = normalPath(joinPath(scope.subdir, folder));
  const { files } = evaluation.host;
  const names = files.list(joinPath(evaluation.sourceRoot, path));
  if (!names.ok) return [];
  return names.value
    .filter((name) => name === 'LINGUAS' || name.endsWith('.po'))
    .map((name) => ({ tree: 'source' as const, path: joinPath(path, name) }));
}

function checkVersion(call: Call, version: string | undefined, type: string): void {
  if (version === undefined) call.fail('i18n.merge_file requires GNU msgfmt');
  const wanted = type === 'desktop' ? '>=0.19' : '>=0.19.7';
  if (versionMatches(version, wanted)) return;
  call.fail(
    `i18n.merge_file requires GNU msgfmt ${wanted} to produce files of type: ${type} (got: ${version})`,
  );
}
