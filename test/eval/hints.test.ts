import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';

/** The hint of the error that ends a project with a file `main.c`. */
function hintOf(text: string): string | undefined {
  const { diagnostics } = evaluateText({ 'meson.build': text, 'main.c': '' });
  return diagnostics.find(({ severity }) => severity === 'error')?.hints.join(' ');
}

test('what other languages write hints at what to write', () => {
  expect(hintOf('x = True')).toBe('Write "true".');
  expect(hintOf('x = None')).toMatch(/no such value/);
  expect(hintOf('x = 1\nx++')).toBe('Write "+= 1".');
  expect(hintOf('// why')).toBe('A comment begins with #.');
  expect(hintOf('if true:\n  x = 1\nendif')).toBe('The line ends without a colon.');
  expect(hintOf('x = nobody')).toBe('');
});

test('a file that is not there hints at the one that was meant', () => {
  expect(hintOf("files('mian.c')")).toBe('Did you mean "main.c"?');
  expect(hintOf("files('*.c')")).toBe('Patterns are not expanded: name each file.');
  expect(hintOf("files('scr/main.c')")).toBe('There is no folder "scr".');
  expect(hintOf("files('else.rs')")).toBe('');
});

test('a folder or language that is not there hints at the one that was meant', () => {
  const hint = (text: string) => {
    const files = { 'meson.build': `project('x')\n${text}`, 'src/meson.build': '', 'doc/a': '' };
    return evaluateText(files).diagnostics.at(-1)?.hints.join(' ');
  };
  expect(hint("subdir('scr')")).toBe('Did you mean "src"?');
  expect(hint("subdir('doc')")).toBe('The folder has no meson.build.');
  expect(hint("include_directories('dcc')")).toBe('Did you mean "doc"?');
  expect(hint("subdir('src\\\\new')")).toMatch(/told apart by '\/'/);
  expect(hint("subdir('src\\new')")).toMatch(/told apart by '\/'/);
  expect(hint(String.raw`files('src\main.c')`)).toMatch(/told apart by '\/'/);
  expect(hint("add_languages('c++')")).toBe('Did you mean "cpp"?');
  expect(hint("add_languages('typescript')")).toMatch(/the module 'typescript'/);
});

test('a crate that no wrap brings hints at one that does, or at what brings it', () => {
  const files = {
    'meson.build': "project('x')\ndependency('syn-2.0-rs')",
    'subprojects/syn-2-rs.wrap': '[wrap-file]\ndirectory = syn-2.0.1\n',
  };
  expect(evaluateText(files).diagnostics.at(-1)?.hints).toEqual([
    'Did you mean "syn-2-rs", which a wrap brings?',
  ]);
  expect(hintOf("project('x')\ndependency('itoa-1-rs')")).toBe(
    '"kaon add itoa@1" brings the crate, with its wrap.',
  );
});

test('break outside of a loop is told where it stands', () => {
  const { error } = evaluateText("project('x')\nx = 1\nbreak");
  expect(error).toBe('meson.build:3:0: ERROR: break is only allowed inside of a foreach loop.');
});

test('a machine in unknown words is told of', () => {
  const machine =
    "[host_machine]\nsystem = 'linux'\ncpu_family = 'arm64'\ncpu = 'a'\nendian = 'x'\n";
  const { warnings } = evaluateText(
    { 'meson.build': "project('x')", 'cross.ini': machine },
    { crossFiles: ['cross.ini'] },
  );
  expect(warnings.join('\n')).toMatch(/Unknown CPU family arm64, .*\n.*Unknown endian x/);
});

test('a string without quotes in a machine file hints at the quotes', () => {
  const { diagnostics } = evaluateText(
    { 'meson.build': "project('x')", 'n.ini': '[binaries]\nc = gcc\n' },
    { nativeFiles: ['n.ini'] },
  );
  expect(diagnostics.at(-1)?.hints).toEqual([
    "Strings stand between quotes: c = 'gcc'",
    'In n.ini, line 2.',
  ]);
});

test('of more than a word that hint would make no string', () => {
  const { diagnostics } = evaluateText(
    { 'meson.build': "project('x')", 'n.ini': "[binaries]\nc = dir / 'gcc'\n" },
    { nativeFiles: ['n.ini'] },
  );
  expect(diagnostics.at(-1)?.hints).toEqual(['In n.ini, line 2.']);
});

test('where a dependency is missed for want of pkg-config, what brings that is told', () => {
  const hint = (files: Readonly<Record<string, string>>, more = {}) =>
    evaluateText({ 'meson.build': "project('p')\ndependency('zork')", ...files }, more)
      .diagnostics.at(-1)
      ?.hints.join(' ');
  expect(hint({})).toMatch(/^There is no pkg-config, .* "sudo apt install pkg-config"/);
  const named = { 'n.ini': "[binaries]\npkg-config = '/opt/pc'\n" };
  expect(hint(named, { nativeFiles: ['n.ini'] })).toBe(
    'pkg-config, as which "/opt/pc" is named, does not start.',
  );
});

