import { expect, test } from 'vitest';
import { run as compile } from '../../src/cli/commands/compile.ts';
import { run as configure } from '../../src/cli/commands/configure.ts';
import { run as setup } from '../../src/cli/commands/setup.ts';
import { exitCodes } from '../../src/cli/session.ts';
import { memorySession } from '../support/memory-session.ts';

const project = { 'meson.build': "project('demo')\nmessage(get_option('prefix'))\n" };

test('a build directory keeps what it was set up with', async () => {
  const { session, host, printed } = memorySession(project);
  expect(await setup(session, ['build', '--prefix=/opt', '-Ddebug=false'])).toBe(0);
  expect(printed()).toContain('Message: /opt\n');
  expect(host.read('build/meson-private/cmd_line.txt')).toBe(
    '[options]\nprefix = /opt\ndebug = false\n\n[properties]\nkaon_environment = []\n\n',
  );
  expect(host.read('build/meson-logs/meson-log.txt')).toContain('Message: /opt\n');
  expect(host.read('build/.gitignore')).toContain('*\n');
});

test('a configured directory is left alone, but options are kept for the next build', async () => {
  const { session, host, printed } = memorySession(project);
  await setup(session, ['build']);
  printed();
  expect(await setup(session, ['build', '-Dprefix=/new'])).toBe(0);
  expect(printed()).toContain('Directory already configured.');
  expect(host.read('build/meson-private/cmd_line.txt')).toContain('prefix = /new');
  expect(await compile(session, ['-C', 'build'])).toBe(0);
  expect(printed()).toContain('Configuring anew: options were changed\n');
});

test('what was found out is forgotten by a setup at once', async () => {
  const { session, host, printed } = memorySession(project);
  await setup(session, ['build']);
  printed();
  expect(await configure(session, ['build', '--clearcache', '-Dprefix=/new'])).toBe(0);
  expect(printed()).toContain('Message: /new\n');
  expect(host.read('build/meson-private/cmd_line.txt')).toContain('prefix = /new');
  expect(await compile(session, ['-C', 'build'])).toBe(0);
  expect(printed()).not.toContain('Configuring anew');
});

test('a changed build file is read again before a build, and only then', async () => {
  const { session, host, printed } = memorySession(project);
  await setup(session, ['build']);
  printed();
  await compile(session, ['-C', 'build']);
  expect(printed()).not.toContain('Configuring anew');
  host.tick();
  host.write('meson.build', `${project['meson.build']}message('more')\n`);
  await compile(session, ['-C', 'build']);
  expect(printed()).toMatch(
    /Configuring anew: \/project\/meson.build changed\n[\s\S]*Message: more\n/,
  );
});

test('setup opens each build file and each wrap once', async () => {
  const files = {
    'meson.build':
      "project('demo', version: files('VERSION'))\nimport('keyval').load('config')\nsubdir('sub')\nsubproject('inner')\n",
    'meson.options': "option('o', type: 'boolean')\n",
    VERSION: '1\n',
    config: 'A=1\n',
    'sub/meson.build': '',
    'subprojects/inner/meson.build': "project('inner')\n",
    'subprojects/inner.wrap': '[wrap-file]\ndirectory = inner\npatch_directory = inner\n',
    'subprojects/packagefiles/inner/meson.options': "option('i', type: 'boolean')\n",
    'subprojects/other.wrap': '[wrap-file]\ndirectory = other\n',
    'subprojects/inner/meson.options': "option('i', type: 'boolean')\n",
  };
  const { session, host } = memorySession(files);
  expect(await setup(session, ['build'])).toBe(0);
  const opened = Object.keys(files).map((path) => [path, host.files.reads.get(`/project/${path}`)]);
  expect(opened).toEqual(Object.keys(files).map((path) => [path, 1]));
});

