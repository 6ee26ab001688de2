import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from '../e2e/support/project.ts';
import { pause, processesWith, start } from './support/running.ts';
import { Chance, report, size } from './support/size.ts';

const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** Commands that write half of their output at once and the rest a while later; some hear no signal. */
const slow = (deaf: boolean): string =>
  `${deaf ? "trap '' INT TERM HUP; " : ''}printf half > "$1"; sleep 0.3 & wait; printf whole > "$1"`;

test('a signal ends kaon and all it started within two seconds, and leaves nothing half made', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `out${at}`);
  const made = project({
    'meson.build': [
      "project('slow')",
      ...names.map(
        (name, at) =>
          `custom_target('${name}', output: '${name}', build_by_default: true, command: ['sh', '-c', '''${slow(at % 3 === 0)}''', 'sh', '@OUTPUT@'])`,
      ),
      '',
    ].join('\n'),
  });
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  const build = join(made.folder, 'build');
  const chance = new Chance(4);
  const rounds = size(200, 4);
  let slowestMs = 0;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) rmSync(join(build, name), { force: true });
    const mark = `KAON_SOAK_ROUND=${process.pid}-${round}`;
    const [name = '', value = ''] = mark.split('=');
    const running = start(['compile', '-C', 'build', '-j4'], made.folder, { [name]: value });
    await pause(250 + chance.share() * 700);
    const signal = chance.pick(Object.keys(numbers) as (keyof typeof numbers)[]); // its own keys
    const killedAt = performance.now();
    running.kill(signal, chance.below(2) === 0 ? 'it' : 'group');
    const { code, signal: by } = await running.ended;
    const tookMs = performance.now() - killedAt;
    slowestMs = Math.max(slowestMs, tookMs);
    if (code === 0) continue; // it had just ended
    expect(tookMs, running.said()).toBeLessThan(2500);
    // A kaon that had not begun to build is ended by the signal itself.
    if (by === null) expect(code).toBe(128 + numbers[signal]);
    else expect(by).toBe(signal);
    expect(processesWith(mark)).toEqual([]);
    for (const output of names) {
      if (existsSync(join(build, output))) expect(made.read(`build/${output}`)).toBe('whole');
    }
  }
  const run = made.kaon(['compile', '-C', 'build', '-j12']);
  expect(run.status, told(run)).toBe(0);
  expect(told(run)).not.toContain('damaged');
  for (const output of names) expect(made.read(`build/${output}`)).toBe('whole');
  report('signals', { rounds, 'slowest end in ms': Math.round(slowestMs) });
});
