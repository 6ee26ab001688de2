import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../src/lang/parse.ts';
import { readCommands } from '../../src/rewrite/command.ts';
import { edited } from '../../src/rewrite/edit.ts';
import { insertItems, type ListText, removeItems } from '../../src/rewrite/list-edit.ts';
import { rewrite } from '../../src/rewrite/rewriter.ts';
import { MemoryHost } from '../support/memory-host.ts';

/** What the top build file is after commands, or why not. */
function rewritten(text: string, ...commands: readonly object[]): string {
  return (
    rewrittenFiles({ 'meson.build': `project('p', 'c')\n${text}` }, ...commands)[
      'meson.build'
    ]?.slice(18) ?? ''
  );
}

function rewrittenFiles(
  files: Readonly<Record<string, string>>,
  ...commands: readonly object[]
): Readonly<Record<string, string>> {
  const host = new MemoryHost(files);
  const told: string[] = [];
  const read = readCommands(commands);
  if (!read.ok) throw new Error(read.error);
  const done = rewrite(
    {
      files: host.files,
      root: '/project',
      from: '/project',
      skipErrors: false,
      listener: (kind, line) => kind !== 'log' && told.push(`${kind}: ${line}`),
    },
    read.value,
  );
  if (!done.ok) return { error: [...told, done.error].join('\n') };
  const after = Object.entries(host.files.snapshot('/project'));
  return {
    ...Object.fromEntries(after.map(([path, text]) => [path.replace('/project/', ''), text])),
    ...(told.length > 0 && { told: told.join('\n') }),
    ...(Object.keys(done.value).length > 0 && { info: JSON.stringify(done.value) }),
  };
}

const target = (operation: string, ...sources: readonly string[]) => ({
  type: 'target',
  target: 'a',
  operation,
  sources,
});
const add = (...sources: readonly string[]) => target('src_add', ...sources);
const remove = (...sources: readonly string[]) => target('src_rm', ...sources);

test.each([
  ["executable('a', 'b.c')", "executable('a', 'b.c', 'c.c')"],
  ["executable('a')", "executable('a', 'c.c')"],
  ["executable('a', install: true)", "executable('a', 'c.c', install: true)"],
  ["executable('a', ['b.c', 'd.c'])", "executable('a', ['b.c', 'c.c', 'd.c'])"],
  [
    "x = files(\n  'b.c', # why\n  'd.c',\n)\nexecutable('a', x)",
    "x = files(\n  'b.c', # why\n  'c.c',\n  'd.c',\n)\nexecutable('a', x)",
  ],
  [
    "x = [\n  'a.c',\n  'b.c' # last\n]\nexecutable('a', x)",
    "x = [\n  'a.c',\n  'b.c', # last\n  'c.c'\n]\nexecutable('a', x)",
  ],
  ["x = []\nexecutable('a', x)", "x = ['c.c']\nexecutable('a', x)"],
  // What others use too is left alone.
  [
    "x = ['b.c']\nexecutable('a', x)\nexecutable('b', x)",
    "x = ['b.c']\nexecutable('a', x, 'c.c')\nexecutable('b', x)",
  ],
  [
    "x = ['b.c']\nif get_option('x')\n  x += 'd.c'\nendif\nexecutable('a', x)",
    "x = ['b.c']\nif get_option('x')\n  x += 'd.c'\nendif\nexecutable('a', x, 'c.c')",
  ],
  // Nothing is there twice.
  ["executable('a', 'c.c')", "executable('a', 'c.c')"],
])('a source is added to %j', (before, after) => {
  expect(rewritten(before, add('c.c'))).toBe(after);
});

test('a list that is not sorted is sorted, by numbers too, unless it has comments', () => {
  expect(rewritten("executable('a', 'a10.c', 'a2.c')", add('a1.c'))).toBe(
    "executable('a', 'a1.c', 'a2.c', 'a10.c')",
  );
  expect(rewritten("executable('a',\n  'z.c', # first\n  'b.c')", add('c.c'))).toBe(
    "executable('a',\n  'z.c', # first\n  'b.c',\n  'c.c')",
  );
});

test.each([
  ["executable('a', 'b.c', 'c.c')", "executable('a', 'b.c')"],
  ["executable('a', 'c.c', 'd.c')", "executable('a', 'd.c')"],
  [
    "x = files(\n  'b.c',\n  'c.c', # gone\n  # stays\n  'd.c',\n)\nexecutable('a', x)",
    "x = files(\n  'b.c',\n  # stays\n  'd.c',\n)\nexecutable('a', x)",
  ],
  ["x = ['c.c']\nexecutable('a', x)", "x = []\nexecutable('a', x)"],
])('a source is removed from %j', (before, after) => {
  expect(rewritten(before, remove('c.c'))).toBe(after);
});

