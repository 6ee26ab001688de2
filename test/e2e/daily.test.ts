import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionsOf, bin, kaon, type RunOptions } from './support/kaon.ts';
import { type Project, project, told } from './support/project.ts';

const files = {
  'meson.build': [
    "project('demo', 'c')",
    "app = executable('app', 'app.c', install: true)",
    "test('runs', app)",
    '',
  ].join('\n'),
  'app.c': 'int main(void) { return 0; }\n',
};

describe('kaon alone', () => {
  test('sets up, builds, and ends with one line that says what next', () => {
    const demo = project(files);
    const first = demo.kaon([]);
    expect(first.status, told(first)).toBe(0);
    expect(first.stdout).toMatch(/\ndemo built, 2 actions in \d+\.\d s\. Next: kaon test\n$/);
    const second = demo.kaon([]);
    expect(second.stdout).toBe('demo is up to date. Next: kaon test\n');
  });

  test('what was built is known though the setup was removed, as scripts do to set up anew', () => {
    const demo = project(files);
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    expect(demo.kaon(['compile', '-C', 'build']).status).toBe(0);
    for (const name of ['meson-private', 'meson-info', 'meson-logs']) {
      rmSync(join(demo.folder, 'build', name), { recursive: true });
    }
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    expect(told(demo.kaon(['compile', '-C', 'build']))).toContain('Nothing to do');
  });

  test('works from any folder of the project', () => {
    const demo = project({ ...files, 'src/deep/note.txt': '' });
    expect(kaon([], { cwd: `${demo.folder}/src/deep` }).status).toBe(0);
    expect(existsSync(join(demo.folder, 'build/app'))).toBe(true);
  });

  test('ends a failed build with one line too, and with 1', () => {
    const demo = project({ ...files, 'app.c': 'int main(void) { return nothing; }\n' });
    const run = demo.kaon([]);
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('FAILED: Compiling C object app.p/app.c.o (exit code 1)');
    const last = run.stdout.trimEnd().split('\n').at(-1);
    expect(last).toMatch(/^Build failed after .*: 1 failed, 0 done.* Next: kaon compile -k 0$/);
  });

  test('what the build files no longer make is removed, but not what others wrote there', () => {
    const text = (name: string): string =>
      [
        "project('demo', 'c')",
        `executable('${name}', 'app.c')`,
        `shared_library('${name}', 'app.c', version: '1.2.3')`,
        `custom_target('one', output: '${name}.txt', command: ['touch', '@OUTPUT@'], build_by_default: true)`,
        `custom_target('two', output: '${name}.dat', command: ['touch', '@OUTPUT@'], build_by_default: true)`,
        '',
      ].join('\n');
    const demo = project({ ...files, 'meson.build': text('before') });
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    expect(demo.kaon(['compile', '-C', 'build']).status).toBe(0);
    demo.write('build/before.dat', 'mine');
    demo.write('meson.build', text('after'));
    expect(demo.kaon(['compile', '-C', 'build']).status).toBe(0);
    const all = readdirSync(join(demo.folder, 'build')).sort();
    expect(all.filter((name) => name.includes('before'))).toEqual([
      'before.dat',
      'before.p',
      'libbefore.so.1.2.3.p',
    ]);
    expect(all.filter((name) => /^libafter[^p]*$/.test(name))).toEqual([
      'libafter.so',
      'libafter.so.1',
      'libafter.so.1.2.3',
    ]);
    expect(readdirSync(join(demo.folder, 'build/before.p'))).toEqual([]);
  });

  test('what only another branch makes is removed where the setup of this one is remembered', () => {
    const plain = "project('demo', 'c')\nexecutable('app', 'app.c')\n";
    const more = `${plain}custom_target('one', output: 'one.txt', command: ['touch', '@OUTPUT@'], build_by_default: true)\n`;
    const demo = project({ ...files, 'meson.build': plain });
    const filesOfBuild = (text: string): readonly string[] => {
      demo.write('meson.build', text);
      expect(demo.kaon(['compile', '-C', 'build']).status).toBe(0);
      return readdirSync(join(demo.folder, 'build')).filter((name) => /^(app|.*txt)$/.test(name));
    };
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    expect(filesOfBuild(plain)).toEqual(['app']);
    expect(filesOfBuild(more)).toEqual(['app', 'one.txt']);
    expect(filesOfBuild(plain)).toEqual(['app']);
    expect(filesOfBuild(more)).toEqual(['app', 'one.txt']);
    expect(filesOfBuild(`# Again.\n${plain}`)).toEqual(['app']);
  });

  test('what the setup made and somebody removed is made again, and what was built removed is built', () => {
    const demo = project({
      'meson.build': `${files['meson.build']}configure_file(output: 'config.h', configuration: {'ANSWER': 0})\n`,
      'app.c': '#include "config.h"\nint main(void) { return ANSWER; }\n',
    });
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    const compile = () => demo.kaon(['compile', '-C', 'build']);
    expect(compile().status).toBe(0);
    expect(compile().stdout).toContain('Nothing to do');
    rmSync(join(demo.folder, 'build/config.h'));
    expect(told(compile())).toContain('Nothing to do');
    expect(demo.read('build/config.h')).toContain('#define ANSWER 0');
    rmSync(join(demo.folder, 'build/app'));
    expect(actionsOf('build', demo.folder)).toHaveLength(1);
  });

  test('sources of a unity build are there for who reads compile_commands.json before it', () => {
    const demo = project(files);
    expect(demo.kaon(['setup', 'build', '-Dunity=on']).status).toBe(0);
    expect(demo.read('build/app.p/app-unity0.c')).toBe(`#include<${demo.folder}/app.c>\n`);
    expect(demo.kaon(['compile', '-C', 'build']).status).toBe(0);
  });

  test('a trace that cannot be written is told before anything is built', () => {
    const demo = project(files);
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    const run = demo.kaon(['compile', '-C', 'build', '--trace', 'app.c/trace.json']);
    expect(run.status, told(run)).toBe(2);
    expect(run.stdout).toContain('app.c/trace.json');
    expect(existsSync(join(demo.folder, 'build/app'))).toBe(false);
    const written = demo.kaon(['compile', '-C', 'build', '--trace', 'trace.json']);
    expect(written.status, told(written)).toBe(0);
    expect(existsSync(join(demo.folder, 'trace.json'))).toBe(true);
  });

  test('a header in an earlier include folder is compiled in, whatever else is there', () => {
    const demo = project({
      'meson.build':
        "project('p', 'c')\nexecutable('a', 'src/a.c', include_directories: ['.', 'first', 'second'])\n",
      'src/a.c': '#include <value.h>\nint main(void) { return VALUE; }\n',
      'first/other.h': '',
      'second/value.h': '#define VALUE 2\n',
    });
    expect(demo.kaon([]).status).toBe(0);
    expect(told(demo.kaon([]))).toContain('up to date');
    demo.write('first/notes.txt', '');
    expect(told(demo.kaon([]))).toContain('up to date');
    demo.write('first/value.h', '#define VALUE 1\n');
    expect(told(demo.kaon(['why', 'a']))).toContain('first/value.h is new');
    expect(told(demo.kaon([]))).toContain('2 actions');
    expect(demo.kaon(['run']).status).toBe(1);
    expect(told(demo.kaon([]))).toContain('up to date');
    demo.write('value.h', '#define VALUE 3\n');
    expect(told(demo.kaon([]))).toContain('2 actions');
    expect(demo.kaon(['run']).status).toBe(3);
    expect(told(demo.kaon([]))).toContain('up to date');
  });

  test('relinks with a library whose objects changed in nothing but a value', () => {
    const demo = project({
      'meson.build':
        "project('p', 'c')\nl = static_library('l', 'l.c')\nexecutable('a', 'a.c', link_with: l)\n",
      'l.c': 'int f(void) { return 1; }\n',
      'a.c': 'int f(void);\nint main(void) { return f(); }\n',
    });
    demo.kaon([]);
    demo.write('l.c', 'int f(void) { return 2; }\n');
    expect(demo.kaon(['run']).status).toBe(2);
  });

  test('builds what changed while a build file changed', () => {
    const demo = project(files);
    demo.kaon([]);
    demo.write('meson.build', `${files['meson.build']}executable('more', 'app.c')\n`);
    expect(actionsOf('build', demo.folder)).toEqual([
      'Compiling C object more.p/app.c.o',
      'Linking target more',
    ]);
  });
});

