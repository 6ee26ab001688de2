import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

test('a subproject has variables of its own, and gives them when asked', () => {
  const { messages, lines, error } = evaluateText({
    'meson.build':
      "project('x')\ns = subproject('a')\nmessage(s.get_variable('v'), s.get_variable('w', 2), is_variable('v'))",
    'subprojects/a/meson.build': "project('a', version: '3')\nv = meson.project_version()",
  });
  expect(error).toBeUndefined();
  expect(messages).toEqual(['3 2 false']);
  expect(lines).toContain('a| Project name: a');
  expect(lines).toContain('a| Subproject a finished.');
});

test('lines of subprojects have their names, and a subproject inside of them its own', () => {
  const { lines, warnings } = evaluateText({
    'meson.build': "project('x')\nsubproject('a')",
    'subprojects/a/meson.build':
      "project('a')\nsubproject('b')\nmessage('one\\n\\n  two')\nwarning('w')",
    'subprojects/b/meson.build': "project('b')\nwarning('v')",
  });
  const text = lines.join('\n');
  expect(text).toContain('a| Message: one\n\na| two\n');
  expect(text).toContain('\nExecuting subproject a:b for machine: host \n\nb| Project name: b\n');
  expect(warnings).toHaveLength(2);
  // What a subproject warns of does not count for the one around it.
  expect(text).toContain('a: YES 1 warnings\n    b: YES 1 warnings (from a)');
});

test('of a subproject that failed, those in it that did not are told', () => {
  const { lines } = evaluateText({
    'meson.build': "project('x')\nsubproject('a', required: false)",
    'subprojects/a/meson.build': "project('a')\nsubproject('b')\nerror('no')",
    'subprojects/b/meson.build': "project('b', version: '1')\nsummary('k', 'v')",
  });
  const text = lines.join('\n');
  expect(text).toContain('b 1\n\n    k: v\n');
  expect(text).toContain('a: NO Problem encountered: no\n    b: YES (from a)');
});

test('of a subproject that failed, who asked for it is not told', () => {
  const { lines } = evaluateText({
    'meson.build': "project('x')\nsubproject('a')",
    'subprojects/a/meson.build': "project('a')\nsubproject('b', required: false)",
    'subprojects/b/meson.build': "project('b')\nerror('no')",
  });
  expect(lines.join('\n')).toMatch(/b: NO Problem encountered: no\n$/);
});

test('what is not required may fail, unless its code means nothing', () => {
  const top = "project('x')\ns = subproject('a', required: false)\nmessage(s.found())";
  const failing = evaluateText({
    'meson.build': top,
    'subprojects/a/meson.build': "project('a')\nerror('no')",
  });
  expect(failing.messages).toEqual(['false']);
  const invalid = evaluateText({
    'meson.build': top,
    'subprojects/a/meson.build': "project('a')\nnope",
  });
  expect(invalid.error).toBe('subprojects/a/meson.build:2:0: ERROR: Unknown variable name "nope".');
});

test('a subproject that fails leaves nothing in the model', () => {
  const { model } = evaluateText({
    'meson.build':
      "project('x')\nsubproject('a', required: false)\ncustom_target('t', output: 'o', command: files('made.sh'))",
    'subprojects/a/meson.build':
      "project('a')\ncustom_target('t', output: 'o', command: files('made.sh'))\nrun_target('r', command: files('made.sh'))\ninstall_data('meson.build')\nerror('no')",
    'made.sh': '',
    'subprojects/a/made.sh': '',
  });
  const { targets, installs, projects } = model ?? {};
  expect([...(targets?.values() ?? [])].map((target) => target.buildSubdir)).toEqual(['']);
  expect([installs?.length, projects?.size]).toEqual([0, 1]);
});

test('a circle of subprojects is told', () => {
  const { error } = evaluateText({
    'meson.build': "project('x')\nsubproject('a')",
    'subprojects/a/meson.build': "project('a')\nsubproject('b')",
    'subprojects/b/meson.build': "project('b')\nsubproject('a')",
  });
  expect(error).toBe(
    'subprojects/b/meson.build:2:0: ERROR: Recursive include of subprojects: a => b => a.',
  );
});

test('a version that does not fit is an error', () => {
  const { error } = evaluateText({
    'meson.build': "project('x')\nsubproject('a', version: '>1')",
    'subprojects/a/meson.build': "project('a', version: '1')",
  });
  expect(error).toBe("meson.build:2:0: ERROR: Subproject a version is 1 but ['>1'] required.");
});