test('what another target has from the same list is not taken from it', () => {
  const text = "x = ['c.c']\nexecutable('a', x)\nexecutable('b', x)";
  const after = rewrittenFiles({ 'meson.build': `project('p')\n${text}` }, remove('c.c'));
  expect(after).toEqual({
    'meson.build': `project('p')\n${text}`,
    told: 'warning:   -- Removing the source c.c is too complicated',
  });
});

test('paths are written relative to the folder they stand in', () => {
  const files = {
    'meson.build': "project('p')\nsubdir('s')\nexecutable('a', x)\n",
    's/meson.build': "x = files('b.c')\n",
  };
  expect(rewrittenFiles(files, add('s/c.c', 'd.c'))['s/meson.build']).toBe(
    "x = files('../d.c', 'b.c', 'c.c')\n",
  );
});

test('extra files get a list of their own', () => {
  const extra = target('extra_files_add', 'x.h');
  expect(rewritten("executable('a', 'a.c')", extra)).toBe(
    "executable('a', 'a.c', extra_files: ['x.h'])",
  );
  expect(rewritten("h = ['y.h']\nmessage(h)\nexecutable('a', extra_files: h)", extra)).toBe(
    "h = ['y.h']\nmessage(h)\nexecutable('a', extra_files: [h, 'x.h'])",
  );
});

test('targets come and go', () => {
  expect(rewritten("# why\nx = executable('a', 'a.c') # end\ny = 1\n", target('target_rm'))).toBe(
    '# why\ny = 1\n',
  );
  const fresh = {
    ...target('target_add', 'n.c'),
    target: 'my-lib',
    target_type: 'static_library',
    subdir: 'new',
  };
  expect(rewrittenFiles({ 'meson.build': "project('p')\n" }, fresh)['new/meson.build']).toBe(
    "my_lib_sources = files('n.c')\nmy_lib_lib = static_library('my-lib', my_lib_sources)\n",
  );
});

const kwargs = (operation: string, name: string, id: string, values: object) => ({
  type: 'kwargs',
  function: name,
  id,
  operation,
  kwargs: values,
});

test('keywords are set, added to and deleted', () => {
  const text = "d = dependency('z', required: false)\n";
  expect(
    rewritten(text, kwargs('set', 'dependency', 'd', { required: 'true', method: 'cmake' })),
  ).toBe("d = dependency('z', required: true, method: 'cmake')\n");
  expect(rewritten(text, kwargs('delete', 'dependency', 'z', { required: null }))).toBe(
    "d = dependency('z')\n",
  );
  const project = (operation: string, values: object) =>
    rewrittenFiles(
      { 'meson.build': "project('p', license: ['MIT', # ours\n  'GPL'])" },
      kwargs(operation, 'project', '/', values),
    )['meson.build'];
  expect(project('add', { license: 'BSD' })).toBe(
    "project('p', license: ['MIT', # ours\n  'GPL',\n  'BSD'])",
  );
  expect(project('remove', { license: 'GPL' })).toContain("'MIT'");
  expect(project('remove_regex', { license: 'G.*' })).toContain("'MIT'");
});

test('default options are checked', () => {
  const set = (options: object) => ({ type: 'default_options', operation: 'set', options });
  const after = (options: object) =>
    rewrittenFiles(
      { 'meson.build': "project('p', default_options: ['debug=true', 'werror=true'])" },
      set(options),
    );
  expect(after({ debug: false })['meson.build']).toBe(
    "project('p', default_options: ['werror=true', 'debug=False'])",
  );
  expect(after({ nothing: '1' })['error']).toBe(
    'error: Unknown options nothing --> aborting\nRewriting the meson.build failed',
  );
  expect(after({ buildtype: 'fast' })['error']).toContain('Unable to set buildtype');
});

test('targets and keywords are told of', () => {
  const text = "project('p', version: '1')\nx = ['a.c', foo]\nexecutable('a', x)";
  const info = rewrittenFiles(
    { 'meson.build': text },
    target('info'),
    kwargs('info', 'project', '/', {}),
  )['info'];
  expect(JSON.parse(info ?? '')).toEqual({
    target: { 'a@exe': { name: 'a', sources: ['a.c', 'unknown'], extra_files: [] } },
    kwargs: { 'project#/': { version: '1' } },
  });
});

