import { expect, test } from 'vitest';
import { commandLine } from '../../src/graph/shell-line.ts';
import { loadDyndeps } from '../../src/ninja/dyndep.ts';
import { defaultTargets, manifestGraph } from '../../src/ninja/manifest-graph.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';

const rule = 'rule cc\n  command = cc $in -o $out\n  depfile = $out.d\n';

function manifest(text: string) {
  const parsed = parseManifest('build.ninja', () => rule + text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** Each action as `outputs <- inputs || order-only`, with `!` where it runs each time. */
function actions(text: string, there: readonly string[] = []): readonly string[] {
  const made = manifestGraph(manifest(text), { exists: (path) => there.includes(path) });
  if (!made.ok) return [made.error.message];
  const { files, fileLists, actions: rows } = made.value;
  return [...rows.values()].map((action) => {
    const names = (ids: typeof action.inputs): string => ids.map((id) => files.get(id)).join(' ');
    const order = action.orderOnly.map((list) => names(fileLists.get(list))).join(' ');
    const first = `${names(action.outputs)} <- ${names(action.inputs)}`;
    return `${first}${order === '' ? '' : ` || ${order}`}${action.alwaysRun ? ' !' : ''}`;
  });
}

test('whoever reads a phony edge reads what it stands for', () => {
  const text = 'build b: phony c d\nbuild a: phony b e\nbuild x: cc a || b\n';
  expect(actions(text)).toEqual(['x <- c d e || c d']);
});

test('what a phony edge needs for order alone makes none of its readers run', () => {
  const text = 'build o: cc s\nbuild a: phony b || o\nbuild x: cc a\nbuild y: cc z || a\n';
  expect(actions(text)).toEqual(['o <- s', 'x <- b || o', 'y <- z || b o']);
});

test('a phony edge without inputs makes its readers run, unless its file is there', () => {
  const text = 'build always: phony\nbuild x: cc y always\n';
  expect(actions(text)).toEqual(['x <- y !']);
  expect(actions(text, ['always'])).toEqual(['x <- y always']);
});

test('phony edges in a circle are named', () => {
  expect(actions('build a: phony b\nbuild b: phony a\n')).toEqual([
    'dependency cycle: a -> b -> a',
  ]);
});

test('a command is a line for a shell; a response file is given to it alone, and is no action', () => {
  const parsed = parseManifest(
    'build.ninja',
    () =>
      'rule ld\n  command = ld @$rspfile\n  rspfile = $out.rsp\n  rspfile_content = $in_newline\nbuild app: ld a b\n',
  );
  const made = parsed.ok ? manifestGraph(parsed.value, { exists: () => false }) : parsed;
  if (!made.ok) throw new Error(made.error.message);
  const [link, ...others] = [...made.value.actions.values()];
  expect(others).toEqual([]);
  expect(link?.work).toMatchObject({ given: { path: 'app.rsp', content: 'a\nb' } });
  expect(link && commandLine(link.work)).toBe("/bin/sh -c 'ld @app.rsp'");
});

test.each([
  ['depfile = d', { depfile: { path: 'd', format: 'make', needed: true } }],
  ['depfile = d\n  deps = gcc', { depfile: { path: 'd', format: 'make', passing: true } }],
  ['deps = msvc', { includeLines: 'Note: including file: ' }],
  ['deps = msvc\n  msvc_deps_prefix = Read:', { includeLines: 'Read:' }],
])('%j is how a command tells what it read', (told, action) => {
  const text = `rule cc\n  command = cc\n  ${told}\nbuild x: cc y\n`;
  const parsed = parseManifest('build.ninja', () => text);
  const made = parsed.ok ? manifestGraph(parsed.value, { exists: () => false }) : parsed;
  if (!made.ok) throw new Error(made.error.message);
  const [only] = [...made.value.actions.values()];
  const { depfile, includeLines } = only ?? {};
  expect({ depfile, includeLines }).toEqual({
    depfile: undefined,
    includeLines: undefined,
    ...action,
  });
});

test('a statement of a generator stands whatever its command is', () => {
  const text = 'rule gen\n  command = gen\n  generator = 1\nbuild x: gen y\nbuild z: cc y\n';
  const made = manifestGraph(manifest(text), { exists: () => true });
  const actions = made.ok ? [...made.value.actions.values()] : [];
  expect(actions.map(({ anyCommand }) => anyCommand)).toEqual([true, undefined]);
});

test('what is built by default: what `default` names, else all that nothing reads', () => {
  const text = 'build a.o: cc a.c\nbuild app: cc a.o\nbuild doc: cc man\n';
  expect(defaultTargets(manifest(text))).toEqual(['app', 'doc']);
  expect(defaultTargets(manifest(`${text}default doc\n`))).toEqual(['doc']);
});

test('an input that a dyndep file told of may be missing: then the edge runs each time', () => {
  const text = 'build a.o: cc a.f90 || a.dd\n  dyndep = a.dd\n';
  const said = 'ninja_dyndep_version = 1\nbuild a.o: dyndep | gone.mod\n';
  const loaded = loadDyndeps(manifest(text), ['a.dd'], () => said);
  if (!loaded.ok) throw new Error(loaded.error.message);
  const first = (isThere: boolean) => {
    const graph = manifestGraph(loaded.value, { exists: () => isThere });
    return graph.ok ? [...graph.value.actions.values()][0] : undefined;
  };
  expect(first(false)).toMatchObject({ alwaysRun: true, inputs: [expect.anything()] });
  expect(first(true)?.alwaysRun).toBe(false);
  expect(first(true)?.inputs).toHaveLength(2);
});

test('a dyndep file adds inputs and outputs', () => {
  const text = 'build a.o: cc a.f90 || a.dd\n  dyndep = a.dd\n';
  const said = 'ninja_dyndep_version = 1\nbuild a.o | a.mod: dyndep | b.mod\n  restat = 1\n';
  const loaded = loadDyndeps(manifest(text), ['a.dd'], () => said);
  expect(loaded.ok && loaded.value.edges[0]).toMatchObject({
    implicitOutputs: ['a.mod'],
    implicitInputs: ['b.mod'],
    restat: true,
  });
  const silent = loadDyndeps(manifest(text), ['a.dd'], () => 'ninja_dyndep_version = 1\n');
  expect(silent.ok ? '' : silent.error.message).toBe(
    "'a.o' not mentioned in its dyndep file 'a.dd'",
  );
});
