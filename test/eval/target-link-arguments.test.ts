import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

/** The error of a project in C whose compiler knows no sanitizer `foo`, and has no library of `thread`. */
function errorOf(call: string, options = ''): string | undefined {
  const host = new MemoryHost();
  installGcc(host, 'cc', {
    accepts: (argv) =>
      !argv.includes('-fsanitize=foo') &&
      (!argv.includes('-fsanitize=thread') || argv.includes('-c')),
  });
  const text = `project('p', 'c', default_options: [${options}])\n${call}\n`;
  return evaluateText({ 'meson.build': text, 'a.c': '', 'd/x': '' }, { host }).error;
}

test('a folder is no file of symbols, though some linkers took it for an rpath', () => {
  const refused = `executable('a', 'a.c', link_args: '-Wl,--just-symbols=/project/d')`;
  expect(errorOf(refused)).toBe(
    'meson.build:2:0: ERROR: Invalid arg for --just-symbols, /project/d is a directory.',
  );
  expect(errorOf(refused.replace('/d', '/d/x'))).toBeUndefined();
});

test('sanitizers that the compiler does not know are refused where they are used', () => {
  const made = `executable('a', 'a.c')`;
  expect(errorOf(made, `'b_sanitize=foo'`)).toBe(
    "meson.build:2:0: ERROR: Compiler cc does not support sanitizer arguments ['-fsanitize=foo']",
  );
  expect(errorOf('', `'b_sanitize=foo'`)).toBeUndefined();
  expect(errorOf(made, `'b_sanitize=undefined'`)).toBeUndefined();
});

test('sanitizers whose libraries are not there are refused where something is linked', () => {
  const made = `executable('a', 'a.c')`;
  expect(errorOf(made, `'b_sanitize=thread'`)).toBe(
    "meson.build:2:0: ERROR: Linker cc does not support sanitizer arguments ['-fsanitize=thread']",
  );
  expect(errorOf(`static_library('a', 'a.c')`, `'b_sanitize=thread'`)).toBeUndefined();
});

test('with clang sanitizers and b_lundef hardly go together', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc', { version: 'clang version 14.0.6\n', macros: '#define __clang__ 1\n' });
  const warnings = (options: string) =>
    evaluateText({ 'meson.build': `project('p', 'c', default_options: [${options}])` }, { host })
      .warnings.join('\n')
      .includes("WARNING: Trying to use ['address'] sanitizer on Clang with b_lundef.");
  expect(warnings(`'b_sanitize=address'`)).toBe(true);
  expect(warnings(`'b_sanitize=address', 'b_lundef=false'`)).toBe(false);
  expect(warnings('')).toBe(false);
});