test('a target that there is twice, or not at all, is refused', () => {
  const twice = rewrittenFiles(
    {
      'meson.build': "project('p')\nexecutable('a')\nsubdir('s')",
      's/meson.build': "executable('a')",
    },
    add('c.c'),
  );
  expect(twice['error']).toContain('There are multiple targets matching a');
  expect(rewrittenFiles({ 'meson.build': "project('p')" }, add('c.c'))['error']).toContain(
    'Unknown target a',
  );
});

/** Lists as people write them: on one line or several, with comments, with or without a last comma. */
const listText = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom('', ' ', '\n  ', '\n  # own\n  '),
        fc.constantFrom('', ' # behind\n  '),
      ),
      { maxLength: 5 },
    ),
    fc.boolean(),
    fc.constantFrom('', '\n'),
  )
  .map(([rows, comma, end]) => {
    const last = rows.length - 1;
    const text = rows
      .map(([before, behind], at) => `${before}'i${at}'${at < last || comma ? ',' : ''}${behind}`)
      .join('');
    return `x = [${text}${end}]`;
  });

function asList(text: string): ListText {
  const [statement] = parse({ path: 'f', text }).tree.statements;
  const node = statement?.kind === 'assignment' ? statement.value : undefined;
  if (node?.kind !== 'array') throw new Error(`no list: ${text}`);
  return {
    text,
    start: node.span.start + 1,
    end: node.span.end - 1,
    items: node.items.map(({ span }) => span),
  };
}

const itemsOf = (text: string): readonly string[] => {
  const { items } = asList(text);
  return items.map(({ start, end }) => text.slice(start, end));
};

const commentsOf = (text: string): readonly string[] =>
  parse({ path: 'f', text }).tree.comments.map((each) => each.text.trim());

test('whatever the layout, items are put where they belong, and comments stay', () => {
  fc.assert(
    fc.property(listText, fc.nat(5), fc.integer({ min: 1, max: 2 }), (text, where, count) => {
      const list = asList(text);
      const behind = Math.min(where, list.items.length) - 1;
      const fresh = ["'n'", "'m'"].slice(0, count);
      const after = edited(text, insertItems(list, behind, fresh));
      expect(itemsOf(after)).toEqual(itemsOf(text).toSpliced(behind + 1, 0, ...fresh));
      expect(commentsOf(after)).toEqual(commentsOf(text));
    }),
    { numRuns: 500 },
  );
});

test('whatever the layout, the items that are meant are removed', () => {
  fc.assert(
    fc.property(listText, fc.array(fc.nat(4)), (text, wanted) => {
      const list = asList(text);
      const gone = [...new Set(wanted)].filter((at) => at < list.items.length).sort();
      const after = edited(text, removeItems(list, gone));
      expect(itemsOf(after)).toEqual(itemsOf(text).filter((_item, at) => !gone.includes(at)));
    }),
    { numRuns: 500 },
  );
});

test('lists that are set again under many conditions, or added to themselves, end', () => {
  const often = Array.from({ length: 60 }, () => "if get_option('x')\n  l += ['a.c']\nendif\n");
  const text = `l = ['b.c']\n${often.join('')}${'l += l\n'.repeat(60)}`;
  const program = "executable('a', 'c.c')";
  expect(rewritten(`${text}${program}`, add('d.c'))).toBe(`${text}executable('a', 'c.c', 'd.c')`);
});

test('a build file that cannot be read is told with its place', () => {
  const host = new MemoryHost({ 'meson.build': "project('p'\n" });
  const request = { files: host.files, root: '/project', from: '/project', listener: () => {} };
  const commands = readCommands([{ type: 'target', target: 'a', operation: 'info' }]);
  expect(commands.ok && rewrite({ ...request, skipErrors: false }, commands.value)).toEqual({
    ok: false,
    error: 'meson.build:1:12: Expecting rparen got eof.',
  });
});

test('a file keeps its mode, and a link to it stays one', () => {
  const host = new MemoryHost({ 'shared/top': "project('p', 'c')\n" });
  host.files.setMode('shared/top', 0o664);
  host.files.symlink('shared/top', 'meson.build');
  const set = { type: 'default_options', operation: 'set', options: { werror: 'true' } };
  const read = readCommands([set]);
  if (!read.ok) throw new Error(read.error);
  const from = '/project';
  const work = {
    files: host.files,
    root: from,
    from,
    skipErrors: false,
    listener: () => undefined,
  };
  expect(rewrite(work, read.value).ok).toBe(true);
  expect(host.files.readLink('meson.build')).toEqual({ ok: true, value: 'shared/top' });
  expect(host.read('shared/top')).toContain('werror=True');
  expect((host.files.stat('shared/top')?.mode ?? 0) & 0o777).toBe(0o664);
});
