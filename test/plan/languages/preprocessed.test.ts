import { expect, test } from 'vitest';
import { introspectTargets } from '../../../src/export/introspect/targets.ts';
import { plannedText } from '../../support/plan-text.ts';

const text = `project('p', 'c', default_options: ['optimization=2', 'b_ndebug=true'])
made = custom_target(output: 'made.c', command: ['cc', '@OUTPUT@'])
list = meson.get_compiler('c').preprocess(made, 'a.c', output: '@BASENAME@.x.c', compile_args: '-DX')
foreach one : list
  message(one.full_path())
endforeach
executable('e', list[0])
`;

const files = { 'meson.build': text, 'a.c': '' };

test('a source is preprocessed with all that it would be compiled with', () => {
  const command = plannedText(files).command('preprocessor_0.p/a.x.c');
  expect(command).toMatch(/^cc -E -P -xc -I\.\/preprocessor_0\.p -I\. -I\.\. /);
  expect(command).toMatch(/ -DNDEBUG .* -Wall .* -O2 -g -DX /);
});

test('nobody looks for headers beside what was preprocessed', () => {
  const { files: outputs, command: commandOf } = plannedText(files);
  const object = outputs().find((path) => path.endsWith('.o')) ?? '';
  const command = commandOf(object);
  expect(command).toContain('-Ie.p');
  expect(command).not.toContain('-Ipreprocessor_0.p');
});

test('introspection tells of all sources of a call as of one target', () => {
  const { model, targets, install } = plannedText(files);
  const rows = introspectTargets(model, targets, install);
  expect(rows).toHaveLength(3);
  expect(rows[1]).toMatchObject({
    name: 'preprocessor_0',
    id: 'preprocessor_0@compile',
    type: 'compile',
    filename: ['a.x.c', 'made.x.c'].map((name) => `/project/build/preprocessor_0.p/${name}`),
    target_sources: [
      {
        language: 'c',
        compiler: ['cc', '-E', '-P', '-xc'],
        sources: ['/project/a.c'],
        generated_sources: ['/project/build/made.c'],
      },
    ],
  });
});
