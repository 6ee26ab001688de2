import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function withHotdoc(text: string) {
  const host = new MemoryHost({ 'sitemap.txt': '', 'index.md': '' });
  const configured: (readonly string[])[] = [];
  host.program('hotdoc', ({ argv }) => {
    if (argv.includes('--version')) return '0.17.4\n';
    if (argv[1] === 'conf') configured.push(argv.slice(2));
    return argv.some((word) => word.startsWith('--has-extension')) ? 1 : 0;
  });
  const result = evaluateText(`project('p')\nhotdoc = import('hotdoc')\n${text}`, { host });
  return { ...result, configured };
}

const doc = "sitemap: 'sitemap.txt', index: 'index.md', project_version: '1'";

test('a manual is configured while the project is set up, with any option of hotdoc', () => {
  const { error, configured, model } = withHotdoc(
    `hotdoc.generate_doc('m', ${doc}, c_flags: '-DX', languages: ['c', '-x'], smart: true)`,
  );
  expect(error).toBeUndefined();
  expect(configured[0]).toEqual(
    expect.arrayContaining([
      '--project-name',
      'm',
      '--c-flags=-DX',
      '--languages',
      'c',
      ' -x',
      '--smart',
    ]),
  );
  const [row] = [...(model?.targets.values() ?? [])];
  expect(row).toMatchObject({ name: 'm-doc', outputs: ['m-doc'], depfile: { name: 'm.deps' } });
});

test('extensions are asked for', () => {
  expect(withHotdoc("message(hotdoc.has_extensions('a'))").messages).toEqual(['false']);
});

test('without hotdoc there is no module', () => {
  const { error } = evaluateText("project('p')\nimport('hotdoc')");
  expect(error).toContain('hotdoc executable not found');
});
