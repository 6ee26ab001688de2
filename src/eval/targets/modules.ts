import { posix } from 'node:path';
import type { FileRef } from '../../model/file.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Item, SourceModules } from '../../model/target.ts';
import { familyOf } from '../../toolchains/family.ts';
import { sourceKind } from '../../toolchains/languages.ts';
import type { ModuleRules } from '../../toolchains/rules.ts';
import { familyMaker } from '../../toolchains/table.ts';
import type { Call } from '../call.ts';
import { absolutePath } from '../paths.ts';
import { itemNames } from './item-names.ts';
import { toolchainOf } from './languages.ts';

/**
 * What the sources of a target say of modules, for languages that compile them in an order of
 * their own. Evaluation depends on these files. Of a source that is generated later, the file it is
 * made of tells most.
 */
export function sourceModules(
  call: Call,
  machine: MachineChoice,
  sources: () => readonly Item[],
): readonly SourceModules[] {
  if (!anyModules(call, machine)) return [];
  return sources().flatMap((source) => {
    const rules = moduleRules(call, machine, source);
    if (rules === undefined) return [];
    return textsOf(call, source).flatMap((item, input): SourceModules[] => {
      const found = scanned(call, item, rules);
      if (found === undefined) return [];
      const { provides, providesPerhaps, ...same } = found;
      return source.kind === 'file'
        ? [{ source, input, ...found }]
        : // A template may leave out what it has.
          [
            {
              ...{ source, input, ...same },
              provides: [],
              providesPerhaps: [...provides, ...providesPerhaps],
            },
          ];
    });
  });
}

/** How sources of this kind speak of modules; undefined for those of other languages. */
/** Whether any compiler of the machine knows modules: most projects have none. */
function anyModules({ evaluation }: Call, machine: MachineChoice): boolean {
  const toolchains = evaluation.tables.toolchains.get(machine)?.values() ?? [];
  return [...toolchains].some(
    (toolchain) =>
      familyMaker(toolchain) !== undefined && familyOf(toolchain).compile.modules !== undefined,
  );
}

function moduleRules(call: Call, machine: MachineChoice, item: Item): ModuleRules | undefined {
  for (const name of itemNames(call.evaluation.tables, item)) {
    const kind = sourceKind(name);
    if (kind.kind !== 'source') continue;
    const toolchain = toolchainOf(call.evaluation, machine, kind.language);
    if (toolchain === undefined || familyMaker(toolchain) === undefined) continue;
    const { modules } = familyOf(toolchain).compile;
    if (modules !== undefined) return modules;
  }
  return undefined;
}

/** The files to read: the source itself, or what it will be made of. */
function textsOf({ evaluation: { tables } }: Call, source: Item): readonly Item[] {
  switch (source.kind) {
    case 'file':
      return [source];
    case 'generated':
      return tables.generatedLists.get(source.list).inputs;
    case 'output': {
      const target = tables.targets.get(source.target);
      return target.kind === 'custom' && target.inputs.length === 1 ? target.inputs : [];
    }
    case 'extracted':
      return [];
  }
}

type Scanned = Omit<SourceModules, 'source' | 'input'>;

function scanned(call: Call, item: Item, rules: ModuleRules): Scanned | undefined {
  return item.kind === 'file' ? scannedFile(call, item.file, rules, new Set()) : undefined;
}

/** A source with what it includes; included files lie beside it, or are none of ours. */
function scannedFile(
  call: Call,
  file: FileRef,
  rules: ModuleRules,
  seen: Set<string>,
): Scanned | undefined {
  const { evaluation } = call;
  const path = absolutePath(evaluation, file);
  if (seen.has(path)) return undefined;
  seen.add(path);
  const text = evaluation.host.files.readText(path);
  if (!text.ok) return undefined;
  if (file.tree === 'source') evaluation.tables.buildFiles.set(file.path, file);
  const own = rules.scan(text.value);
  const included = own.includes.flatMap((name) => {
    const beside: FileRef = { tree: file.tree, path: posix.join(posix.dirname(file.path), name) };
    const found = scannedFile(call, beside, rules, seen);
    return found === undefined ? [] : [{ ...found, includes: [beside, ...found.includes] }];
  });
  const all = [own, ...included];
  const provides = all.flatMap((one) => one.provides);
  return {
    provides,
    providesPerhaps: all.flatMap((one) => one.providesPerhaps),
    requires: [...new Set(all.flatMap((one) => one.requires))].filter(
      (name) => !provides.includes(name),
    ),
    includes: included.flatMap((one) => one.includes),
  };
}
