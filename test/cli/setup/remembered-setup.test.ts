import { describe, expect, test } from 'vitest';
import { run as compile } from '../../../src/cli/commands/compile.ts';
import { run as setup } from '../../../src/cli/commands/setup.ts';
import { memorySession } from '../../support/memory-session.ts';

const top =
  "project('demo')\nsubdir('sub')\nconfigure_file(output: 'o.h', configuration: {'A': 1})\n";
const files = { 'meson.build': top, 'sub/meson.build': "message('sub')\n" };

/** Sets up in a new build directory; tells what was said, what was made, and which build files were read. */
function project(more: Readonly<Record<string, string>> = {}) {
  const { session, host, printed } = memorySession({ ...files, ...more });
  host.tick(60_000);
  const again = async (...words: string[]) => {
    host.tick(60_000);
    host.files.remove('/project/build');
    host.files.reads.clear();
    expect(await setup(session, ['build', ...words])).toBe(0);
    const read = [...host.files.reads.keys()].filter((path) => path.endsWith('meson.build'));
    const made = ['o.h', 'compile_commands.json', 'meson-info/intro-targets.json'];
    return {
      said: printed(),
      read: read.map((path) => path.slice('/project/'.length)).sort(),
      made: made.map((path) => host.read(`/project/build/${path}`)),
    };
  };
  return { session, host, printed, again };
}

const both = ['meson.build', 'sub/meson.build'];

test('a setup that would come to the same is not made again, but its results are', async () => {
  const { again } = project();
  const first = await again();
  expect(first.read).toEqual(both);
  expect(await again()).toEqual({ ...first, read: [] });
});

test('a build after it finds all as it was', async () => {
  const { session, again, printed } = project();
  await again();
  await again();
  expect(await compile(session, ['-C', 'build'])).toBe(0);
  expect(printed()).not.toContain('Configuring anew');
});

test('other words of a build file are read', async () => {
  const { host, again } = project();
  await again();
  host.write('sub/meson.build', "message('other')\n");
  expect(await again()).toMatchObject({ said: expect.stringContaining('other'), read: both });
});

test('of a branch that was here before, the setup is remembered', async () => {
  const { host, again } = project();
  const first = await again();
  host.write('sub/meson.build', "message('other')\n");
  await again();
  host.write('sub/meson.build', files['sub/meson.build']);
  expect(await again()).toEqual({ ...first, read: ['sub/meson.build'] });
});

test('a comment makes no other setup, and is told of once', async () => {
  const { session, host, printed, again } = project();
  const first = await again();
  host.write('sub/meson.build', "# Why.\nmessage('sub')\n");
  expect(await again()).toEqual({ ...first, read: ['sub/meson.build'] });
  host.tick(60_000);
  expect(await compile(session, ['-C', 'build'])).toBe(0);
  expect(printed()).not.toContain('Configuring anew');
});

test('a build after a comment sets up without evaluating, once', async () => {
  const { session, host, printed, again } = project();
  await again();
  const build = async () => {
    host.tick(60_000);
    host.files.reads.clear();
    expect(await compile(session, ['-C', 'build'])).toBe(0);
    return [printed().includes('Configuring anew'), host.files.reads.has('/project/meson.build')];
  };
  expect(await build()).toEqual([false, false]);
  host.write('sub/meson.build', "# Why.\nmessage('sub')\n");
  expect(await build()).toEqual([true, false]);
  expect(await build()).toEqual([false, false]);
});

test('a comment that moves the line of a warning makes another', async () => {
  const { host, again } = project({ 'sub/meson.build': "warning('here')\n" });
  expect((await again()).said).toContain('sub/meson.build:1: WARNING');
  host.write('sub/meson.build', "# Why.\nwarning('here')\n");
  expect((await again()).said).toContain('sub/meson.build:2: WARNING');
});

test('a comment in a file that is also read as text makes another', async () => {
  const { host, again } = project({
    'meson.build':
      "project('demo')\nsubdir('sub')\nmessage(import('fs').read('sub/meson.build'))\nconfigure_file(output: 'o.h', configuration: {'A': 1})\n",
  });
  await again();
  host.write('sub/meson.build', "# Why.\nmessage('sub')\n");
  expect((await again()).said).toContain('# Why.');
});

test('commands of the project run once in each setup, and what they say counts', async () => {
  const { host, again } = project({
    'sub/meson.build': "message(run_command('now', check: true).stdout())\nmessage('after')\n",
  });
  let said = 'early';
  host.program('now', () => said);
  const ran = () => host.processes.started.filter(({ argv }) => argv[0]?.endsWith('now')).length;
  await again();
  expect(await again()).toMatchObject({ said: expect.stringContaining('early'), read: [] });
  expect(ran()).toBe(2);
  said = 'late';
  expect(await again()).toMatchObject({ said: expect.stringContaining('late'), read: both });
  expect(ran()).toBe(3);
});

test('options, and variables that a tool may heed, make another setup', async () => {
  const { again } = project();
  await again();
  expect((await again('-Ddebug=false')).read).toEqual(both);
  expect((await again('--clearcache')).read).toEqual(both);
});

