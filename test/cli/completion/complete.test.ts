import { expect, test } from 'vitest';
import { complete } from '../../../src/cli/completion/complete.ts';
import { commands } from '../../../src/cli/table.ts';
import { memorySession } from '../../support/memory-session.ts';

const files = {
  'meson.build': "project('p')",
  'meson.options': "option('docs', type: 'feature', description: 'Write them.')",
  'subprojects/zlib.wrap': '',
};

/** What is offered at the end of a line: words, or `:files`. */
async function offered(line: string): Promise<readonly string[]> {
  const { session } = memorySession(files);
  const found = await complete(session, line, commands);
  return found.kind === 'words' ? found.words.map(({ word }) => word) : [`:${found.kind}`];
}

test('every command for people is offered, and its options as its help tells them', async () => {
  const visible = commands.filter(({ summary }) => summary !== undefined);
  expect(await offered('kaon ')).toEqual(visible.map(({ name }) => name));
  for (const { name } of visible) {
    if (name === 'help') continue;
    const found = [...(await offered(`kaon ${name} -`)), ...(await offered(`kaon ${name} `))];
    expect([name, found.length > 0]).toEqual([name, true]);
  }
});

test.each([
  ['kaon co', ['compile', 'configure', 'completion']],
  ['kaon test --max', ['--maxfail']],
  ['kaon lint --list', ['--list-rules']],
  ['kaon setup -Ddoc', ['-Ddocs=']],
  ['kaon setup -Ddocs=', ['-Ddocs=enabled', '-Ddocs=disabled', '-Ddocs=auto']],
  ['kaon setup -Dbuildtype=deb', ['-Dbuildtype=debug', '-Dbuildtype=debugoptimized']],
  ['kaon wrap inst', ['install']],
  ['kaon wrap install ', ['zlib']],
  ['kaon subprojects pu', ['purge']],
  ['kaon rewrite k', ['kwargs']],
  ['kaon completion z', ['zsh']],
  ['kaon help custom_t', ['custom_target']],
  ['kaon compile -C ', [':folders']],
  ['kaon setup ', [':folders']],
  ['kaon format ', [':files']],
])('%j', async (line, expected) => {
  expect(await offered(line)).toEqual(expect.arrayContaining(expected));
});
