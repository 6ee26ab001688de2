import type { MachineChoice } from '../../model/machine.ts';
import type { OptionValue } from '../../model/option.ts';
import type { BuildTarget, BuildTargetType, Item } from '../../model/target.ts';
import type { Language, Toolchain } from '../../model/toolchain.ts';
import { familyOf } from '../../toolchains/family.ts';
import { cLinkLanguages, sourceKind } from '../../toolchains/languages.ts';
import { familyMaker } from '../../toolchains/table.ts';
import type { Call } from '../call.ts';
import type { ModelTables } from '../evaluation.ts';
import { addLanguages } from '../languages/add-languages.ts';
import { itemNames } from './item-names.ts';
import { optionOf } from './options.ts';

/** The languages that a project may use on a machine, plain ones first: they get the files that several can compile. */
export function projectLanguages(call: Call, machine: MachineChoice): readonly Language[] {
  const { tables } = call.evaluation;
  const { languages } = tables.projects.get(call.scope.project);
  const known = tables.toolchains.get(machine);
  const rank = (language: Language): number =>
    cLinkLanguages.includes(language) ? -cLinkLanguages.indexOf(language) : 1;
  return languages
    .filter((language) => known?.has(language) === true)
    .toSorted((a, b) => rank(a) - rank(b));
}

/** The compiler of a language; undefined where the project has not added the language. */
export function toolchainOf(
  { tables }: { readonly tables: ModelTables },
  machine: MachineChoice,
  language: Language,
): Toolchain | undefined {
  return tables.toolchains.get(machine)?.get(language);
}

/** The languages of a target's sources, in order of first use. Ends evaluation where a compiler is missing. */
export function sourceLanguages(
  call: Call,
  machine: MachineChoice,
  given: {
    readonly sources: readonly Item[];
    readonly objects: readonly Item[];
    /** `override_options` of the target. */
    readonly overrides: ReadonlyMap<string, OptionValue>;
  },
): readonly Language[] {
  const { tables } = call.evaluation;
  const available = projectLanguages(call, machine);
  const found = new Set<Language>();
  for (const item of given.objects)
    for (const language of extractedLanguages(call, machine, item)) found.add(language);
  for (const name of namesBySuffix(tables, given.sources)) {
    const language = languageOf(call, machine, { available, name });
    if (language !== undefined) found.add(language);
  }
  for (const language of [...found])
    for (const implied of impliedLanguages(call, language, given.overrides)) {
      if (toolchainOf(call.evaluation, machine, implied) === undefined)
        addLanguages(call, [], { required: true, machine, hidden: [implied] });
      found.add(implied);
    }
  if (found.has('cython')) warnOfGenerated(call, given.sources);
  return [...found];
}

/** One name of each suffix, as that tells what becomes of a file, and there are few; of `.so.1` all. */
function namesBySuffix(tables: ModelTables, items: readonly Item[]): Iterable<string> {
  const names = new Map<string, string>();
  for (const item of items)
    for (const name of itemNames(tables, item)) {
      const suffix = name.slice(name.lastIndexOf('.') + 1);
      if (names.has(suffix)) continue;
      names.set(/^\d/.test(suffix) ? name : suffix, name);
    }
  return names.values();
}

function languageOf(
  call: Call,
  machine: MachineChoice,
  { available, name }: { readonly available: readonly Language[]; readonly name: string },
): Language | undefined {
  const { kind } = sourceKind(name);
  if (kind === 'object') return undefined;
  const compiler = available.find(takes(call, machine, name));
  if (compiler !== undefined) return compiler;
  if (kind !== 'source' && kind !== 'assembler') return undefined;
  return call.fail(`No ${machine} machine compiler for '${name}'`, languageHint(name, available));
}

/** The language that `project()` does not name, though it is what compiles a file. */
function languageHint(name: string, available: readonly Language[]): { readonly hint?: string } {
  const source = sourceKind(name);
  if (source.kind !== 'source' || available.includes(source.language)) return {};
  return { hint: `Add '${source.language}' to the languages of project().` };
}

/** Tells of languages whether they are what a file is compiled as. */
function takes(call: Call, machine: MachineChoice, name: string): (language: Language) => boolean {
  const source = sourceKind(name);
  const suffix = name.slice(name.lastIndexOf('.') + 1);
  return (language) => {
    if (source.kind === 'source' && source.language === language) return true;
    const toolchain = toolchainOf(call.evaluation, machine, language);
    if (toolchain === undefined || familyMaker(toolchain) === undefined) return false;
    return familyOf(toolchain).compile.suffixes.includes(suffix);
  };
}

/** Objects bring the languages that they were compiled from. */
function extractedLanguages(call: Call, machine: MachineChoice, item: Item): readonly Language[] {
  if (item.kind !== 'extracted') return [];
  const target = call.evaluation.tables.targets.get(item.target);
  if (target.kind !== 'build') return [];
  if (item.sources === 'all')
    return target.languages.filter((language) => !(language in writtenLanguages));
  const available = [...target.languages];
  return item.sources.flatMap((source) =>
    itemNames(call.evaluation.tables, source).flatMap((name) =>
      available.filter(takes(call, machine, name)).slice(0, 1),
    ),
  );
}

/** Languages whose sources only one kind of target takes, and the function that declares it. */
const ownTargets: Readonly<Record<Language, string>> = { java: 'jar' };

/** Ends evaluation when a target has sources of a language that has a kind of target of its own. */
export function refuseForeignSources(
  call: Call,
  type: BuildTargetType,
  given: Pick<BuildTarget, 'sources' | 'structuredSources'>,
): void {
  const items = [...given.sources, ...given.structuredSources.flatMap(({ items }) => items)];
  for (const name of namesBySuffix(call.evaluation.tables, items)) {
    const source = sourceKind(name);
    const own = source.kind === 'source' ? ownTargets[source.language] : undefined;
    if (own === undefined || own === type) continue;
    call.fail(
      `Build target of type "${type.replace('-', ' ')}" cannot build java source: "${name}". Use "${own}" instead.`,
    );
  }
}

/** Languages whose compilers write sources of another one, which is then compiled. */
const writtenLanguages: Readonly<
  Record<Language, (call: Call, overrides: ReadonlyMap<string, OptionValue>) => Language>
> = {
  vala: () => 'c',
  cython: (call, overrides) =>
    String(overrides.get('cython_language') ?? optionOf(call, 'cython_language') ?? 'c'),
};

/** Generated files that are no Cython sources once confused Meson. */
function warnOfGenerated(call: Call, sources: readonly Item[]): void {
  const { generatedLists } = call.evaluation.tables;
  const others = sources.some(
    (item) =>
      item.kind === 'generated' &&
      generatedLists.get(item.list).outputs.some((name) => !name.endsWith('.pyx')),
  );
  if (others) call.uses('Generators for non-.pyx Cython sources', '1.12.0');
}

function impliedLanguages(
  call: Call,
  language: Language,
  overrides: ReadonlyMap<string, OptionValue>,
): readonly Language[] {
  const written = writtenLanguages[language]?.(call, overrides);
  return written === undefined ? [] : [written];
}

/** Whether one of the languages compiles a whole crate at once, and links by crates. */
export function crateLanguage(
  call: Call,
  machine: MachineChoice,
  languages: readonly Language[],
): Toolchain | undefined {
  return languages
    .map((language) => toolchainOf(call.evaluation, machine, language))
    .find(
      (toolchain) =>
        toolchain !== undefined &&
        familyMaker(toolchain) !== undefined &&
        familyOf(toolchain).rust !== undefined,
    );
}
