import type { LinkItem } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { bothLibrariesType, customTargetIndexType } from '../../objects/target.ts';
import { isA } from '../../value.ts';
import { type Linkable, preferredHalf } from '../argument-types.ts';

const linkableOutput = /\.(a|dll|lib|so|dylib)$|\.so(\.\d+)*$/;

/** What `link_with` and `link_whole` name, as the model has it. */
export function linkItemsOf(
  call: Call,
  keyword: 'link_with' | 'link_whole',
  values: readonly Linkable[],
): readonly LinkItem[] {
  return values.map((value) => {
    const item = linkItem(value);
    checkLinkable(call, keyword, item);
    return item;
  });
}

function linkItem(value: Linkable): LinkItem {
  if (isA(value, bothLibrariesType)) return { kind: 'target', target: preferredHalf(value).target };
  if (isA(value, customTargetIndexType))
    return { kind: 'output', target: value.target, output: value.output };
  return {
    kind: 'target',
    target: value.target,
    ...('alone' in value && value.alone === true ? { exact: true } : {}),
  };
}

function checkLinkable(call: Call, keyword: 'link_with' | 'link_whole', item: LinkItem): void {
  const target = call.evaluation.tables.targets.get(item.target);
  const place = { at: call.argumentPlace(keyword) };
  const refuse = (why: string): never =>
    call.fail(`${call.name} keyword argument "${keyword}" ${why}`, place);
  if (target.kind === 'build') {
    const linkable = target.type !== 'executable' || target.exportDynamic;
    if (!linkable) refuse(`Link target "${target.name}" is not linkable`);
  }
  if (target.kind !== 'custom') return;
  const outputs = item.kind === 'output' ? [target.outputs[item.output] ?? ''] : target.outputs;
  const [output = ''] = outputs;
  if (keyword === 'link_whole' && !/\.(a|lib)$/.test(output)) {
    const type = item.kind === 'output' ? 'CustomTargetIndex' : 'CustomTarget';
    refuse(`${type} returning a shared library is not allowed`);
  }
  if (outputs.length !== 1 || !linkableOutput.test(output))
    refuse(`Link target "${target.name}" is not linkable`);
}