test('an edit while setup runs is not lost', async () => {
  const { session, host, printed } = memorySession({
    'meson.build': "project('demo')\nrun_command('edit', check: true)\n",
  });
  host.program('edit', () => {
    host.tick();
    host.write('meson.build', "project('demo')\nmessage('edited')\n");
  });
  await setup(session, ['build']);
  host.tick(10_000);
  await compile(session, ['-C', 'build']);
  expect(printed()).toMatch(/meson.build changed\n[\s\S]*Message: edited\n/);
});

test('wiping empties the directory and keeps the options', async () => {
  const { session, host, printed } = memorySession(project);
  await setup(session, ['build', '-Dprefix=/kept']);
  host.write('build/rubbish', '');
  printed();
  expect(await setup(session, ['--wipe', 'build'])).toBe(0);
  expect(printed()).toContain('Message: /kept');
  expect(host.files.exists('build/rubbish')).toBe(false);
});

test('an error in a build file is told with its place, and the old setup stays', async () => {
  const { session, host, printed } = memorySession(project);
  await setup(session, ['build']);
  host.tick();
  host.write('meson.build', "project('demo')\nmesage('x')\n");
  printed();
  expect(await setup(session, ['--reconfigure', 'build'])).toBe(2);
  expect(printed()).toContain('meson.build:2:7: ERROR: Unknown function "mesage"');
  expect(host.files.exists('build/meson-private/coredata.dat')).toBe(true);
});

