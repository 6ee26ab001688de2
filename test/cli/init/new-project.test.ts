import { expect, test } from 'vitest';
import { startLanguages } from '../../../src/cli/init/languages.ts';
import { newProject } from '../../../src/cli/init/new-project.ts';
import { parse } from '../../../src/lang/parse.ts';

const languageOf = (name: string) => {
  const found = startLanguages.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const given = { version: '0.1', dependencies: [], sources: [] } as const;

test.each(startLanguages.map(({ name }) => name))('%s: a program and a library', (name) => {
  for (const type of ['executable', 'library'] as const) {
    const files = newProject({
      ...given,
      name: "it's",
      executable: 'my-app',
      language: languageOf(name),
      type,
    });
    const text = files.find(([path]) => path === 'meson.build')?.[1] ?? '';
    const { diagnostics } = parse({ path: 'meson.build', text });
    expect(diagnostics).toEqual([]);
    const [source = ''] = files[0] ?? [];
    expect(text).toContain(`'${source}'`);
  }
});

test('sources that are there are taken, and dependencies are asked for', () => {
  const [only, ...others] = newProject({
    ...given,
    name: 'p',
    executable: 'tool',
    language: languageOf('c'),
    type: 'executable',
    dependencies: ['zlib'],
    sources: ['a.c', 'b.c'],
  });
  expect(others).toEqual([]);
  expect(only?.[1]).toContain(`dependencies = [
  dependency('zlib'),
]

exe = executable(
  'tool',
  'a.c',
  'b.c',
  dependencies: dependencies,
`);
});

test('a first build in a language whose compilers ask for comments warns of nothing', () => {
  const levelOf = (name: string) =>
    /warning_level=\d/.exec(
      newProject({
        ...given,
        name: 'p',
        executable: 'p',
        language: languageOf(name),
        type: 'executable',
      })
        .map(([, text]) => text)
        .join(),
    )?.[0];
  expect(['c', 'java', 'vala'].map(levelOf)).toEqual([
    'warning_level=3',
    'warning_level=1',
    'warning_level=1',
  ]);
});
