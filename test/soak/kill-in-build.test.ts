import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { told } from '../e2e/support/project.ts';
import { cProject, outputsOf } from './support/c-project.ts';
import { finished, pause, start } from './support/running.ts';
import { Chance, report, size } from './support/size.ts';

const compile = ['compile', '-C', 'build', '--json'];

test('after a kill at any moment of a build the next makes what a clean one makes, and nothing that was finished', async () => {
  const made = cProject(size(200, 12));
  const build = join(made.folder, 'build');
  const fresh = join(made.folder, 'fresh');
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  cpSync(build, fresh, { recursive: true, preserveTimestamps: true });
  const layFresh = (): void => {
    rmSync(build, { recursive: true });
    cpSync(fresh, build, { recursive: true, preserveTimestamps: true });
  };
  // The first run of a new kaon takes longer than all that follow: kills would come when they have ended.
  expect(made.kaon(compile).status).toBe(0);
  const clean = outputsOf(build);
  layFresh();
  const startedAt = performance.now();
  expect(made.kaon(compile).status).toBe(0);
  const takesMs = performance.now() - startedAt;
  const chance = new Chance(1);
  const rounds = size(1000, 6);
  let kept = 0;
  let again = 0;
  for (let round = 0; round < rounds; round++) {
    layFresh();
    // Several kills one after the other, so that recoveries are killed, too.
    const before = new Set<string>();
    for (let kills = 1 + chance.below(3); kills > 0; kills--) {
      const running = start(compile, made.folder);
      await pause(chance.share() * takesMs * 0.8);
      running.kill('SIGKILL', round % 2 === 0 ? 'it' : 'group');
      await running.ended;
      for (const description of finished(running.said())) {
        expect(before.has(description), `${description} was lost`).toBe(false);
        before.add(description);
      }
    }
    const run = made.kaon(compile);
    expect(run.status, told(run)).toBe(0);
    const after = finished(run.stdout);
    expect(after.filter((description) => before.has(description))).toEqual([]);
    expect(outputsOf(build)).toEqual(clean);
    expect(finished(made.kaon(compile).stdout)).toEqual([]);
    kept += before.size;
    again += after.length;
  }
  report('kill in a build', { rounds, 'actions kept': kept, 'made after the kill': again });
});