test('the summary comes last, with the subprojects', () => {
  const { lines } = evaluateText({
    'meson.build':
      "project('x', version: '1')\nsubproject('a')\nsummary({'k': true, 'long': ['p', 'q']}, section: 'S', bool_yn: true)",
    'subprojects/a/meson.build': "project('a')",
  });
  expect(lines.slice(lines.indexOf('x 1'))).toEqual([
    'x 1',
    '',
    '  S',
    '    k   : YES',
    '    long: p',
    '          q',
    '',
    '  Subprojects (for host machine)',
    '    a   : YES',
    '',
  ]);
});

test('the summary of a project that says no version is headed by its name alone', () => {
  const { lines } = evaluateText({ 'meson.build': "project('x')\nsummary('k', 'v')" });
  expect(lines).toContain('x');
  expect(lines.join('\n')).not.toContain('x undefined');
});

test('the summary does not tell versions of dependencies the project declares itself', () => {
  const { lines } = evaluateText({
    'meson.build': "project('x')\nsummary({'d': declare_dependency(version: '7')}, section: 'S')",
  });
  expect(lines).toContain('    d: YES');
});

test('what fails in an optional subproject is told with its place', () => {
  const { lines } = evaluateText({
    'meson.build': "project('x')\nsubproject('a', required: false)",
    'subprojects/a/meson.build': "project('a')\n  error('no')",
  });
  expect(lines.join('\n')).toContain(
    'subprojects/a/meson.build:2:2: Exception: Problem encountered: no\n\nSubproject subprojects/a is buildable: NO (disabling)',
  );
});

test('a subproject that is not there is told of by the way it would be built', () => {
  const { lines, error } = evaluateText(
    "project('x')\nsubproject('a', required: false)\nimport('cmake').subproject('b')",
  );
  expect(lines).toContain('Subproject a is buildable: NO (disabling)');
  expect(lines).toContain('ERROR: Cmake subproject b is buildable: NO');
  expect(error).toBeDefined();
});

test('licenses are installed beside the list of projects', () => {
  const { host, model } = evaluateText({
    'meson.build':
      "project('x', version: '1', license: 'MIT', license_files: ['sub/l.txt', '../up.txt'])\nmeson.install_dependency_manifest('share/x/x.depmf')",
    'sub/l.txt': '',
    '../up.txt': '',
  });
  expect(host.read('/build/depmf.json')).toContain('"version": "1", ');
  expect(JSON.parse(host.read('/build/depmf.json'))).toMatchObject({
    projects: { x: { version: '1', license: ['MIT'], license_files: ['sub/l.txt', 'up.txt'] } },
  });
  expect(model?.installs.flatMap((one) => (one.kind === 'data' ? one.destinations : []))).toEqual([
    'share/x/x.depmf',
    'share/x/sub/l.txt',
    'share/x/up.txt',
  ]);
});

test('to a subproject for the build machine nothing is foreign', () => {
  const { error, lines } = evaluateText(
    {
      'meson.build': "project('x')\nsubproject('a')\nsubproject('a', native: true)",
      'subprojects/a/meson.build':
        "project('a')\nmessage(host_machine.cpu_family(), get_variable('host_machine').cpu(), target_machine.cpu(), meson.is_cross_build(), meson.can_run_host_binaries())",
      'cross.ini':
        "[host_machine]\nsystem = 'linux'\ncpu_family = 'riscv64'\ncpu = 'rv64'\nendian = 'little'\n",
    },
    { crossFiles: ['cross.ini'] },
  );
  expect(error).toBeUndefined();
  const at = lines.indexOf('  Subprojects (for build machine)');
  expect(lines.slice(at - 3, at + 2).map((line) => line.replace(/ +/g, ' '))).toEqual([
    ...[' Subprojects (for host machine)', ' a : YES'],
    ...['', ' Subprojects (for build machine)', ' a : YES'],
  ]);
  const told = lines.flatMap((line) => line.split('Message: ')[1] ?? []);
  expect(told).toEqual(['riscv64 rv64 rv64 true false', 'x86_64 x86_64 rv64 false true']);
});

test('a subproject for both machines has its compilers for each', () => {
  const host = new MemoryHost();
  installGcc(host);
  installGcc(host, 'cross-cc');
  const { error, model } = evaluateText(
    {
      'meson.build': "project('x')\nsubproject('a')\nsubproject('a', native: true)",
      'subprojects/a/meson.build': "project('a', 'c')\nexecutable('e', 'e.c')",
      'subprojects/a/e.c': '',
      'cross.ini':
        "[binaries]\nc = 'cross-cc'\n[host_machine]\nsystem = 'linux'\ncpu_family = 'riscv64'\ncpu = 'rv64'\nendian = 'little'\n",
    },
    { host, crossFiles: ['cross.ini'] },
  );
  expect(error).toBeUndefined();
  expect([...(model?.targets.values() ?? [])].map(({ buildSubdir }) => buildSubdir)).toEqual([
    'subprojects/a',
    'build.subprojects/a',
  ]);
});
