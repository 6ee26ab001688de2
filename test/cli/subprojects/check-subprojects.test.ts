import { expect, test } from 'vitest';
import { run } from '../../../src/cli/commands/check-subprojects.ts';
import { memorySession } from '../../support/memory-session.ts';

const hash = 'a'.repeat(64);
const agreeing = {
  'meson.build': "project('p', 'rust')\n",
  'rust/Cargo.lock': [
    'version = 3',
    '[[package]]',
    'name = "own"',
    'version = "0.1.0"',
    'dependencies = ["foo", "bar 2.0.0"]',
    '[[package]]',
    'name = "foo"',
    'version = "1.2.3"',
    'source = "registry+https://registry.example/index"',
    `checksum = "${hash}"`,
    'dependencies = ["bar 2.0.0"]',
    '[[package]]',
    'name = "bar"',
    'version = "2.0.0"',
    'source = "registry+https://registry.example/index"',
    `checksum = "${hash}"`,
    '',
  ].join('\n'),
  'subprojects/foo-1-rs.wrap': [
    '[wrap-file]',
    'directory = foo-1.2.3',
    'crate = foo',
    'version = 1.2.3',
    'source_filename = foo-1.2.3.crate',
    `source_hash = ${hash}`,
    'patch_directory = foo-1-rs',
    '',
  ].join('\n'),
  'subprojects/packagefiles/foo-1-rs/meson.build': [
    "project('foo-1-rs', 'rust', version: '1.2.3')",
    "bar_dep = dependency('bar-2-rs')",
    "meson.override_dependency('foo-1-rs', declare_dependency())",
    '',
  ].join('\n'),
};

type Path = keyof typeof agreeing;

/** What is said once a text is replaced in one of the files that agree; undefined removes the file. */
async function check(path?: Path, from = '', to?: string): Promise<string> {
  const files: Record<string, string> = { ...agreeing };
  if (path !== undefined && to === undefined) delete files[path];
  else if (path !== undefined) files[path] = agreeing[path].replaceAll(from, to ?? '');
  const { session, printed } = memorySession(files);
  const code = await run(session, []);
  const said = printed();
  expect(code).toBe(said === 'Locks, wraps and rules agree.\n' ? 0 : 1);
  return said;
}

const wrap = 'subprojects/foo-1-rs.wrap';
const rules = 'subprojects/packagefiles/foo-1-rs/meson.build';

test('a project whose lock, wraps and rules agree is told so', async () => {
  expect(await check()).toBe('Locks, wraps and rules agree.\n');
});

test('another version in the lock is told with both lines, and with the rules', async () => {
  const said = await check('rust/Cargo.lock', '1.2.3', '1.2.4');
  expect(said).toContain(
    [
      `${wrap}:4:10: ERROR: foo is 1.2.3 in its wrap, but 1.2.4 in rust/Cargo.lock`,
      '    4 | version = 1.2.3',
      '      |           ^^^^^',
      '  rust/Cargo.lock:8:0: version = "1.2.4" (of foo)',
    ].join('\n'),
  );
});

test('another hash in the lock is told', async () => {
  expect(await check(wrap, hash, 'b'.repeat(64))).toMatch(/has the hash b+ in its wrap, but a+ in/);
});

test('rules that were written for another version are told with both lines', async () => {
  const said = await check(rules, '1.2.3', '1.2.2');
  expect(said).toContain('ERROR: the rules are for foo 1.2.2, but its wrap brings 1.2.3');
  expect(said).toContain("| project('foo-1-rs', 'rust', version: '1.2.2')");
  expect(said).toContain(`${wrap}:4:10: version = 1.2.3`);
});

test('rules that ask for another crate than is locked are told with both lines', async () => {
  const said = await check(rules, 'bar-2-rs', 'bar-1-rs');
  expect(said).toContain('ERROR: the rules ask for bar-1-rs, but foo needs bar 2.0.0');
  expect(said).toContain('rust/Cargo.lock:14:0: version = "2.0.0" (of bar)');
  expect(await check(rules, 'bar-2-rs', 'baz-1-rs')).toContain('which no wrap brings');
  expect(await check(rules, "bar_dep = dependency('bar-2-rs')", "# dependency('x-1-rs')")).toMatch(
    /agree/,
  );
});

test('rules that give another dependency than the wrap promises are told', async () => {
  expect(await check(rules, "dependency('foo-1-rs'", "dependency('foo-rs'")).toContain(
    "the rules give 'foo-rs', but the wrap promises 'foo-1-rs'",
  );
});

test('a wrap that nothing locked needs is an orphan', async () => {
  const said = await check('rust/Cargo.lock', '"foo"', '"fooo"');
  expect(said).toContain('foo 1.2.3 has a wrap, but is not in rust/Cargo.lock');
});

test('rules that no wrap uses are orphans', async () => {
  const { session, printed } = memorySession({
    'meson.build': "project('p')\n",
    'subprojects/packagefiles/old/meson.build': "project('old')\n",
  });
  await run(session, []);
  expect(printed()).toContain('no wrap uses subprojects/packagefiles/old');
});

test('missing hashes, rules and checksums are told', async () => {
  expect(await check(wrap, 'source_hash', '#')).toContain('foo-1-rs.wrap has no source_hash');
  expect(await check('rust/Cargo.lock', 'checksum', 'sum')).toContain('has no checksum in rust/');
  expect(await check(rules)).toContain('patch directory does not exist: foo-1-rs');
});

test('sources that came patched, in the archive of a distribution, need no rules beside them', async () => {
  const { [rules]: _rules, ...rest } = agreeing;
  const { session, printed } = memorySession({
    ...rest,
    'subprojects/foo-1.2.3/meson.build': "project('foo-1-rs', 'rust')\n",
  });
  expect(await run(session, [])).toBe(0);
  expect(printed()).toBe('Locks, wraps and rules agree.\n');
});

test('a wrap named for another interface than it brings is told', async () => {
  const { session, printed } = memorySession({
    'meson.build': "project('p')\n",
    'subprojects/foo-2-rs.wrap': agreeing[wrap].replace(/patch_directory.*/, ''),
  });
  await run(session, []);
  expect(printed()).toContain('foo-2-rs.wrap brings foo 1.2.3, which is foo-1-rs');
});
