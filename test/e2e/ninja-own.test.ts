import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bin } from './support/kaon.ts';
import { project, told } from './support/project.ts';

describe('a build.ninja of kaon', () => {
  const files = {
    'meson.build': `project('demo', 'c')
conf = configure_file(output: 'conf.h', configuration: {'N': 0})
l = shared_library('l', 'l.c', install: true)
gen = custom_target(input: 'in', output: 'gen.h', command: ['cp', '@INPUT@', '@OUTPUT@'])
app = executable('app', 'app.c', gen, link_with: l)
test('runs', app)
run_target('hello', command: ['echo', 'hello from a target'])
`,
    'l.c': 'int f(void) { return 0; }\n',
    'app.c': '#include "gen.h"\nint f(void);\nint main(void) { return f() + X; }\n',
    in: '#define X 0\n',
  };

  test('is written when asked for, and understood by kaon ninja', () => {
    const demo = project(files);
    expect(demo.kaon(['setup', 'build', '--backend=ninja']).status).toBe(0);
    const ninja = (...words: readonly string[]) => demo.kaon(['ninja', '-C', 'build', ...words]);
    const first = ninja('test');
    expect(first.status, told(first)).toBe(0);
    expect(first.stdout).toMatch(/Ok:\s+1/);
    expect(ninja('hello').stdout).toContain('hello from a target');
    expect(ninja('-t', 'targets', 'all').stdout).toContain('app: c_LINKER\n');
    expect(ninja('-t', 'query', 'build.ninja').stdout).toContain('meson.build');
    expect(ninja().stdout).toContain('ninja: no work to do.');
  });

  test.runIf(existsSync(join(bin, '../../dist/look')))(
    'is answered without node where nothing is to be done, also as makefiles ask',
    async () => {
      const demo = project(files);
      demo.write(
        'bin/node',
        `#!/bin/sh\necho started >> bin/starts\nexec '${process.execPath}' "$@"\n`,
      );
      chmodSync(join(demo.folder, 'bin/node'), 0o755);
      const env = { PATH: `${join(demo.folder, 'bin')}:${process.env['PATH']}` };
      expect(demo.kaon(['setup', 'build'], { env }).status).toBe(0);
      const said = (...words: readonly string[]): readonly [string, boolean] => {
        rmSync(join(demo.folder, 'bin/starts'), { force: true });
        const { stdout, stderr } = demo.kaon(['ninja', '-C', 'build', ...words], { env });
        return [stdout.split('\n')[1] + stderr, existsSync(join(demo.folder, 'bin/starts'))];
      };
      const none = 'ninja: no work to do.';
      const asMake = ['-j2', '-l2', '-d', 'keepdepfile', 'all'];
      expect(said(...asMake)[0]).toMatch(/^\[1\//);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(said(...asMake)[0]).toBe(none);
      for (const words of [asMake, [], ['all']]) expect(said(...words)).toEqual([none, false]);
      expect(said('app')).toEqual([none, true]);
      demo.write('in', '#define X 1\n');
      expect(said()[0]).toMatch(/^\[1\//);
    },
  );

  test('-n -v shows commands, and says what is done without one', () => {
    const demo = project({
      'meson.build': "project('demo')\nimport('fs').copyfile('a', 'b')\n",
      a: '',
    });
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    const dry = demo.kaon(['ninja', '-C', 'build', '-n', '-v', 'b']).stdout;
    expect(dry).toContain('[1/1] Copying file b\n');
  });

  test('is to be made anew first where a build file or an option changed, says -n', () => {
    const demo = project({ 'meson.build': "project('demo')\n" });
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    const dry = (): string => demo.kaon(['ninja', '-C', 'build', '-n', '--quiet']).stdout;
    const shown = (): string =>
      demo.kaon(['ninja', '-C', 'build', '-n']).stdout.split('\n')[1] ?? '';
    const ninja = (): void => void demo.kaon(['ninja', '-C', 'build']);
    expect(shown()).toBe('ninja: no work to do.');
    demo.write('meson.build', "project('demo', version: '2')\n");
    expect(shown()).toMatch(/^\[0\/1\] Configuring anew: .*meson.build changed$/);
    expect(dry()).toBe('');
    ninja();
    expect(shown()).toBe('ninja: no work to do.');
    demo.kaon(['configure', 'build', '-Dwarning_level=3']);
    expect(shown()).toBe('[0/1] Configuring anew: options were changed');
  });

  test('gives ninja the same build, and kaon is called when a build file changes', ({ skip }) => {
    if (spawnSync('ninja', ['--version']).status !== 0) skip('needs ninja');
    const demo = project(files);
    demo.kaon(['setup', 'build', '--backend=ninja']);
    const ninja = (...words: readonly string[]) =>
      spawnSync('ninja', ['-C', 'build', ...words], { cwd: demo.folder, encoding: 'utf8' });
    const first = ninja('all', 'test');
    expect(first.status, first.stdout + first.stderr).toBe(0);
    expect(ninja().stdout).toContain('no work to do');
    demo.write('l.c', 'int f(void) { return 0 * 2; }\n');
    const again = ninja().stdout;
    expect(again).toContain('l.c.o');
    expect(again).not.toContain('Linking target app');
    demo.write('meson.build', files['meson.build'].replace("'runs'", "'renamed'"));
    expect(ninja('test').stdout).toContain('renamed');
  });

  test('has the folders that commands write to beside their outputs', ({ skip }) => {
    for (const tool of ['ninja', 'rustc']) {
      if (spawnSync(tool, ['--version']).status !== 0) skip(`needs ${tool}`);
    }
    const demo = project({
      'meson.build': "project('demo', 'rust')\nexecutable('demo', 'demo.rs')\n",
      'demo.rs': 'fn main() {}\n',
    });
    expect(demo.kaon(['setup', 'build', '--backend=ninja']).status).toBe(0);
    const done = spawnSync('ninja', ['-C', 'build'], { cwd: demo.folder, encoding: 'utf8' });
    expect(done.status, done.stdout + done.stderr).toBe(0);
  });

  test.for(['ninja', 'samu'])('%s makes the same of it as kaon does', (tool, { skip }) => {
    if (spawnSync(tool, ['--version']).status !== 0) skip(`needs ${tool}`);
    const demo = project(files);
    // Of kaon and of the other in the same place, as paths stand in what is made.
    const made = (how: 'kaon' | 'other') => {
      rmSync(join(demo.folder, 'build'), { recursive: true, force: true });
      for (const [name, text] of Object.entries(files)) demo.write(name, text);
      const words = how === 'kaon' ? [] : ['--backend=ninja'];
      expect(demo.kaon(['setup', 'build', ...words]).status).toBe(0);
      const run = (): string => {
        if (how === 'kaon') return demo.kaon(['compile', '-C', 'build']).stdout;
        const done = spawnSync(tool, ['-C', 'build'], { cwd: demo.folder, encoding: 'utf8' });
        expect(done.status, done.stdout + done.stderr).toBe(0);
        return done.stdout;
      };
      const outputs = (): Readonly<Record<string, string>> =>
        Object.fromEntries(
          ['app', 'libl.so', 'gen.h', 'app.p/app.c.o', 'libl.so.p/l.c.o'].map((name) => [
            name,
            createHash('sha256')
              .update(readFileSync(join(demo.folder, 'build', name)))
              .digest('hex'),
          ]),
        );
      run();
      const first = outputs();
      // Its interface stays: nothing is linked anew to it.
      demo.write('l.c', 'int f(void) { return 0 * 2; }\n');
      const again = run();
      demo.write('in', '#define X 1\n');
      run();
      return { first, again, second: outputs(), idle: run() };
    };
    const [ours, theirs] = [made('kaon'), made('other')];
    expect(theirs.first).toEqual(ours.first);
    expect(theirs.second).toEqual(ours.second);
    for (const { again } of [ours, theirs]) {
      expect(again).toContain('l.c.o');
      expect(again).not.toContain('Linking target app');
    }
    expect(theirs.idle).not.toContain('[');
  });
});