test('configure shows options and changes them', async () => {
  const { session, host, printed } = memorySession(project);
  await setup(session, ['build']);
  printed();
  expect(await configure(session, ['build'])).toBe(0);
  expect(printed()).toMatch(/^ {2}buildtype +debug +\[plain, debug/m);
  expect(await configure(session, ['build', '-Dbuildtype=release'])).toBe(0);
  expect(host.read('build/meson-private/cmd_line.txt')).toContain('buildtype = release');
  expect(await configure(session, ['build', '-Dbuildtype=plain', '-Ubuildtype'])).toBe(0);
  expect(host.read('build/meson-private/cmd_line.txt')).toContain('buildtype = plain');
  expect(await configure(session, ['build', '-Dbuildtpe=x'])).toBe(2);
  expect(printed()).toContain('Unknown option: "buildtpe". (did you mean "buildtype"?)');
});

test('an option that nobody knows is not remembered, and can be taken back where it was', async () => {
  const { session, printed, host } = memorySession(project);
  expect(await setup(session, ['build'])).toBe(0);
  expect(await setup(session, ['build', '-Dnope=1'])).toBe(2);
  expect(printed()).toContain('Unknown option: "nope".');
  expect(host.read('build/meson-private/cmd_line.txt')).not.toContain('nope');
  host.write('build/meson-private/cmd_line.txt', '[options]\nnope = 1\n');
  expect(await configure(session, ['build', '-Unope'])).toBe(0);
  expect(host.read('build/meson-private/cmd_line.txt')).not.toContain('nope');
});

test('what is set for a subproject that nobody knows is refused when configuring anew, not at first', async () => {
  const { session, printed } = memorySession(project);
  expect(await setup(session, ['build', '-Dlater:x=1'])).toBe(0);
  printed();
  expect(await setup(session, ['--reconfigure', 'build', '-Dother:x=1'])).toBe(2);
  expect(printed()).toContain('ERROR: Unknown option: "other:x".');
  expect(await configure(session, ['build', '-Dother:debug=maybe'])).toBe(2);
  expect(await configure(session, ['build', '-Unope'])).toBe(2);
  expect(printed()).toContain('ERROR: Unknown option: nope');
});

test('what is set for a build machine that is no other than the host machine is kept unread', async () => {
  const { session, printed, host } = memorySession(project);
  await setup(session, ['build']);
  expect(await configure(session, ['build', '-Dbuild.nope=1', '-Dsub:build.x=2'])).toBe(0);
  expect(host.read('build/meson-private/cmd_line.txt')).toContain('build.nope = 1');
  printed();
  expect(await setup(session, ['build', '--reconfigure'])).toBe(2);
  expect(printed()).toContain('ERROR: Unknown options: "build.nope"');
});

test("Meson takes a project's own option back by its name with a colon only", async () => {
  const text = "option('own', type: 'string', value: '')\n";
  const { session, printed } = memorySession({ ...project, 'meson.options': text });
  await setup(session, ['build', '-Down=x']);
  expect(await configure(session, ['build', '-Uown'])).toBe(0);
  expect(await configure(session, ['build', '-U:own'])).toBe(0);
  const asMeson = { ...session, asMeson: true };
  printed();
  expect(await configure(asMeson, ['build', '-Uown'])).toBe(2);
  expect(printed()).toContain('ERROR: Unknown option: own');
  expect(await configure(asMeson, ['build', '-U:own'])).toBe(0);
});

test('a switch for an option takes what the option can be', async () => {
  const { session, printed } = memorySession(project);
  expect(await setup(session, ['build', '--buildtype=nope'])).toBe(exitCodes.usage);
  expect(printed()).toContain("argument 'nope' is invalid. Allowed choices are plain, debug,");
  expect(await setup(session, ['build', '--auto-features', 'disabled', '--unity=on'])).toBe(0);
});

test('machine files are called as someone wrote them, later too, where the same setup is not made again', async () => {
  const { session, host, printed } = memorySession({ ...project, 'my.ini': '[binaries]\n' });
  await setup(session, ['build', '--native-file', './my.ini']);
  expect(printed()).toContain('    Native files: ./my.ini\n');
  host.tick(60_000);
  host.files.reads.clear();
  await setup(session, ['build', '--reconfigure']);
  expect(printed()).toContain('    Native files: ./my.ini\n');
  expect(host.files.reads.has('/project/meson.build')).toBe(false);
});

test('an option that the main project alone has is set by its name with a colon, beside the one all share', async () => {
  const text = "project('demo', default_options: [':warning_level=3'])\n";
  const { session, printed, host } = memorySession({ 'meson.build': text });
  await setup(session, ['build']);
  printed();
  await configure(session, ['build']);
  expect(printed()).toMatch(/^ {2}warning_level +1 [\s\S]*^ {2}:warning_level +3 /m);
  const rows = host.read('build/meson-info/intro-buildoptions.json');
  expect(rows.match(/"warning_level"/g)).toHaveLength(1);
});

test('a build directory whose sources are gone says so, and how it goes on where they moved', async () => {
  const { session, host, printed } = memorySession({ 'src/meson.build': "project('demo')" });
  await setup(session, ['build', 'src']);
  host.files.rename('/project/src', '/project/moved');
  printed();
  expect(await compile(session, ['-C', 'build'])).toBe(exitCodes.wrong);
  const gone = [
    '',
    'ERROR: Missing Meson file in /project/src/meson.build',
    '  hint: /project/build was set up for these sources. If they moved: kaon setup --reconfigure /project/build DIRECTORY',
    '',
  ].join('\n');
  expect(printed()).toBe(gone);
  expect(await setup(session, ['--wipe', 'build'])).toBe(exitCodes.wrong);
  expect(printed()).toBe(gone);
  expect(await setup(session, ['--reconfigure', 'build', 'moved'])).toBe(0);
  expect(await compile(session, ['-C', 'build'])).toBe(0);
  expect(await setup(session, ['--wipe', 'build'])).toBe(0);
});

test('a build directory of other sources is not taken for one of these', async () => {
  const { session, printed } = memorySession({
    'a/meson.build': "project('a')",
    'b/meson.build': "project('b')",
  });
  await setup(session, ['build', 'a']);
  printed();
  expect(await setup(session, ['build', 'b'])).toBe(exitCodes.wrong);
  expect(printed()).toContain('ERROR: /project/build is a build directory of /project/a.\n');
});
