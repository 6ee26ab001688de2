import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

test('a program is found in PATH, and tells its version', () => {
  const host = new MemoryHost({});
  host.program('tool', () => 'tool version 1.2.3\n');
  const { messages, lines } = evaluateText(
    "p = find_program('nope', 'tool', version: '>=1')\nmessage(p.found(), p.full_path(), p.version())",
    { host },
  );
  expect(messages).toEqual(['true /usr/bin/tool 1.2.3']);
  expect(lines).toContain('Program tool found: YES 1.2.3 (/usr/bin/tool)');
});

test('a script of the folder comes first, run by what its first line names', () => {
  const { messages } = evaluateText({
    'meson.build': "message(find_program('gen.sh').cmd_array())",
    'gen.sh': '#!/bin/sh -e\n',
  });
  expect(messages).toEqual(["['/bin/sh', '-e', '/project/gen.sh']"]);
});

test('a program that is not there is an error, unless it is not required', () => {
  expect(evaluateText("find_program('nope')").error).toBe(
    "meson.build:2:0: ERROR: Program 'nope' not found or not executable",
  );
  expect(evaluateText("message(find_program('nope', required: false).found())").messages).toEqual([
    'false',
  ]);
});

test('an override counts from then on, and comes too late once the program was found', () => {
  const host = new MemoryHost({ 'own.sh': '#!/bin/sh\n' });
  host.program('tool', () => '');
  const text = "meson.override_find_program('tool', files('own.sh'))";
  expect(
    evaluateText(`${text}\nmessage(find_program('tool').full_path())`, { host }).messages,
  ).toEqual(['/project/own.sh']);
  expect(evaluateText(`find_program('tool')\n${text}`, { host }).error).toBe(
    'meson.build:3:6: ERROR: Tried to override finding of executable "tool" which has already been found.',
  );
});

test('a command runs while the build files are read', () => {
  const host = new MemoryHost({});
  host.program('tool', ({ argv, environment, workingDirectory }) => ({
    stdout: `${argv.slice(1).join(' ')} ${environment['V']} ${workingDirectory}`,
    code: argv[1] === 'bad' ? 3 : 0,
  }));
  const run = "run_command('tool', 'a', check: true, env: ['V=1']).stdout()";
  expect(evaluateText(`message(${run})`, { host }).messages).toEqual(['a 1 /project']);
  expect(evaluateText("run_command('tool', 'bad', check: true)", { host }).error).toBe(
    'meson.build:2:0: ERROR: Command `/usr/bin/tool bad` failed with status 3.',
  );
});

test('of a program of another version the hint tells that, and not how to get one', () => {
  const host = new MemoryHost({});
  host.program('cbindgen', () => 'cbindgen 0.24.3\n');
  const { diagnostics } = evaluateText("find_program('cbindgen', version: '>=0.25')", { host });
  expect(diagnostics.at(-1)?.hints).toEqual([
    "There is one of another version: found 0.24.3 but need: '>=0.25' (/usr/bin/cbindgen)",
  ]);
});

test('what commands ran, read and told their version by is watched, each file once', () => {
  const host = new MemoryHost({
    'gen.sh': '#!/bin/sh\n',
    'in.txt': '',
    'b.txt': '',
    'a.txt': '',
    'word.txt': '',
  });
  host.program('tool', () => 'tool 1.2\n');
  host.program('/bin/sh', ({ argv, write }) => {
    const depfile = argv.find((word) => word.endsWith('.d'));
    const text = 'o: /project/in.txt \\\n /project/b.txt /project/a.txt\n';
    if (depfile !== undefined) write(depfile, text);
  });
  const { error, model } = evaluateText(
    `find_program('tool', version: '>=1')
     script = find_program('gen.sh')
     run_command(script, 'in.txt', check: true)
     copy = configure_file(input: 'b.txt', output: 'copy', copy: true)
     configure_file(input: copy, output: 'copy2', copy: true)
     configure_file(output: 'o', depfile: 'o.d', capture: true, command: [script, '@DEPFILE@', 'word.txt'])`,
    { host },
  );
  expect(error).toBeUndefined();
  const paths = model?.buildFiles.map(({ path }) => path);
  const [made, read] = [true, false].map((asked) =>
    paths?.slice(1).filter((path) => path.endsWith('?') === asked),
  );
  expect(read).toEqual(['/usr/bin/tool', 'gen.sh', 'in.txt', 'b.txt', 'a.txt']);
  expect(made, 'whether it is there still').toEqual(['copy?', 'copy2?', 'o?']);
});

test('a compiler is run as it compiles, ccache before it, by its path', () => {
  const host = new MemoryHost({});
  installGcc(host);
  host.program('ccache', ({ argv }) => argv.join(' '));
  host.program('tool', ({ argv }) => argv.join(' '));
  const { messages, model } = evaluateText(
    `project('p', 'c')
cc = meson.get_compiler('c')
message(run_command(cc, '-v', check: true).stdout())
message(run_command('tool', cc, check: true).stdout())
message(cc.cmd_array())`,
    { host },
  );
  expect(messages).toEqual([
    '/usr/bin/ccache cc -v',
    '/usr/bin/tool /usr/bin/ccache',
    "['/usr/bin/ccache', 'cc']",
  ]);
  const watched = model?.buildFiles.map(({ path }) => path);
  expect(watched, 'without it there is another setup').toContain('/usr/bin/ccache?');
});

test('a program that a machine file names and that is not there is told by the name it has there', () => {
  const { error, lines } = evaluateText(
    {
      'meson.build': "project('x')\nfind_program('nm', required: false)\nfind_program('nm')",
      'n.ini': "[binaries]\nnm = 'arm-nm'\n",
    },
    { nativeFiles: ['n.ini'] },
  );
  expect(lines).toContain('Program arm-nm found: NO');
  expect(error).toContain("Program 'arm-nm' not found or not executable");
});
