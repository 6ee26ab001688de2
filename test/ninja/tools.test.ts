import { expect, test } from 'vitest';
import { defaultTargets } from '../../src/ninja/manifest-graph.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';
import { tools } from '../../src/ninja/tools/table.ts';

const text = `rule cc
  command = cc $in -o $out
rule unused
  command = true
  description = Doing $what
build a.o: cc a.c | h.h || gen
build app | app.map: cc a.o
build gen: phony h2.h
build all: phony app
default all
`;

/** What `ninja -t NAME WORDS` says. */
const said = (name: string, ...words: readonly string[]): readonly string[] =>
  saidOf(text, name, ...words);

function saidOf(manifest: string, name: string, ...words: readonly string[]): readonly string[] {
  const parsed = parseManifest('build.ninja', () => manifest);
  const tool = tools.find((one) => one.name === name);
  if (!parsed.ok || tool === undefined) throw new Error('no such tool');
  const defaults = defaultTargets(parsed.value);
  const answer = tool.run({ manifest: parsed.value, words, directory: '/b', defaults });
  if (answer.kind === 'text') return answer.text.split('\0');
  return answer.kind === 'lines' ? answer.lines : [answer.message];
}

test('targets are listed by depth, by rule, or all', () => {
  expect(said('targets')).toEqual(['app.map: cc', 'all: phony']);
  expect(said('targets', 'depth', '3').slice(-3)).toEqual([
    'all: phony',
    '  app: cc',
    '    a.o: cc',
  ]);
  expect(said('targets', 'all')).toEqual([
    'a.o: cc',
    'app: cc',
    'app.map: cc',
    'gen: phony',
    'all: phony',
  ]);
  expect(said('targets', 'rule', 'cc')).toEqual(['a.o', 'app', 'app.map']);
  expect(said('targets', 'rule')).toEqual(['a.c', 'h.h', 'h2.h']);
  expect(said('targets', 'rules')).toEqual([
    "unknown target tool mode 'rules', did you mean 'rule'?",
  ]);
});

test('a path is asked about: what makes it, and who reads it', () => {
  expect(said('query', 'a.o')).toEqual([
    'a.o:',
    '  input: cc',
    '    a.c',
    '    | h.h',
    '    || gen',
    '  outputs:',
    '    app',
    '    app.map',
  ]);
  expect(said('query', 'ap')).toEqual(["unknown target 'ap', did you mean 'app'?"]);
});

test('commands come in the order in which they would run', () => {
  expect(said('commands')).toEqual(['cc a.c -o a.o', 'cc a.o -o app']);
  expect(said('commands', '-s', 'app')).toEqual(['cc a.o -o app']);
  const without = text.replace('default all\n', 'default app\n');
  expect(saidOf(without, 'commands', '-s')).toEqual(['cc a.o -o app']);
});

test('inputs are all files that something is made of', () => {
  expect(said('inputs', 'app')).toEqual(['a.c', 'a.o', 'h.h', 'h2.h']);
  expect(said('inputs', '-d', '-0', 'app')).toEqual(['a.c', 'h.h', 'h2.h', 'a.o', '']);
});

test('inputs are sorted as they are shown, and of several targets told apart', () => {
  const quoted = 'build out$ 1: phony\nbuild a: unused out$ 1 b$ c d\nbuild x: unused d\n';
  expect(saidOf(text + quoted, 'inputs', 'a')).toEqual(["'b c'", 'd']);
  expect(saidOf(text + quoted, 'multi-inputs', 'a', 'x')).toEqual(['a\tb c', 'a\td', 'x\td']);
  expect(saidOf(text + quoted, 'multi-inputs', '-d:', '-0', 'x')).toEqual(['x:d', '']);
});

test('rules are listed whether something uses them or not', () => {
  expect(said('rules')).toEqual(['cc', 'phony', 'unused']);
  expect(said('rules', '-d')).toEqual(['cc', 'phony', 'unused: Doing ${what}']);
});

test('the compilation database has the commands of the rules that are named', () => {
  expect(JSON.parse(said('compdb', 'cc').join(''))[0]).toEqual({
    directory: '/b',
    command: 'cc a.c -o a.o',
    file: 'a.c',
    output: 'a.o',
  });
});

test('the compilation database has whatever is made of something, and ends on a line of its own', () => {
  const late = 'build late: unused || a.o\nbuild | quiet: unused a.o\n';
  const files = JSON.parse(saidOf(text + late, 'compdb').join('\n')) as object[];
  expect(files.map((entry) => Object.values(entry).slice(1))).toEqual([
    ['cc a.c -o a.o', 'a.c', 'a.o'],
    ['cc a.o -o app', 'a.o', 'app'],
    ['', 'h2.h', 'gen'],
    ['', 'app', 'all'],
    ['true', 'a.o', 'late'],
    ['true', 'a.o', 'quiet'],
  ]);
  expect(said('compdb', 'unused')).toEqual(['[\n]']);
});

test('the graph is drawn for Graphviz', () => {
  expect(said('graph', 'a.o')).toEqual([
    'digraph ninja {',
    'rankdir="LR"',
    'node [fontsize=10, shape=box, height=0.25]',
    'edge [fontsize=10]',
    '"0x1" [label="a.o"]',
    '"0x2" [label="cc", shape=ellipse]',
    '"0x2" -> "0x1"',
    '"0x3" -> "0x2" [arrowhead=none]',
    '"0x4" -> "0x2" [arrowhead=none]',
    '"0x5" -> "0x2" [arrowhead=none style=dotted]',
    '"0x3" [label="a.c"]',
    '"0x4" [label="h.h"]',
    '"0x5" [label="gen"]',
    '"0x6" -> "0x5" [label=" phony"]',
    '"0x6" [label="h2.h"]',
    '}',
  ]);
});

test.each([
  ['graph', 300_008],
  ['query', 150_003],
  ['inputs', 150_000],
  ['compdb-targets', 1],
])('%s takes what is made of very many files', (tool, length) => {
  const sources = Array.from({ length: 150_000 }, (_, at) => `s${at}`).join(' ');
  expect(saidOf(`${text}build big: cc ${sources}\n`, tool, 'big')).toHaveLength(length);
});

test.each(['query', 'commands', 'inputs', 'multi-inputs', 'graph', 'compdb-targets'])(
  '%s takes ./FILE, and FILE^ for what is made of it',
  (tool) => {
    const named = said(tool, 'a.o');
    expect(said(tool, './b/../a.o')).toEqual(named);
    expect(said(tool, 'a.c^')).toEqual(named);
    expect(said(tool, 'a.p')).toEqual(["unknown target 'a.p', did you mean 'a.o'?"]);
  },
);

test('who names a file twice is told twice', () => {
  expect(saidOf(`${text}build x: unused y | y\n`, 'query', 'y')).toEqual([
    'y:',
    '  outputs:',
    '    x',
    '    x',
  ]);
});
