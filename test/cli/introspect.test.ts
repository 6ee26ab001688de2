import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/introspect.ts';
import { memorySession } from '../support/memory-session.ts';

const build = {
  '/b/meson-info/meson-info.json': '{}',
  '/b/meson-info/intro-tests.json': '[1]',
  '/b/meson-info/intro-install_plan.json': '{"targets":{}}',
};

async function introspect(...words: string[]): Promise<readonly [number, string]> {
  const { session, printed } = memorySession(build);
  const code = await run(session, words);
  return [code, printed()];
}

test('one question is answered alone, several as an object', async () => {
  expect(await introspect('--tests', '/b')).toEqual([0, '[1]\n']);
  expect(await introspect('-f', '--tests', '/b')).toEqual([0, '{"tests": [1]}\n']);
  expect(await introspect('/b', '--install-plan', '--tests')).toEqual([
    0,
    '{"install_plan": {"targets": {}}, "tests": [1]}\n',
  ]);
});

test('no question and no build directory are errors, with status 1', async () => {
  expect(await introspect('/b')).toEqual([1, 'No command specified\n']);
  expect((await introspect('--tests', '/elsewhere'))[0]).toBe(1);
  expect((await introspect('--targets', '/b'))[1]).toContain('does not exist');
});

test('large integers are told to the last digit', async () => {
  const { session, printed } = memorySession({
    ...build,
    '/b/meson-info/intro-buildoptions.json': '[{"name":"big","value":9007199254740993}]',
  });
  expect(await run(session, ['--buildoptions', '/b'])).toBe(0);
  expect(printed()).toBe('[{"name": "big", "value": 9007199254740993}]\n');
});
