import type { MachineChoice } from '../../model/machine.ts';
import type { Item, SourceModules } from '../../model/target.ts';
import { familyOf } from '../../toolchains/family.ts';
import { sourceKind } from '../../toolchains/languages.ts';
import { familyMaker } from '../../toolchains/table.ts';
import type { Call } from '../call.ts';
import { absolutePath } from '../paths.ts';
import { toolchainOf } from './languages.ts';

/**
 * What the sources of a target say of modules, for languages that compile them in an order of
 * their own. Evaluation depends on these files; what is only generated later cannot be read.
 */
export function sourceModules(
  call: Call,
  machine: MachineChoice,
  sources: readonly Item[],
): readonly SourceModules[] {
  const { evaluation } = call;
  return sources.flatMap((item) => {
    if (item.kind !== 'file') return [];
    const { file } = item;
    const source = sourceKind(file.path);
    if (source.kind !== 'source') return [];
    const toolchain = toolchainOf(evaluation, machine, source.language);
    if (toolchain === undefined || familyMaker(toolchain) === undefined) return [];
    const { modules } = familyOf(toolchain).compile;
    if (modules === undefined) return [];
    const text = evaluation.host.files.readText(absolutePath(evaluation, file));
    if (!text.ok) return [];
    const found = modules.scan(text.value);
    if (file.tree === 'source') evaluation.tables.buildFiles.set(file.path, file);
    return [{ file, ...found }];
  });
}