describe('commands with the options of Meson', () => {
  test('setup, compile, test, run, install, clean', () => {
    const demo = project({ ...files, 'native.ini': "[properties]\nfoo = 'bar'\n" });
    const expectOk = (words: readonly string[], options: RunOptions = {}): string => {
      const run = demo.kaon(words, options);
      expect(run.status, `${words.join(' ')}\n${told(run)}`).toBe(0);
      return run.stdout;
    };
    expectOk(
      'setup b --buildtype release --prefix /opt/demo -Dwerror=true --native-file native.ini'.split(
        ' ',
      ),
    );
    expect(expectOk(['configure', 'b'])).toMatch(/^\s+buildtype\s+release\b/m);
    expect(expectOk(['compile', '-C', 'b', '-j', '1', '-v'])).toContain('-Werror');
    expect(expectOk(['test', '-C', 'b'])).toMatch(/Ok:\s+1\b/);
    expectOk(['run', '-C', 'b', 'app', '--', 'word']);
    expectOk(['install', '-C', 'b'], {
      env: { DESTDIR: join(demo.folder, 'root') },
    });
    expect(existsSync(join(demo.folder, 'root/opt/demo/bin/app'))).toBe(true);
    expectOk(['setup', '--reconfigure', 'b', '-Dwerror=false']);
    expect(expectOk(['compile', '-C', 'b', '-v'])).not.toContain('-Werror');
    expectOk(['clean', '-C', 'b']);
    expect(existsSync(join(demo.folder, 'b/app'))).toBe(false);
    expectOk(['setup', '--wipe', 'b']);
    expect(expectOk(['configure', 'b'])).toMatch(/^\s+buildtype\s+release\b/m);
    expect(expectOk(['why', '-C', 'b', 'app'])).toContain('it was never built here');
    expectOk(['compile', '-C', 'b']);
    expectOk(['configure', 'b', '-Dwerror=true']);
    const changed = expectOk(['why', '-C', 'b', 'app']);
    expect(changed).toContain('its command changed.\n    + -Werror\n');
    expectOk(['compile', '-C', 'b']);
    demo.write('app.c', `${files['app.c']}/* edited */\n`);
    const why = expectOk(['why', '-C', 'b', join(demo.folder, 'b/app')]);
    expect(why).toMatch(/Linking target app\n {2}if app\.p\/\S+ comes out different/);
    const source = expectOk(['why', '-C', 'b', join(demo.folder, 'app.c')]);
    expect(source).toMatch(/^Compiling C object app\.p\/app\.c\.o\n.*app\.c changed\.\n$/);
  });
});

