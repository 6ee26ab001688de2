import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('the folders of resources are named as the build directory sees them', () => {
  const host = new MemoryHost({ 'sub/r.xml': '' });
  host.program('glib-compile-resources', () => '');
  const { error, model } = evaluateText(
    {
      'meson.build': "project('p')\ngnome = import('gnome')\nsubdir('sub')",
      'sub/meson.build':
        "gnome.compile_resources('r', 'r.xml', gresource_bundle: true, source_dir: ['data', '.'])",
    },
    { host },
  );
  expect(error).toBeUndefined();
  const [row] = [...(model?.targets.values() ?? [])];
  const words = row?.kind === 'custom' ? row.command : [];
  const texts = words.map((word) => (word.kind === 'text' ? word.text : ''));
  const folders = texts.filter((_text, at) => texts[at - 1] === '--sourcedir');
  expect(folders).toEqual(['../project/sub/data', '../project/sub']);
  // Vala's compiler looks at templates there.
  expect(row).toMatchObject({
    resources: { description: { tree: 'source', path: 'sub/r.xml' }, folders },
  });
});

test('sources that resources depend on are looked for where their build file stands', () => {
  const host = new MemoryHost({ 'sub/r.xml': '', 'sub/ui/a.ui': '' });
  host.program('glib-compile-resources', () => '');
  const { error, model } = evaluateText(
    {
      'meson.build': "project('p')\ngnome = import('gnome')\nsubdir('sub')",
      'sub/meson.build':
        "gnome.compile_resources('r', 'r.xml', gresource_bundle: true, dependencies: files('ui/a.ui'))",
    },
    { host },
  );
  expect(error).toBeUndefined();
  const [row] = [...(model?.targets.values() ?? [])];
  const words = row?.kind === 'custom' ? row.command : [];
  const texts = words.map((word) => (word.kind === 'text' ? word.text : ''));
  expect(texts.filter((_text, at) => texts[at - 1] === '--sourcedir')).toEqual([
    'sub',
    '../project/sub',
  ]);
});

test('where all is for one machine, tools are asked of the packages that are there', () => {
  const host = new MemoryHost({ 'r.xml': '' });
  host.program('glib-compile-resources', () => '');
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--version')) return '1.8.1';
    return argv.includes('--modversion') ? '2.74' : '';
  });
  const { error, lines } = evaluateText(
    "project('p')\ndependency('gio-2.0')\nimport('gnome').compile_resources('r', 'r.xml', gresource_bundle: true)",
    { host },
  );
  expect(error).toBeUndefined();
  expect(lines).toContain('Dependency gio-2.0 for host machine found: YES 2.74 (cached)');
});