test('what brings a dependency that is missing is told for each system', () => {
  const files = {
    'x.ini':
      "[binaries]\nc = 'cc'\npkg-config = 'pkg-config'\n[host_machine]\nsystem = 'linux'\ncpu_family = 'arm'\ncpu = 'arm'\nendian = 'little'\n",
  };
  const hint = (call: string, more = {}) => {
    const host = new MemoryHost();
    host.program('pkg-config', ({ argv }) => (argv.includes('--version') ? '1.8.1\n' : 1));
    const text = { 'meson.build': `project('p')\n${call}`, ...files };
    return evaluateText(text, { host, ...more })
      .diagnostics.at(-1)
      ?.hints.join(' ');
  };
  expect(hint("dependency('libusb-1.0')")).toBe(
    `Install it with "sudo apt install libusb-1.0-0-dev", "sudo dnf install 'pkgconfig(libusb-1.0)'", "sudo pacman -S libusb" or "brew install libusb".`,
  );
  expect(hint("dependency('libseccomp')")).toMatch(/or "sudo pacman -S libseccomp"\.$/);
  expect(hint("dependency('zork')")).toBe(
    `"apt-file search zork.pc" and "pacman -F zork.pc" tell which package brings it; on Fedora "sudo dnf install 'pkgconfig(zork)'" does.`,
  );
  // Names that no shell should be given.
  expect(hint("dependency('$(zork)')")).toBe('');
  expect(hint("dependency('libusb-1.0')", { crossFiles: ['x.ini'] })).toBe('');
});

test('a function that a module does not have hints at the module', () => {
  expect(hintOf("import('typescript').bundel()")).toBe(
    'The object is the module "typescript": "kaon help typescript" lists its functions.',
  );
});

test('a section of a machine file that nobody reads is told with the nearest name', () => {
  const { warnings } = evaluateText(
    {
      'meson.build': "project('x')",
      'n.ini': "[binarys]\nc = 'gcc'\n[sub:built-in options]\nc_args = '-g'\n[zork]\n",
    },
    { nativeFiles: ['n.ini'] },
  );
  expect(warnings).toEqual([
    'WARNING: n.ini, line 1: machine files have no section [binarys], and nothing reads it. Did you mean "binaries"?',
    'WARNING: n.ini, line 5: machine files have no section [zork], and nothing reads it.',
  ]);
});

test('a warning that is fatal is told with its place', () => {
  const text = "project('x')\nif true\n  warning('no')\nendif";
  expect(evaluateText({ 'meson.build': text }, { fatalWarnings: true }).error).toBe(
    'meson.build:3:2: ERROR: Fatal warnings enabled, aborting',
  );
});

test('an argument of another type hints at what makes such a value', () => {
  const hint = (call: string) => hintOf(`project('x')\n${call}`);
  expect(hint("executable('a', 'main.c', dependencies: 'zlib')")).toBe("Write dependency('zlib').");
  expect(hint("executable('a', 'main.c', dependencies: [['zlib']])")).toBe(
    "Write dependency('zlib').",
  );
  expect(hint("executable('a', 'main.c', link_with: 'm')")).toMatch(/what library\(\) gave/);
  expect(hint("test('t', 'a')")).toMatch(/^Write find_program\('a'\), or the variable/);
  expect(hint("generator('zork', output: 'x', arguments: [])")).toMatch(/^Write find_program/);
  expect(hint("executable('a', 'main.c', build_by_default: 'true')")).toBe(
    'Write true, without quotes.',
  );
  expect(hint("test('t', files('main.c'), timeout: '30')")).toBe('Write 30, without quotes.');
  expect(hint("library('l', 'main.c', version: 1)")).toBe("Texts stand between quotes: '1'.");
  expect(hint("executable('a', 'main.c', c_args: [['-g', 5]])")).toBe(
    "Texts stand between quotes: '5'.",
  );
  expect(hint("install_data('main.c', install_mode: {})")).toBe('');
});

test('a condition or a loop over what is none hints at what to write', () => {
  expect(hintOf('if 1\nendif')).toMatch(/compare the number, "… != 0"/);
  expect(hintOf("x = not 'a'")).toMatch(/compare the text/);
  expect(hintOf('foreach x : 5\nendforeach')).toBe('Write range(5).');
  expect(hintOf('foreach x, y : [1]\nendforeach')).toBe('Write "foreach NAME : …".');
  expect(hintOf("foreach x : {'a': 1}\nendforeach")).toBe('Write "foreach KEY, VALUE : …".');
});

test('what has no near name hints at where the names are told', () => {
  expect(hintOf("project('x')\nimport('zork')")).toBe('"kaon help modules" lists them.');
  expect(hintOf("project('x')\nimport('gnom')")).toBe('');
  expect(hintOf('x = 1\nx.zork()')).toBe('Its methods: is_even, is_odd, to_string.');
  expect(hintOf("project('x')\nsubproject('zork')")).toMatch(
    /a file "zork\.wrap" in "subprojects"/,
  );
});

test('the caret stands under the unknown variable whose method is called', () => {
  const [error] = evaluateText({ 'meson.build': 'x = 1\nzork.found()' }).diagnostics;
  const text = error?.place?.source.text ?? '';
  expect(text.slice(error?.focus?.start, error?.focus?.end)).toBe('zork');
});
