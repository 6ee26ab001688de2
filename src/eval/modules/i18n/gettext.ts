import { requestWord } from '../../../base/request-word.ts';
import type { TargetId } from '../../../model/target.ts';
import { bool, listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, type KeywordValues, keyword, positional } from '../../declare.ts';
import type { ProgramObject } from '../../objects/program.ts';
import type { TargetObject } from '../../objects/target.ts';
import { shownFolder } from '../../option-texts.ts';
import { currentSourceDir, joinPath } from '../../paths.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { requiredWord } from '../../programs/required-program.ts';
import { oneOfChoices } from '../../targets/argument-types.ts';
import { declareAliasTarget, declareRunTarget } from '../../targets/command/goal.ts';
import { installDir } from '../../targets/keywords/install.ts';
import { textOption } from '../../targets/options.ts';
import { fileItem, fileOf } from '../../targets/sources.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { args, dataDirs, dataEnvironment } from './keywords.ts';
import { linguas } from './linguas.ts';
import { gettextPresets } from './presets.ts';
import { commandOfTool, translationTool } from './tool.ts';

const keywords = {
  args,
  msgfmt_args: keyword(listOf(str), [], 'Further arguments of msgfmt.', { since: '1.12.0' }),
  data_dirs: { ...dataDirs, since: '0.36.0' },
  install: keyword(bool, true, 'Install the catalogues.'),
  install_dir: { ...installDir, since: '0.50.0' },
  languages: keyword(listOf(str), [], 'The languages; those of the file LINGUAS when left out.'),
  preset: keyword(orNothing(str), undefined, 'A set of arguments that projects of a kind need.', {
    since: '0.37.0',
    check: oneOfChoices(...Object.keys(gettextPresets)),
  }),
};

type Values = KeywordValues<typeof keywords>;

export const i18nGettext = builtin({
  name: 'gettext',
  label: 'i18n.gettext',
  doc: 'Compiled catalogues of messages, and targets that bring their sources up to date.',
  positional: [positional('package', str, 'Name of the package: its domain.')],
  keywords,
  returns: 'array[custom_tgt | run_tgt]',
  run: (call, { positional: [name], keywords: given }) => {
    const msgfmt = tool(call, 'msgfmt');
    if (msgfmt === undefined) return undefined;
    const makers = ['msginit', 'msgmerge', 'xgettext'].map((one) => tool(call, one));
    const pot = maintain(call, `${name}-pot`, ['pot', name, given, makers]);
    const languages =
      given.languages.length > 0
        ? given.languages
        : linguas(call, currentSourceDir(call.evaluation, call.scope));
    const catalogues = languages.map((language) =>
      catalogue(call, { name, language, msgfmt, given }),
    );
    declareAliasTarget(call, {
      name: `${name}-gmo`,
      targets: catalogues.map(({ target }): TargetId => target),
    });
    const update = maintain(call, `${name}-update-po`, ['update-po', name, given, makers]);
    return [catalogues, pot, update];
  },
});

const told = perEvaluation(() => new Set<string>());

/** One of the tools, or undefined with a warning, given once. */
function tool(call: Call, name: string): ProgramObject | undefined {
  const program = translationTool(call, name, { required: false });
  if (program.found.kind !== 'no') return program;
  const message =
    name === 'msgfmt'
      ? 'Gettext not found, all translation (po) targets will be ignored.'
      : `'${name}' not found, maintainer targets will not work`;
  const known = told(call.evaluation);
  if (!known.has(message)) call.warn(message);
  known.add(message);
  return undefined;
}

/** A target that people ask for to bring the catalogues' sources up to date. */
function maintain(
  call: Call,
  target: string,
  [step, name, given, makers]: readonly [
    string,
    string,
    Values,
    readonly (ProgramObject | undefined)[],
  ],
): TargetObject {
  const { evaluation, scope } = call;
  const top = joinPath(evaluation.sourceRoot, scope.rootDir);
  const preset = given.preset === undefined ? [] : (gettextPresets[given.preset] ?? []);
  const extra = [...new Set([...preset, ...given.args])];
  const request = {
    package: name,
    top,
    folder: currentSourceDir(evaluation, scope),
    languages: given.languages,
    extra,
    tools: Object.fromEntries(
      makers.flatMap((one) => (one === undefined ? [] : [[one.name, commandOfTool(one)]])),
    ),
  };
  return declareRunTarget(call, {
    name: target,
    command: [
      { kind: 'program', command: [...evaluation.self, 'internal', 'gettext'] },
      ...textWords([step, requestWord(request)]),
    ],
    environment: dataEnvironment(call, given.data_dirs),
  });
}

/** One language's catalogue. All have the name of the package, each in a folder of its own. */
function catalogue(
  call: Call,
  {
    name,
    language,
    msgfmt,
    given,
  }: {
    readonly name: string;
    readonly language: string;
    readonly msgfmt: ProgramObject;
    readonly given: Values;
  },
): TargetObject {
  const folder = `${language}/LC_MESSAGES`;
  const word = requiredWord(call, msgfmt);
  const base = given.install_dir || textOption(call, 'localedir');
  // The usual place is shown as it is.
  const shown = given.install_dir ? shownFolder(call.evaluation, base) : base;
  const to = joinPath(base, folder);
  return moduleTarget(call, {
    name: `${name}-${language}.mo`,
    folder,
    inputs: [fileItem(fileOf(call, `${language}.po`))],
    outputs: [`${name}.mo`],
    command: [word, ...textWords(['-o', '@OUTPUT@', '@INPUT@', ...given.msgfmt_args])],
    description: 'Building translation ',
    install: given.install
      ? {
          directories: [to],
          mode: undefined,
          tags: ['i18n'],
          ...(shown !== base && { placeholders: [joinPath(shown, folder)] }),
        }
      : undefined,
  });
}
