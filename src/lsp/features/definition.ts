import { posix } from 'node:path';
import type { Location } from 'vscode-languageserver/node';
import { entityAt } from '../entity.ts';
import { uriOf } from '../uri.ts';
import { locationOf, type Spot } from '../workspace.ts';

/** Where the thing at a place is defined: a variable's values, an option, a file. */
export function definition(spot: Spot): readonly Location[] {
  const { facts } = spot;
  const entity = entityAt(spot);
  switch (entity?.kind) {
    case 'variable':
      return (facts.writes.get(entity.name) ?? [])
        .filter(({ how }) => how !== 'plus')
        .map(locationOf);
    case 'option':
      return facts.options.filter(({ name }) => name === entity.name).map(locationOf);
    case 'path':
      return facts.project.disk.isFile(entity.path) ? [fileStart(entity.path)] : [];
    case 'subproject': {
      const folder = posix.join(facts.project.root, 'subprojects');
      const paths = [`${folder}/${entity.name}/meson.build`, `${folder}/${entity.name}.wrap`];
      return paths
        .filter((path) => facts.project.disk.isFile(path))
        .slice(0, 1)
        .map(fileStart);
    }
    default:
      return [];
  }
}

function fileStart(path: string): Location {
  const start = { line: 0, character: 0 };
  return { uri: uriOf(path), range: { start, end: start } };
}
