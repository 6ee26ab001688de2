import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

// What is compiled at once is not worth a place in the cache.
const long = Array.from(
  { length: 1000 },
  (_, at) => `int f${at}(int x) { return x / ${at + 3}; }\n`,
);
const files = {
  'meson.build': "project('demo', 'c')\nexecutable('app', 'app.c', 'b.c')\n",
  'app.c': `#include "a.h"\nint b(void);\n${long.join('')}int main(void) { return A + b(); }\n`,
  'b.c': `${long.join('').replaceAll(' f', ' g')}int b(void) { return 0; }\n`,
  'a.h': '#define A 0\n',
};

test('going back to what was built before compiles nothing', () => {
  const demo = project(files);
  const cache = { XDG_CACHE_HOME: join(demo.folder, 'cache') };
  const build = (...words: readonly string[]) => demo.kaon(['compile', ...words], { env: cache });
  demo.kaon(['setup', 'build'], { env: cache });
  const first = build('-C', 'build');
  expect(first.status, told(first)).toBe(0);
  const object = demo.read('build/app.p/app.c.o');
  demo.write('a.h', '#define A 1\n');
  expect(build('-C', 'build').stdout).toContain('app.c.o');
  demo.write('a.h', files['a.h']);
  const back = build('-C', 'build', '--json');
  const done = back.stdout.split('\n').filter((line) => line.includes('"action-finished"'));
  expect(done.find((line) => line.includes('app.c.o'))).toContain('"how":"restored"');
  expect(demo.read('build/app.p/app.c.o')).toBe(object);
  // A result that names other files is not used.
  const results = join(demo.folder, 'cache/kaon/actions/v1/ac');
  for (const name of readdirSync(results, { recursive: true, encoding: 'utf8' })) {
    const path = join(results, name);
    if (!statSync(path).isFile()) continue;
    writeFileSync(path, readFileSync(path, 'utf8').replace('"path":"app.p', '"path":"../stolen'));
  }
  demo.kaon(['clean', '-C', 'build'], { env: cache });
  expect(build('-C', 'build', '--json').stdout).not.toContain('"how":"restored"');
  expect(demo.read('build/app.p/app.c.o')).toBe(object);
  expect(existsSync(join(demo.folder, 'stolen'))).toBe(false);
  // A damaged entry is as good as none.
  const cas = join(demo.folder, 'cache/kaon/actions/v1/cas');
  for (const folder of readdirSync(cas)) {
    for (const name of readdirSync(join(cas, folder))) {
      rmSync(join(cas, folder, name));
      writeFileSync(join(cas, folder, name), 'damaged');
    }
  }
  demo.kaon(['clean', '-C', 'build'], { env: cache });
  const mended = build('-C', 'build');
  expect(mended.status, told(mended)).toBe(0);
  expect(demo.read('build/app.p/app.c.o')).toBe(object);
  const shown = demo.kaon(['cache', '--json'], { env: cache });
  expect(JSON.parse(shown.stdout).entries).toBeGreaterThan(3);
  // Builds make room now and then only: what is shown is what stays.
  writeFileSync(join(demo.folder, 'cache/kaon/actions/limit'), '1');
  expect(demo.kaon(['cache', '--json'], { env: cache }).stdout).toContain('"entries":0');
  expect(demo.kaon(['cache', '--clear', '--json'], { env: cache }).stdout).toContain('"entries":0');
  const off = demo.kaon(['configure', 'build', '-Dkaon.cache=off'], { env: cache });
  expect(off.status, told(off)).toBe(0);
  demo.kaon(['clean', '-C', 'build'], { env: cache });
  expect(build('-C', 'build').status).toBe(0);
  expect(demo.kaon(['cache', '--json'], { env: cache }).stdout).toContain('"entries":0');
});

test('a clean build has what a clean build has: a header that comes before another counts, and the compiler behind a launcher', () => {
  const demo = project({
    'meson.build': `project('demo', 'c')
executable('app', 'app.c', include_directories: include_directories('first', 'second'))
`,
    'app.c': `#include <value.h>\n${long.join('')}int main(void) { return VALUE + ADDED; }\n`,
    'first/none.h': '',
    'second/value.h': '#define VALUE 1\n',
    'launch.sh': '#!/bin/sh\nexec "$@"\n',
    'cc.sh': '#!/bin/sh\nexec cc -DADDED=10 "$@"\n',
  });
  for (const script of ['launch.sh', 'cc.sh']) chmodSync(join(demo.folder, script), 0o755);
  const env = {
    XDG_CACHE_HOME: join(demo.folder, 'cache'),
    CC: `${join(demo.folder, 'launch.sh')} ${join(demo.folder, 'cc.sh')}`,
  };
  const made = (): { readonly code: number | null; readonly isRestored: boolean } => {
    demo.kaon(['clean', '-C', 'build'], { env });
    const { stdout } = demo.kaon(['compile', '-C', 'build', '--json'], { env });
    const { status } = demo.kaon(['run', '-C', 'build'], { env });
    return { code: status, isRestored: stdout.includes('"how":"restored"') };
  };
  expect(demo.kaon(['setup', 'build'], { env }).status).toBe(0);
  expect(made()).toEqual({ code: 11, isRestored: false });
  expect(made()).toEqual({ code: 11, isRestored: true });
  demo.write('first/value.h', '#define VALUE 2\n');
  expect(made()).toEqual({ code: 12, isRestored: false });
  rmSync(join(demo.folder, 'first/value.h'));
  expect(made()).toEqual({ code: 11, isRestored: true });
  demo.write('cc.sh', '#!/bin/sh\nexec cc -DADDED=20 "$@"\n');
  expect(made()).toEqual({ code: 21, isRestored: false });
});

test.each([
  ['the time of day', 'const char *f(void) { return __TIME__; }\n', {}],
  ['a file that the assembler includes', '__asm__(".incbin \\"../data\\"");\n', {}],
])('what hangs on %s is not kept', (_, source, env) => {
  expect(keptWith(source, env)).toBe(false);
});

test('a time that is told is as good as any other input', () => {
  const source = 'const char *f(void) { return __DATE__; }\n';
  expect(keptWith(source, {})).toBe(false);
  expect(keptWith(source, { SOURCE_DATE_EPOCH: '1' })).toBe(true);
});

/** Whether an object of a source is taken from the cache when it is built again. */
function keptWith(source: string, env: Readonly<Record<string, string>>): boolean {
  const demo = project({
    'meson.build': "project('demo', 'c')\nexecutable('app', 'app.c', 'b.c')\n",
    'app.c': 'int main(void) { return 0; }\n',
    'b.c': `${source}${long.join('')}`,
    data: 'data',
  });
  const all = { env: { ...env, XDG_CACHE_HOME: join(demo.folder, 'cache') } };
  demo.kaon(['setup', 'build'], all);
  const first = demo.kaon(['compile', '-C', 'build'], all);
  expect(first.status, told(first)).toBe(0);
  demo.kaon(['clean', '-C', 'build'], all);
  const again = demo.kaon(['compile', '-C', 'build', '--json'], all).stdout.split('\n');
  const made = again.find((line) => line.includes('"action-finished"') && line.includes('b.c.o'));
  return made?.includes('"how":"restored"') === true;
}
