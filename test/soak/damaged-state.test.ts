import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, told } from '../e2e/support/project.ts';
import { cProject, outputsOf, source } from './support/c-project.ts';
import { finished, pause } from './support/running.ts';
import { Chance, report, size } from './support/size.ts';

const state = [
  '../.kaon_log',
  '../.kaon_log.index',
  'kaon-graph.bin',
  'kaon-setup.json',
  'coredata.dat',
  'kaon-noop/list',
  'kaon-noop/stamps',
  'kaon-noop/uses',
  'kaon-noop/redo',
  'kaon-noop/ahead',
];

/** What may become of a file; what it says is done to it. */
const damages: Readonly<Record<string, (path: string, chance: Chance) => void>> = {
  truncated: (path, chance) => fs.truncateSync(path, chance.below(fs.statSync(path).size)),
  flipped: (path, chance) => {
    const bytes = fs.readFileSync(path);
    for (let count = 1 + chance.below(4); count > 0; count--) {
      const at = chance.below(bytes.length);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << chance.below(8)), at);
    }
    fs.writeFileSync(path, bytes);
  },
  emptied: (path) => fs.writeFileSync(path, ''),
  removed: (path) => fs.rmSync(path),
  'of an older version': (path) => {
    const bytes = fs.readFileSync(path);
    // Numbers of versions stand after eight bytes or so.
    bytes.writeUInt8(bytes.readUInt8(7) === 0x32 ? 0x31 : bytes.readUInt8(7), 7);
    bytes.writeUInt8(bytes.readUInt8(8) ^ 1, 8);
    fs.writeFileSync(path, bytes);
  },
};

test('whatever becomes of state files, kaon says so if it must, and builds what is right', async () => {
  const made = cProject(size(60, 6));
  const build = join(made.folder, 'build');
  expect(made.kaon(['setup', 'build', '-Doptimization=1']).status).toBe(0);
  const chance = new Chance(3);
  const rounds = size(500, 10);
  let anew = 0;
  for (let round = 0; round < rounds; round++) {
    await settled(made);
    // So that something is built without node, where that can be.
    for (const version of [3 * round + 1, 3 * round + 2]) {
      made.write('f3.c', source('f3', version));
      await pause(40);
      expect(made.kaon(['-C', 'build']).status).toBe(0);
    }
    const name = chance.pick(state);
    const damage = chance.pick(Object.keys(damages));
    const path = join(build, 'meson-private', name);
    const stat = fs.statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size < 12) continue;
    damages[damage]?.(path, chance);
    const edited = chance.below(2) === 0;
    if (edited) made.write('f3.c', source('f3', 3 * round + 3));
    if (edited) await pause(40);
    const about = `${name} ${damage}${edited ? ', a source edited' : ''}`;
    const run = made.kaon(chance.below(2) === 0 ? ['-C', 'build'] : ['compile', '-C', 'build']);
    expect(run.status, `${about}: ${told(run)}`).toBe(0);
    expect(told(run), about).not.toMatch(/internal error|^\s+at .*:\d+:\d+\)?$/m);
    if (/Configuring anew|is damaged/.test(told(run))) anew++;
    // What was built without the log is built again where it cannot be told to the log.
    if (name === 'kaon-noop/ahead') made.kaon(['compile', '-C', 'build', '--json']);
    expect(finished(made.kaon(['compile', '-C', 'build', '--json']).stdout), about).toEqual([]);
    expect(outputsOf(build), about).toEqual(clean(made));
  }
  report('damaged state', { rounds, 'told of it': anew });
});

/** Builds until the launcher has its proof, so that there is something to damage. */
async function settled(made: Project): Promise<void> {
  for (let time = 0; time < 2; time++) {
    expect(made.kaon(['compile', '-C', 'build']).status).toBe(0);
    await pause(40);
  }
}

/** What a build that knows of nothing makes, in the same place. */
function clean(made: Project): ReturnType<typeof outputsOf> {
  const build = join(made.folder, 'build');
  const aside = join(made.folder, 'aside');
  fs.renameSync(build, aside);
  expect(made.kaon(['setup', 'build', '-Doptimization=1']).status).toBe(0);
  expect(made.kaon(['compile', '-C', 'build']).status).toBe(0);
  const outputs = outputsOf(build);
  fs.rmSync(build, { recursive: true });
  fs.renameSync(aside, build);
  return outputs;
}
