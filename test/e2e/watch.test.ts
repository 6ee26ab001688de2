import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bin } from './support/kaon.ts';
import { project } from './support/project.ts';

const files = {
  'meson.build': `project('demo', 'c')
app = executable('app', 'app.c')
other = executable('other', 'other.c')
test('app', app)
test('other', other)
`,
  'app.c': '#include <stdio.h>\nint main(void) { puts("first"); return 0; }\n',
  'other.c': 'int main(void) { return 0; }\n',
};

/** A `kaon watch` at work; `until` resolves with what it said since last asked, once that has the texts one behind the other. */
class Watching {
  readonly #child: ChildProcess;
  #said = '';
  #look: () => void = () => undefined;
  readonly ended: Promise<number | null>;

  constructor(folder: string, words: readonly string[]) {
    this.#child = spawn(bin, ['watch', ...words], { cwd: folder, detached: true });
    const add = (chunk: Buffer): void => {
      this.#said += chunk.toString();
      this.#look();
    };
    this.#child.stdout?.on('data', add);
    this.#child.stderr?.on('data', add);
    this.ended = new Promise((resolve) => this.#child.on('exit', resolve));
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  async until(...texts: readonly string[]): Promise<string> {
    const isThere = (): boolean => {
      let at = 0;
      return texts.every((text) => {
        const found = this.#said.indexOf(text, at);
        at = found + text.length;
        return found !== -1;
      });
    };
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
    const said = this.#said;
    this.#said = '';
    return said;
  }

  stop(): void {
    this.#child.kill('SIGINT');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

test('builds at once, after each change once, and ends when it is told to', async () => {
  const demo = project(files);
  const watching = new Watching(demo.folder, []);
  expect(await watching.until('Watching')).toContain('Linking target app');
  demo.write('app.c', files['app.c'].replace('first', 'second'));
  const again = await watching.until('Watching');
  expect(again).toContain('app.c.o');
  expect(again).not.toContain('other.c.o');
  // As editors save: a new file, renamed over the old one.
  writeFileSync(join(demo.folder, 'other.c.tmp'), 'int main(void) { return 1; }\n');
  renameSync(join(demo.folder, 'other.c.tmp'), join(demo.folder, 'other.c'));
  expect(await watching.until('Watching')).toContain('other.c.o');
  // A folder that appears is watched, too.
  mkdirSync(join(demo.folder, 'sub'));
  demo.write('sub/meson.build', "executable('third', 'third.c')\n");
  demo.write('sub/third.c', files['other.c']);
  demo.write('meson.build', `${files['meson.build']}subdir('sub')\n`);
  // A busy machine may take these for two changes.
  await watching.until('third.c.o', 'Watching');
  rmSync(join(demo.folder, 'app.c'));
  expect(await watching.until('Watching')).toContain('app.c');
  watching.stop();
  expect(await watching.ended).toBe(130);
});

test('runs the tests that a change could affect, and the program anew', async () => {
  const other = "executable('other', 'other.c'";
  const build = files['meson.build'].replace(other, `${other}, build_by_default: false`);
  const demo = project({ ...files, 'meson.build': build });
  const watching = new Watching(demo.folder, ['--test', '--run', 'app']);
  const first = await watching.until('Watching');
  expect(first).toMatch(/Ok:\s+2/);
  expect(first).toContain('first');
  demo.write('app.c', files['app.c'].replace('first', 'second'));
  const second = await watching.until('Watching');
  expect(second).toContain('second');
  expect(second).toMatch(/Ok:\s+1/);
  watching.stop();
  await watching.ended;
});

test('a program is ended that will not end, with what it started; it runs on while nothing newer can be built', async () => {
  const stubborn = (text: string): string =>
    `#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
  signal(SIGTERM, SIG_IGN);
  printf("${text} %d %d.\\n", getpid(), fork());
  fflush(stdout);
  for (;;) pause();
}
`;
  const demo = project({ ...files, 'app.c': stubborn('begun') });
  const watching = new Watching(demo.folder, ['--run', 'app']);
  const first = await watching.until('begun', 'begun');
  const pids = [...first.matchAll(/begun (\d+) \d+\./g)].map(([, pid]) => Number(pid));
  demo.write('app.c', 'broken');
  expect(await watching.until('FAILED', 'built before')).not.toContain('begun');
  demo.write('app.c', '#include <stdio.h>\nint main(void) { puts("anew"); return 7; }\n');
  await watching.until('did not end within', 'anew', 'app ended with exit code 7');
  expect(pids).toHaveLength(2);
  expect(pids.filter(isAlive)).toEqual([]);
  watching.stop();
  expect(await watching.ended).toBe(130);
});

test('a program does not outlive a kaon that is killed', async () => {
  const demo = project({
    ...files,
    'app.c': `#include <stdio.h>
#include <unistd.h>
int main(void) {
  printf("begun %d.\\n", getpid());
  fflush(stdout);
  for (;;) pause();
}
`,
  });
  const watching = new Watching(demo.folder, ['--run', 'app']);
  const [, pid] = /begun (\d+)\./.exec(await watching.until('begun', '.')) ?? [];
  watching.kill();
  await watching.ended;
  await expect.poll(() => isAlive(Number(pid)), { timeout: 20_000 }).toBe(false);
});

test('tells events where they are asked for', async () => {
  const demo = project(files);
  const watching = new Watching(demo.folder, ['--json']);
  expect(await watching.until('"build-finished"', '\n')).toMatch(/^\{"v":1,/m);
  demo.write('app.c', 'broken');
  const said = await watching.until('"action-failed"', '"build-finished"', '\n');
  expect(said.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
  watching.stop();
  await watching.ended;
});

test('options that are set by another kaon are built', async () => {
  const demo = project({
    'meson.build': "project('demo')\nmessage(get_option('word'))\n",
    'meson.options': "option('word', type: 'string', value: 'one')\n",
  });
  const watching = new Watching(demo.folder, []);
  expect(await watching.until('Watching')).toContain('Message: one');
  expect(demo.kaon(['configure', 'build', '-Dword=two']).status).toBe(0);
  expect(await watching.until('Watching')).toContain('Message: two');
  watching.stop();
  await watching.ended;
});

/** Whoever is dead may still be waited for. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout !== '' && !stdout.startsWith('Z');
}
