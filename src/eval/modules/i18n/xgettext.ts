import type { DependencyId, Item, TargetId } from '../../../model/target.ts';
import { bool, named, object, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { atLeastOne, builtin, keyword, positional } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import {
  type BothLibrariesObject,
  bothLibrariesType,
  type CustomTargetIndexObject,
  customTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { requiredWord } from '../../programs/required-program.ts';
import {
  buildTarget,
  customTarget,
  customTargetIndex,
  file,
} from '../../targets/argument-types.ts';
import { install, installDir, installTag } from '../../targets/keywords/install.ts';
import { itemsOf, outputItems } from '../../targets/sources.ts';
import { isA } from '../../value.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { args, singleInstall } from './keywords.ts';
import { translationTool } from './tool.ts';

type Source = string | FileObject | TargetObject | BothLibrariesObject | CustomTargetIndexObject;

export const i18nXgettext = builtin({
  name: 'xgettext',
  label: 'i18n.xgettext',
  doc: 'The messages of sources or targets, as a template for translators.',
  since: '1.8.0',
  positional: [positional('name', str, 'Name of the template.')],
  rest: atLeastOne(
    'sources',
    named(
      oneOf<Source>(
        str,
        file,
        object(bothLibrariesType),
        buildTarget,
        customTarget,
        customTargetIndex,
      ),
      ...['str', 'File', 'BuildTarget', 'BothLibraries', 'CustomTarget', 'CustomTargetIndex'],
    ),
    'Where messages are looked for.',
  ),
  keywords: {
    args,
    recursive: keyword(bool, false, 'Also the messages of what the targets link.'),
    install,
    install_dir: installDir,
    install_tag: installTag,
  },
  returns: 'custom_tgt',
  run: (call, { positional: [given], rest: sources, keywords }) => {
    tellUses(call, sources);
    const name = given.endsWith('.pot') ? given : `${given}.pot`;
    const xgettext = translationTool(call, 'xgettext');
    const { evaluation } = call;
    const templates = keywords.recursive ? linkedTemplates(call, sources) : [];
    const inputs = unique([
      ...sources.flatMap((source) => sourceItems(call, source)),
      ...templates.flatMap((target) => outputItems(call, target)),
    ]);
    const target = moduleTarget(call, {
      name,
      inputs,
      outputs: [name],
      command: [
        requiredWord(call, xgettext),
        ...textWords(keywords.args),
        ...textWords([
          `--directory=${evaluation.sourceRoot}`,
          `--directory=${evaluation.buildRoot}`,
        ]),
        ...textWords(['--output=@OUTPUT@', '@INPUT@']),
      ],
      install: singleInstall(call, name, keywords),
      description: 'Extracting translations to ',
    });
    const known = templatesOf(evaluation);
    for (const source of sources) for (const id of targetsOf(source)) known.set(id, target.target);
    known.set(target.target, target.target);
    return target;
  },
});

/** The template that was made of a target. */
const templatesOf = perEvaluation(() => new Map<TargetId, TargetId>());

function tellUses(call: Call, sources: readonly Source[]): void {
  const isIndex = (source: Source): boolean => typeof source !== 'string' && 'output' in source;
  if (sources.some((source) => isA(source, customTargetType)))
    call.uses('i18n.xgettext with custom_target is broken until 1.10', '1.10.0');
  if (sources.some(isIndex)) call.uses('i18n.xgettext with custom_target index', '1.10.0');
}

function targetsOf(source: Source): readonly TargetId[] {
  if (typeof source === 'string') return [];
  if (isA(source, bothLibrariesType)) return [source.static, source.shared];
  return 'target' in source ? [source.target] : [];
}

/** Sources of a program or library; outputs of a custom target. */
function sourceItems(call: Call, source: Source): readonly Item[] {
  const id =
    typeof source === 'object' && isA(source, bothLibrariesType)
      ? source.shared
      : targetsOf(source)[0];
  const row = id === undefined ? undefined : call.evaluation.tables.targets.get(id);
  if (row?.kind === 'build') return row.sources.filter((item) => item.kind === 'file');
  return itemsOf(call, [source as Exclude<Source, BothLibrariesObject>]);
}

/** Templates of all that targets link, near ones first. */
function linkedTemplates(call: Call, sources: readonly Source[]): readonly TargetId[] {
  const { targets, dependencies } = call.evaluation.tables;
  const known = templatesOf(call.evaluation);
  const seen = new Set<TargetId>();
  const waiting = sources.flatMap(targetsOf);
  const brought = (ids: readonly DependencyId[]): readonly TargetId[] =>
    ids.flatMap((id) => {
      const { linkWith = [], linkWhole = [], dependencies: more = [] } = dependencies.get(id);
      return [...[...linkWith, ...linkWhole].map(({ target }) => target), ...brought(more)];
    });
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const row = targets.get(id);
    if (row.kind !== 'build') continue;
    waiting.push(...[...row.linkWith, ...row.linkWhole].map(({ target }) => target));
    waiting.push(...brought(row.dependencies));
  }
  const own = new Set(sources.flatMap(targetsOf));
  return [...seen].flatMap((id) => {
    const isCustom = targets.get(id).kind === 'custom';
    return own.has(id) && !isCustom ? [] : (known.get(id) ?? []);
  });
}

function unique(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
