import { join } from 'node:path';
import { expect, test } from 'vitest';
import { told } from '../e2e/support/project.ts';
import { cProject, outputsOf, source } from './support/c-project.ts';
import { finished, pause, start } from './support/running.ts';
import { Chance, report, size } from './support/size.ts';

const compile = ['compile', '-C', 'build'];

test('kaons in one build directory work one after the other, and a dead one holds up nobody', async () => {
  const made = cProject(size(40, 6));
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  const chance = new Chance(5);
  const rounds = size(200, 5);
  const counts = { waited: 0, refused: 0, died: 0 };
  for (let round = 0; round < rounds; round++) {
    for (const name of ['f0', 'f1', 'f2', 'f3']) {
      if (chance.below(2) === 0) made.write(`${name}.c`, source(name, round + 1));
    }
    const first = start(compile, made.folder);
    await pause(chance.share() * 120);
    const others = [start(compile, made.folder), start([...compile, '--no-wait'], made.folder)];
    const dies = chance.below(3) === 0;
    await pause(chance.share() * 200);
    if (dies) first.kill('SIGKILL', 'it');
    const [firstEnd, waiterEnd, hastyEnd] = await Promise.all(
      [first, ...others].map(({ ended }) => ended),
    );
    if (!dies) expect(firstEnd?.code, first.said()).toBe(0);
    expect(waiterEnd?.code, others[0]?.said()).toBe(0);
    if (others[0]?.said().includes('Waiting for') === true) counts.waited++;
    if (hastyEnd?.code !== 0) {
      expect(others[1]?.said()).toMatch(/works in .*, and it was not to be waited for/);
      counts.refused++;
    }
    if (firstEnd?.signal === 'SIGKILL') counts.died++;
    expect(finished(made.kaon([...compile, '--json']).stdout)).toEqual([]);
  }
  const together = outputsOf(join(made.folder, 'build'));
  expect(made.kaon(['setup', 'build', '--wipe']).status).toBe(0);
  const run = made.kaon(compile);
  expect(run.status, told(run)).toBe(0);
  expect(together).toEqual(outputsOf(join(made.folder, 'build')));
  report('two kaons', { rounds, ...counts });
});
