import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bin } from './support/kaon.ts';
import { project } from './support/project.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;

/** What kaon writes to a terminal of its own. */
function onTerminal(folder: string, env: Readonly<Record<string, string>>): string {
  const { NO_COLOR: _, ...inherited } = process.env;
  const run = spawnSync('script', ['-qec', `'${bin}' -j2`, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...inherited, TERM: 'xterm', ...env },
  });
  return run.stdout;
}

const files = {
  'meson.build': [
    "project('p')",
    "custom_target('bad', output: 'b', build_by_default: true, command: ['false'])",
    "custom_target('slow', output: 's', build_by_default: true,",
    "  command: ['sh', '-c', 'sleep 1; touch $0', '@OUTPUT@'])",
    '',
  ].join('\n'),
};

test.skipIf(!hasScript)('a terminal shows what runs, how long, and what failed', () => {
  const shown = onTerminal(project(files).folder, {});
  expect(shown).toMatch(/\[\d\/2\] \d running, (1 failed, )?\d\.\d s/);
  expect(shown).toMatch(/ {3}\d\.\d s {2}Generating slow with a custom command/);
  expect(shown).toMatch(/\[31mFAILED:/);
  // The cursor is given back.
  expect(shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?25l'));
});

test.skipIf(!hasScript)('NO_COLOR is heeded', () => {
  const shown = onTerminal(project(files).folder, { NO_COLOR: '1' });
  expect(shown).toContain('FAILED:');
  expect(shown.split('\u001b[').filter((text) => /^\d*m/.test(text))).toEqual([]);
});

test.skipIf(!existsSync('/dev/full'))('what cannot be written is told, and is no success', () => {
  const made = project({ 'meson.build': "project('p')\n" });
  for (const words of ['--version', 'introspect --targets meson.build', 'help executable']) {
    const run = spawnSync('sh', ['-c', `"$0" ${words} >/dev/full`, bin], {
      cwd: made.folder,
      encoding: 'utf8',
    });
    expect(run.stderr).toMatch(/^kaon: what it says cannot be written: ENOSPC.*\n$/);
    expect(run.status).toBe(1);
  }
});
