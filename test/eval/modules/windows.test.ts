import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function withWindres(text: string) {
  const host = new MemoryHost(
    { 'a.rc': '', 'sub/b.rc': '', 'inc/x.h': '' },
    { environment: { PATH: '/usr/bin', WINDRES: 'windres' } },
  );
  host.program('windres', ({ argv }) =>
    argv.includes('--version') ? 'GNU windres (GNU Binutils) 2.40\n' : '',
  );
  return evaluateText(
    `project('p', meson_version: '>=1.11')\nwindows = import('windows')\n${text}`,
    { host },
  );
}

test('each description becomes an object, named after its path', () => {
  const { error, model } = withWindres("windows.compile_resources('a.rc', files('sub/b.rc'))");
  expect(error).toBeUndefined();
  const targets = [...(model?.targets.values() ?? [])];
  expect(targets.map((row) => (row.kind === 'custom' ? row.outputs[0] : ''))).toEqual([
    'a.rc_a.o',
    'sub_b.rc_b.o',
  ]);
  expect(targets[0]).toMatchObject({ name: 'a.rc', depfile: { name: 'a.rc_a.o.d' } });
});

test('a description elsewhere is named as the build file writes it', () => {
  const { model } = withWindres(
    "given = files('sub/../a.rc')\nmade = configure_file(output: 'made.rc', configuration: {})\nwindows.compile_resources(given, made)",
  );
  const targets = [...(model?.targets.values() ?? [])];
  expect(targets.map((row) => [row.name, row.kind === 'custom' && row.outputs[0]])).toEqual([
    ['sub_.._a.rc', 'sub_.._a.rc_a.o'],
    ['made.rc', 'made.rc_made.o'],
  ]);
});

test('words of the call and include folders come before the input', () => {
  const { model } = withWindres(
    "windows.compile_resources('a.rc', args: '-DX', include_directories: include_directories('inc'))",
  );
  const [row] = [...(model?.targets.values() ?? [])];
  const words = row?.kind === 'custom' ? row.command.slice(1) : [];
  const texts = words.map((word) => (word.kind === 'text' ? word.text : ''));
  expect(texts[0]).toBe('-DX');
  expect(texts[1]).toMatch(/^-I\/.*\/inc$/);
  expect(texts).toContain('@INPUT@');
  expect(texts.at(-1)).toBe('--preprocessor-arg=-MF@DEPFILE@');
});