describe('what people and programs read', () => {
  test('lines where there is no terminal, events where they are asked for', () => {
    const demo = project(files);
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    const plain = demo.kaon(['compile', '-C', 'build']).stdout.split('\n');
    expect(plain.slice(0, 2)).toEqual([
      '[1/2] Compiling C object app.p/app.c.o',
      '[2/2] Linking target app',
    ]);
    const events = demo.kaon(['compile', '-C', 'build', '--json']).stdout.trimEnd().split('\n');
    const kinds = events.map((line) => JSON.parse(line)).map(({ v, kind }) => `${v} ${kind}`);
    expect(kinds.at(0)).toBe('1 build-started');
    expect(kinds.at(-1)).toBe('1 build-finished');
  });

  test('a tool cannot command the terminal', () => {
    const demo = project({
      'tool.sh': "printf '\\033[2J\\033]0;title\\007\\r'\ntouch $1\n",
      'meson.build': [
        "project('p')",
        "custom_target('a', output: 'a', build_by_default: true,",
        "  command: ['sh', files('tool.sh'), '@OUTPUT@'])",
        '',
      ].join('\n'),
    });
    const { stdout, status } = demo.kaon([]);
    expect(status, stdout).toBe(0);
    expect(stdout).toContain('[2J');
    const commands = [...stdout].filter((character) => character < ' ' && character !== '\n');
    expect(commands).toEqual([]);
  });
});

