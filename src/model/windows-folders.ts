import { posix } from 'node:path';
import type { MachineChoice } from './machine.ts';
import type { Model } from './model.ts';

/** Whether programs of a machine find their libraries by `PATH` alone: there is no rpath. */
export function findsLibrariesByPath(
  { machines }: Pick<Model, 'machines'>,
  machine: MachineChoice,
) {
  return machines[machine].system === 'windows' || machines[machine].system === 'cygwin';
}

/** Where the libraries of a cross compiler for Windows lie here; some lie beside its programs. */
export function foreignLibraryFolders({
  hostRoots = [],
  toolchains,
  cross,
}: Pick<Model, 'hostRoots' | 'toolchains' | 'cross'>): readonly string[] {
  if (!cross) return [];
  const own = [...(toolchains.get('host')?.values() ?? [])].flatMap(({ facts }) =>
    [facts['program-folders'], facts['library-folders']].flatMap(
      (list) => list?.split(':').filter((folder) => folder !== '') ?? [],
    ),
  );
  return [...new Set([...hostRoots.map((root) => posix.join(root, 'bin')), ...own])];
}

/** Wine has a search path of its own, with its names of drives. */
export function winePath(folders: readonly string[]): string {
  return folders.map((folder) => `Z:${folder}`).join(';');
}
