import { expect, test } from 'vitest';
import { findProgram, findTarget } from '../../../src/cli/build/find-target.ts';
import { goalsOf } from '../../../src/cli/commands/compile.ts';
import type { StoredTarget } from '../../../src/store/setup/setup-state.ts';

function target(name: string, type: string, subdir = ''): StoredTarget {
  return { name, type, subdir, goals: [name], outputs: [`${subdir}/${name}`] };
}

const targets = [
  target('app', 'executable'),
  target('foo', 'static_library', 'lib'),
  target('foo', 'shared_library', 'lib'),
  target('gen.h', 'custom', 'inc'),
];

function find(given: string): string {
  const found = findTarget(targets, given);
  return found.ok ? `${found.value.subdir}/${found.value.name}:${found.value.type}` : found.error;
}

test('targets are named by name, path, type and suffix', () => {
  expect(find('app')).toBe('/app:executable');
  expect(find('./app')).toBe('/app:executable');
  expect(find('lib/foo:shared_library')).toBe('lib/foo:shared_library');
  expect(find('gen.h')).toBe('inc/gen.h:custom');
  expect(find('app.exe')).toBe('/app:executable');
});

test('two of one name and folder are told apart by what they make', () => {
  const twins = ['target/debug/same', 'target/debug/two/same'].map((path) => ({
    ...target('same', 'custom'),
    outputs: [path],
  }));
  const find = (given: string) => findTarget(twins, given);
  expect(find('same')).toMatchObject({
    error:
      "Can't invoke target `same`: ambiguous name. Add target type and/or path:\n" +
      '- ./target/debug/same\n- ./target/debug/two/same',
  });
  for (const twin of twins) expect(find(`./${twin.outputs[0]}`)).toEqual({ ok: true, value: twin });
});

test('what is unknown or ambiguous is told as Meson tells it', () => {
  expect(find('ap')).toBe("Can't invoke target `ap`: target not found (did you mean `app`?)");
  expect(find('app:thing')).toBe("Can't invoke target `app:thing`: unknown target type: `thing`");
  expect(find('foo')).toBe(
    "Can't invoke target `foo`: ambiguous name. Add target type and/or path:\n" +
      '- ./lib/foo:static_library\n- ./lib/foo:shared_library',
  );
});

test('a library beside a program of its name leaves it open what is built, but not what is run', () => {
  const targets = [target('demo', 'executable'), target('demo', 'static_library')];
  const [program, library] = targets.map((each) => ({ ...each, outputs: [each.name] }));
  if (program === undefined || library === undefined) throw new Error('two targets');
  const both = [program, { ...library, outputs: ['libdemo.a'] }];
  for (const given of ['demo', './demo']) {
    expect(findTarget(both, given)).toMatchObject({
      error:
        `Can't invoke target \`${given}\`: ambiguous name. Add target type and/or path:\n` +
        '- ./demo:executable\n- ./demo:static_library',
    });
    expect(findProgram(both, given)).toMatchObject({ value: { outputs: ['demo'] } });
  }
  const opened = { state: { targets: both }, graph: { goals: new Map([['demo', []]]) } };
  // Nothing else of a build is looked at.
  expect(goalsOf(opened as never, ['demo'])).toMatchObject({ ok: false });
  expect(findTarget(both, 'demo:static_library')).toMatchObject({
    value: { outputs: ['libdemo.a'] },
  });
});
