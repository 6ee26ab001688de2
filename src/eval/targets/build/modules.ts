import { posix } from 'node:path';
import { unreachable } from '../../../base/assert.ts';
import type { FileRef } from '../../../model/file.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import type { Item, SourceModules, Target } from '../../../model/target.ts';
import type { Language } from '../../../model/toolchain.ts';
import { familyOf } from '../../../toolchains/family.ts';
import { sourceKind } from '../../../toolchains/languages.ts';
import type { ModuleRules } from '../../../toolchains/rules.ts';
import { familyMaker } from '../../../toolchains/table.ts';
import type { Call } from '../../call.ts';
import { absolutePath } from '../../paths.ts';
import { itemNames } from '../item-names.ts';
import { optionOf } from '../options.ts';

/**
 * What the sources of a target say of modules, for languages that compile them in an order of
 * their own. Evaluation depends on these files. Of a source that is generated later, the file it is
 * made of tells most.
 */
export function sourceModules(
  call: Call,
  { machine, args, sources, libraries }: ModuleRequest,
): readonly SourceModules[] {
  const languages = languagesWithModules(call, machine);
  if (languages.size === 0) return [];
  const all = sources();
  const names = all.flatMap((source) => itemNames(call.evaluation.tables, source));
  for (const [language, { wanted }] of languages)
    if (wanted?.(args(language), names) === false && !haveModules(libraries, language))
      languages.delete(language);
  return all.flatMap((source) => {
    const language = languageOf(call, languages, source);
    const rules = language === undefined ? undefined : languages.get(language);
    if (language === undefined || rules === undefined) return [];
    return textsOf(call, source).flatMap((item, input): SourceModules[] => {
      const found = scanned(call, item, rules);
      if (found === undefined) return [];
      const { provides, providesPerhaps, ...same } = found;
      return source.kind === 'file'
        ? [{ source, language, input, ...found }]
        : // A template may leave out what it has.
          [
            {
              source,
              language,
              input,
              ...same,
              provides: [],
              providesPerhaps: [...provides, ...providesPerhaps],
            },
          ];
    });
  });
}

interface ModuleRequest {
  readonly machine: MachineChoice;
  /** What a target's sources of a language are compiled with, as far as build files and users say. */
  readonly args: (language: Language) => readonly string[];
  readonly sources: () => readonly Item[];
  readonly libraries: readonly Target[];
}

function haveModules(libraries: readonly Target[], language: Language): boolean {
  return libraries.some(
    (library) =>
      library.kind === 'build' && library.modules?.some((said) => said.language === language),
  );
}

/** What all targets of a project are compiled with. */
export function argumentsOfAll(
  call: Call,
  language: Language,
  machine: MachineChoice,
): readonly string[] {
  const { tables } = call.evaluation;
  const given = optionOf(call, `${language}_args`);
  const importsStandard = optionOf(call, `${language}_importstd`) === 'true';
  return [
    ...(tables.globalArgs.get(machine)?.get(language)?.compile ?? []),
    ...(tables.projects.get(call.scope.project).args.get(machine)?.get(language)?.compile ?? []),
    ...(Array.isArray(given) ? given.map(String) : []),
    ...(importsStandard ? ['-fmodules'] : []),
  ];
}

/** How sources of those languages speak of modules whose compilers know them. */
function languagesWithModules(
  { evaluation }: Call,
  machine: MachineChoice,
): Map<Language, ModuleRules> {
  const toolchains = [...(evaluation.tables.toolchains.get(machine) ?? [])];
  return new Map(
    toolchains.flatMap(([language, toolchain]) => {
      if (familyMaker(toolchain) === undefined) return [];
      const { modules } = familyOf(toolchain).compile;
      return modules === undefined ? [] : [[language, modules] as const];
    }),
  );
}

function languageOf(
  { evaluation: { tables } }: Call,
  languages: ReadonlyMap<Language, unknown>,
  item: Item,
): Language | undefined {
  for (const name of itemNames(tables, item)) {
    const kind = sourceKind(name);
    if (kind.kind === 'source' && languages.has(kind.language)) return kind.language;
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
    default:
      return unreachable(source);
  }
}

type Scanned = Omit<SourceModules, 'source' | 'language' | 'input'>;

function scanned(call: Call, item: Item, rules: ModuleRules): Scanned | undefined {
  return item.kind === 'file'
    ? scannedFile({ call, rules, seen: new Set() }, item.file)
    : undefined;
}

interface Scan {
  readonly call: Call;
  readonly rules: ModuleRules;
  /** Absolute paths of files that were read. */
  readonly seen: Set<string>;
}

/** A source with what it includes; included files lie beside it, or are none of ours. */
function scannedFile(scan: Scan, file: FileRef): Scanned | undefined {
  const { call, rules, seen } = scan;
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
    const found = scannedFile(scan, beside);
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
