import { suffixOf } from '../../cmake/languages.ts';
import type {
  CmakeBuildTarget,
  CmakeRow,
  CmakeTarget,
  OutputReference,
} from '../../cmake/project.ts';
import { headerSuffixes } from '../../toolchains/languages.ts';
import { name, type Word } from './code.ts';

type Rows = readonly CmakeTarget[];

/** The name of a target, which is its variable's name too. */
export function nameOf(rows: Rows, row: CmakeRow): string {
  return rows[row]?.name ?? '';
}

/** One output of a custom target. */
export function outputWord(rows: Rows, { row, output }: OutputReference): Word {
  const target = rows[row];
  const isOnly = target?.kind !== 'custom' || target.outputs.length === 1;
  return name(isOnly ? nameOf(rows, row) : `${nameOf(rows, row)}[${output}]`);
}

/**
 * Sources of a target that custom targets make. Where one output of a custom target is used, all its
 * headers must be there first: CMake runs such a command before it compiles anything of the target.
 */
export function generatedSources(rows: Rows, target: CmakeBuildTarget): readonly Word[] {
  const references = withHeaders(rows, target.generatedBy);
  const depends = target.depends.filter((row) => rows[row]?.kind === 'custom');
  return [
    ...references.map((one) => outputWord(rows, one)),
    ...depends.map((row) => name(nameOf(rows, row))),
  ];
}

function withHeaders(rows: Rows, generated: readonly OutputReference[]): OutputReference[] {
  const references = [...generated];
  const taken = new Set(references.map((one) => fileOf(rows, one)));
  for (const { row } of generated)
    for (const header of headersOf(rows, row)) {
      const file = fileOf(rows, header);
      if (!taken.has(file)) references.push(header);
      taken.add(file);
    }
  return references;
}

/** The headers that a custom target makes. */
function headersOf(rows: Rows, row: CmakeRow): readonly OutputReference[] {
  const target = rows[row];
  if (target?.kind !== 'custom') return [];
  return target.outputs.flatMap((file, output) =>
    headerSuffixes.includes(suffixOf(file)) ? [{ row, output }] : [],
  );
}

function fileOf(rows: Rows, { row, output }: OutputReference): string {
  const target = rows[row];
  return target?.kind === 'custom' ? (target.outputs[output] ?? '') : '';
}

/** Headers that must be there before users of a target are compiled: its own, and of all it links. */
export function generatedHeaders(rows: Rows, target: CmakeBuildTarget): readonly Word[] {
  const pending: CmakeTarget[] = [target];
  const found = new Map<string, OutputReference>();
  for (let at = 0; at < pending.length; at++) {
    const current = pending[at];
    if (current?.kind !== 'build') continue;
    const makers = [...current.generatedBy.map(({ row }) => row), ...current.depends];
    for (const header of makers.flatMap((row) => headersOf(rows, row)))
      found.set(`${header.row} ${header.output}`, header);
    for (const row of [
      ...current.linkWith,
      ...current.publicLinkWith,
      ...current.objectLibraries,
    ]) {
      const linked = rows[row];
      if (linked !== undefined && !pending.includes(linked)) pending.push(linked);
    }
  }
  return [...found.values()].map((one) => outputWord(rows, one));
}