/** Two of its four actions end once there is a file `go` beside the build file. */
const slow = {
  'meson.build': [
    "project('slow')",
    "foreach n, wait : {'1': '', '2': '', '3': 'until [ -e ../go ]; do sleep 0.05; done; ', '4': 'until [ -e ../go ]; do sleep 0.05; done; '}",
    "  custom_target('s' + n, output: 's' + n, build_by_default: true,",
    "    command: ['sh', '-c', wait + 'echo done > $0', '@OUTPUT@'])",
    'endforeach',
    '',
  ].join('\n'),
};

/** Starts a build that takes a while; resolves when its first action ended. */
async function begun(made: Project): Promise<{ kill(signal: NodeJS.Signals): Promise<Ended> }> {
  const child = spawn(bin, ['compile', '-j2'], { cwd: made.folder, detached: true });
  let text = '';
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, text }));
  });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (text.includes('[2/4]')) resolve();
    });
  });
  return {
    kill: (signal) => {
      process.kill(-(child.pid ?? 0), signal);
      return ended;
    },
  };
}

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

describe('builds that do not come to their end', () => {
  test('interrupted: says so, leaves no half file, and the next goes on from there', async () => {
    const made = project(slow);
    made.kaon(['setup', 'build']);
    const { code, text } = await (await begun(made)).kill('SIGINT');
    made.write('go', '');
    expect(code).toBe(130);
    expect(text).toMatch(/Interrupted after .*: 2 done, 2 not tried/);
    expect(actionsOf('build', made.folder)).toHaveLength(2);
  });

  test('killed: what was done stays done', async () => {
    const made = project(slow);
    made.kaon(['setup', 'build']);
    await (await begun(made)).kill('SIGKILL');
    made.write('go', '');
    expect(actionsOf('build', made.folder)).toHaveLength(2);
    expect(actionsOf('build', made.folder)).toEqual([]);
  });

  test('two at once in one build directory: the second waits', async () => {
    const made = project(slow);
    await begun(made);
    const second = spawn(bin, [], { cwd: made.folder });
    let text = '';
    const hear = (bytes: Buffer): void => {
      text += bytes.toString();
      if (text.includes('Waiting')) made.write('go', '');
    };
    second.stdout.on('data', hear);
    second.stderr.on('data', hear);
    const code = await new Promise((resolve) => second.on('close', resolve));
    expect(code, text).toBe(0);
    expect(text).toMatch(/^Waiting for kaon, process \d+, which works in /);
    expect(text).toContain('slow is up to date.');
  });

  test('a project where no build directory can be made is told, and left as it was', () => {
    const made = project({ ...files, build: '', 'builddir/own.c': '' });
    const run = made.kaon([]);
    expect(told(run)).toContain('ERROR: `build` and `builddir` of ');
    expect(run.status, told(run)).toBe(2);
    expect(readdirSync(made.folder).sort()).toEqual(['app.c', 'build', 'builddir', 'meson.build']);
    expect(readdirSync(`${made.folder}/builddir`)).toEqual(['own.c']);
  });
});