test('what is kept and damaged does no harm', async () => {
  const { host, again } = project();
  const first = await again();
  const root = '/home/user/.cache/kaon/setups';
  const listed = host.files.list(root);
  const [name, ...others] = listed.ok ? listed.value : [];
  expect(others).toEqual([]);
  const bytes = host.files.readBytes(`${root}/${name}`);
  if (bytes.ok) host.write(`${root}/${name}`, bytes.value.subarray(0, -1));
  expect(await again()).toEqual(first);
});

test('a command that changes what setup wrote runs again after it was written again', async () => {
  const { host, again } = project({
    'sub/meson.build':
      "f = configure_file(output: 'c.h', configuration: {'B': 1})\nrun_command('edit', check: true)\nmessage(run_command('now', check: true).stdout())\n",
  });
  host.program('edit', () => host.write('/project/build/sub/c.h', 'edited'));
  let said = 'early';
  host.program('now', () => said);
  await again();
  expect(host.read('/project/build/sub/c.h')).toBe('edited');
  await again();
  expect(host.read('/project/build/sub/c.h')).toBe('edited');
  said = 'late';
  await again();
  expect(host.read('/project/build/sub/c.h')).toBe('edited');
});

test('Python is asked of itself once, and again when a module that it loaded changed', async () => {
  const { host, again } = project({
    'sub/meson.build': "message(import('python').find_installation().language_version())\n",
  });
  let version = '3.11';
  host.program('python3', () =>
    JSON.stringify({
      ...{ version, platform: 'linux', suffix: '.so', limitedApiSuffix: '.so' },
      ...{ isPypy: false, isVenv: false, linksLibrary: false, variables: {} },
      ...{ paths: {}, installPaths: {}, sysconfigPaths: {}, bareSysconfigPaths: {} },
      restsOn: ['/usr/lib/python3/sysconfig.py', '/usr/bin/pyvenv.cfg', 'built-in'],
    }),
  );
  // A script may look at anything; a file as large as this is none.
  host.write('/usr/bin/python3', `#!program /usr/bin/python3\n${'x'.repeat(200_001)}`);
  host.files.setMode('/usr/bin/python3', 0o755);
  host.write('/usr/lib/python3/sysconfig.py', 'one');
  const asked = () => host.processes.started.filter(({ argv }) => argv[1] === '-c').length;
  expect((await again()).said).toContain('Message: 3.11\n');
  const { read } = await again('-Ddebug=false');
  expect([asked(), read]).toEqual([1, both]);
  version = '3.12';
  host.write('/usr/lib/python3/sysconfig.py', 'other');
  expect((await again()).said).toContain('Message: 3.12\n');
});

describe('what is edited while a setup is at work', () => {
  const more = {
    'meson.build':
      "project('demo')\nsubdir('sub')\nconfigure_file(input: 'o.in', output: 'o.h', configuration: {'A': 1})\n",
    'o.in': 'first @A@\n',
  };

  /** A project, and a way to edit a file of it after the next setup evaluated, before that is over. */
  function edited() {
    const made = project(more);
    const { session, host, printed } = made;
    const editLate = (path: string, text: string): void => {
      host.files.refuse = (operation, at) => {
        if (operation !== 'write' || !at.endsWith('/meson-private/kaon-graph.bin'))
          return undefined;
        host.files.refuse = () => undefined;
        // A busy machine: the stamps of what is written now settle before the setup is over.
        host.tick(60_000);
        host.write(path, text);
        host.tick(60_000);
        return undefined;
      };
    };
    const build = async () => {
      host.tick(60_000);
      expect(await compile(session, ['-C', 'build'])).toBe(0);
      return { isSetUp: printed().includes('Configuring anew'), made: host.read('build/o.h') };
    };
    return { ...made, editLate, build };
  }

  test.each([
    ['a file that was read', 'o.in', 'second @A@\n', 'second 1\n'],
    ['a build file', 'sub/meson.build', "message('other')\n", 'first 1\n'],
  ])('is seen by the next build, which sets up anew once: %s', async (_, path, text, expected) => {
    const { again, editLate, build } = edited();
    editLate(path, text);
    await again();
    expect(await build()).toEqual({ isSetUp: true, made: expected });
    expect(await build()).toEqual({ isSetUp: false, made: expected });
  });

  test('is seen by the next build, also where the setup was remembered', async () => {
    const { host, again, editLate, build } = edited();
    await again();
    host.write('sub/meson.build', "# Why.\nmessage('sub')\n");
    editLate('sub/meson.build', "message('other')\n");
    expect((await again()).said).not.toContain('other');
    expect(await build()).toMatchObject({ isSetUp: true });
    expect(await build()).toMatchObject({ isSetUp: false });
  });

  test('is left alone where a command of the project wrote it', async () => {
    const { host, again, build } = edited();
    let count = 0;
    host.program('now', (run) => run.write('/project/o.in', `${++count} @A@\n`));
    host.write(
      'sub/meson.build',
      "import('fs').read('../o.in')\nrun_command('now', check: true)\n",
    );
    await again();
    expect(await build()).toEqual({ isSetUp: false, made: '1 1\n' });
  });
});
