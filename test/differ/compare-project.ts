import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { quoteWord } from '../../src/base/shell-words.ts';
import { compareSides } from '../conformance/compare-report.mjs';
import { oneSide } from '../conformance/compare-side.mjs';
import { layOut, type Place, showFiles } from './place.ts';
import type { RandomProject } from './random-project.ts';

/** Sets a project up with both and compares all that can be introspected; if asked, what is built, too. */
export function compareProject(project: RandomProject, place: Place): readonly string[] {
  const source = join(place.folder, 'project');
  const { build, environment } = place;
  const work = {
    ...{ source, folder: place.folder, setupOptions: project.setupOptions },
    ...{ build, test: build, install: build, environment },
  };
  layOut(source, project.files);
  const meson = oneSide({ ...work, command: [...place.meson] });
  layOut(source, project.files);
  const kaon = oneSide({ ...work, command: [...place.kaon] });
  const lines: string[] = [];
  const told = { words: true, print: (line: string) => lines.push(line) };
  const different = compareSides(shownOptions(project), meson, kaon, place.folder, told);
  rmSync(source, { recursive: true, force: true });
  return different === 0 ? [] : lines;
}

export function showProject(project: RandomProject): string {
  return `${showFiles(project.files)}\n---- 1. setup build . ${shownOptions(project)}`;
}

function shownOptions({ setupOptions }: RandomProject): string {
  return setupOptions.map(quoteWord).join(' ');
}
