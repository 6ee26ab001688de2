import { listOf, str } from '../../argument-type.ts';
import { builtin, keyword, requiredKeyword } from '../../declare.ts';
import { absolutePath, currentSourceDir, joinPath } from '../../paths.ts';
import { requiredWord } from '../../programs/required-program.ts';
import { customTarget } from '../../targets/argument-types.ts';
import { declareCustomTarget } from '../../targets/command/custom-target.ts';
import { itemsOf } from '../../targets/sources.ts';
import { textWords } from '../module-target.ts';
import { args, singleInstall, translatedFile } from './keywords.ts';
import { translationTool } from './tool.ts';

export const i18nItstoolJoin = builtin({
  name: 'itstool_join',
  label: 'i18n.itstool_join',
  doc: 'An XML file with its translations joined in by itstool.',
  since: '0.62.0',
  keywords: {
    ...translatedFile,
    args,
    its_files: keyword(listOf(str), [], 'Rules that say what is translated.'),
    mo_targets: requiredKeyword(listOf(customTarget), 'The compiled catalogues.'),
  },
  returns: 'custom_tgt',
  run: (call, { keywords: given }) => {
    const { evaluation, scope } = call;
    const install = singleInstall(call, given.output, given);
    const itstool = translationTool(call, 'itstool');
    const here = currentSourceDir(evaluation, scope);
    const rules = given.its_files.flatMap((name) => ['-i', joinPath(here, name)]);
    // itstool reads the language off the name of a catalogue, and all of ours have one name.
    const catalogues = given.mo_targets.map(({ target }) => {
      const row = evaluation.tables.targets.get(target);
      const path = row.kind === 'custom' ? joinPath(row.buildSubdir, row.outputs[0] ?? '') : '';
      return absolutePath(evaluation, { tree: 'build', path });
    });
    return declareCustomTarget(call, {
      name: '',
      inputs: itemsOf(call, given.input),
      outputs: [given.output],
      command: [
        { kind: 'program', command: [...evaluation.self, 'internal', 'itstool-join'] },
        ...textWords([String(catalogues.length), ...catalogues]),
        requiredWord(call, itstool),
        ...textWords([...rules, '-j', '@INPUT@', '-o', '@OUTPUT@']),
      ],
      more: {
        buildByDefault: given.build_by_default ?? given.install,
        depends: given.mo_targets.map(({ target }) => target),
        dependFiles: given.its_files.map((name) => ({
          tree: 'source',
          path: joinPath(scope.subdir, name),
        })),
        install,
        description: `Merging translations for ${given.output}`,
      },
    });
  },
});
