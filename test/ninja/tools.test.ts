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

test('the graph is drawn for Graphviz', () => {
  expect(said('graph', 'a.o')).toContain('"h2.h" -> "edge 0" [arrowhead=none]');
});
