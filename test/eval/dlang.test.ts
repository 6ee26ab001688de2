import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installLdc } from '../support/stand-in-compilers.ts';

/** Evaluates with an LDC. */
function withLdc(text: string, files: Readonly<Record<string, string>> = {}) {
  const host = new MemoryHost();
  installLdc(host);
  host.program('dub', () => 'DUB version 1.27.0, built on some day\n');
  const build = `project('test', 'd', version: '1', meson_version: '>=1.3')\ndc = meson.get_compiler('d')\n${text}`;
  return { ...evaluateText({ 'meson.build': build, ...files }, { host }), host };
}

test('a header of D is a module that can be imported', () => {
  const { host, messages } = withLdc("message(dc.has_header('std.stdio'))");
  expect(messages).toEqual(['true']);
  expect(host.processes.started.at(-1)?.input).toBe('\nimport std.stdio;\n');
});

test.each([
  ["has_function('printf')", 'Language D does not support function checks.'],
  ["has_type('int')", 'llvm does not support has_type '],
  ["find_library('z', required: false)", 'Language D does not support library finding.'],
])('D is not asked for what only C has: %s', (check, message) => {
  expect(withLdc(`dc.${check}`).error).toContain(`ERROR: ${message}`);
});

test('gdc is told of as Meson names its class, and LDC', () => {
  expect(withLdc('dc.nosuch()').error).toContain('<LLVMDCompiler: v2.100.1 `ldc2`>');
});

test('a folder of texts may be an old absolute path, which is told', () => {
  const { model, warnings } = withLdc(
    "executable('app', 'app.d', d_import_dirs: meson.current_source_dir() / 'data')",
    { 'app.d': '', 'data/x': '' },
  );
  const [target] = [...(model?.targets.values() ?? [])];
  expect(target?.kind === 'build' && target.d?.importDirectories[0]?.paths).toEqual(['data']);
  expect(warnings.join()).toContain('Building absolute path to source dir is not supported');
});

test('a .pc file tells the versions of D as the compiler takes them', () => {
  const { host } = withLdc(
    "lib = library('lib', 'a.d')\nimport('pkgconfig').generate(lib, d_module_versions: ['A', 2], description: 'x')",
    { 'a.d': '' },
  );
  const written = host.files.readText('/build/meson-private/lib.pc');
  expect(written.ok && written.value).toContain(
    'Cflags: -I${includedir} -d-version=A -d-version=2\n',
  );
});

test.each(['null', '[1]', '{'])('a dub.json of %s is told, and written anew', (text) => {
  const { host, warnings, error } = withLdc(
    "import('dlang').generate_dub_file('p', meson.project_source_root(), description: 'x')",
    { 'dub.json': text },
  );
  expect(error).toBeUndefined();
  expect(warnings.join()).toContain('Failed to load the data in dub.json');
  const written = host.files.readText('/project/dub.json');
  expect(written.ok && written.value).toContain('"description": "x"');
});
