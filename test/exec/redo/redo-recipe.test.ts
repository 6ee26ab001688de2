import { describe, expect, test } from 'vitest';
import { filesOf, onlyReader, recipeOf, stepsFrom } from '../../../src/exec/redo/redo-recipe.ts';
import { openActionLog } from '../../../src/store/log/action-log.ts';
import { readProof } from '../../../src/store/no-op/no-op-look.ts';
import type { MemoryHost } from '../../support/memory-host.ts';
import { build, buildDirectory, logPath, tinyGraph, tinyHost } from '../tiny-build.ts';

const sources = { 'a.c': '#include a.h\n', 'a.h': 'a\n', 'b.c': '#include b.h\n', 'b.h': 'b\n' };

/** What is to be done where a source is edited, a line for each step; why not where node is to do it. */
async function recipe(text: string, source: string, host = tinyHost(sources)): Promise<string> {
  host.tick();
  await build(host, text, { launcher: true });
  await build(host, text, { launcher: true });
  return told(host, text, source);
}

function told(host: MemoryHost, text: string, source: string): string {
  const graph = tinyGraph(text);
  const proof = readProof(host.files, buildDirectory);
  const opened = openActionLog(host, logPath);
  if (proof === undefined || !opened.ok) throw new Error('nothing was built');
  const { log } = opened.value;
  const input = { host, graph, log, proof, buildRoot: buildDirectory };
  const file = proof.number(source) ?? -1;
  const reader = onlyReader(proof, file);
  if (reader === undefined) return 'several read it';
  const steps = stepsFrom(input, reader);
  if (steps === undefined) return 'too much';
  const reads = filesOf(
    proof,
    steps.map(({ id }) => id),
  );
  const words = recipeOf(input, { steps, sources: [file], reads })?.map(String);
  return words === undefined ? 'impossible' : readRecipe(words, (at) => proof.path(at)).join('\n');
}

/** As `bin/redo-recipe.h` reads it. */
function readRecipe(words: readonly string[], path: (file: number) => string): string[] {
  let at = 0;
  const text = (): string => words[at++] ?? 'nothing';
  const texts = (): string[] => Array.from({ length: Number(text()) }, text);
  const list = (): string => texts().map(Number).map(path).sort().join(' ');
  const lines = texts().map((variable) => `where ${variable}`);
  for (let left = Number(text()); left > 0; left--) {
    const [number, name] = [Number(text()), text()];
    expect(path(number)).toBe(name);
    const [size, hash] = text().split(' ');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    lines.push(`source ${name} of ${Number.parseInt(size ?? '', 16)}, ${texts().length} others`);
  }
  for (let left = Number(text()); left > 0; left--) {
    const [kind, , key, description] = [text(), text(), text(), text()];
    expect(description).toBe(`Making ${key}`);
    let line = `${kind} ${key}: made before ${list() || '-'}; else ${list() || '-'}; makes`;
    for (let made = Number(text()); made > 0; made--) {
      line += ` ${path(Number(text()))}`;
      text();
      if (text() === '1') line += ' (compared)';
    }
    lines.push(line);
    if (kind === 'copy') {
      lines.push(`  ${text()} to ${text()}${text() === '1' ? ', linked' : ''}`);
      continue;
    }
    const [folder, depfile, removes, program] = [text(), text(), text(), text()];
    const [changes, command] = [texts(), texts()];
    lines.push(
      `  in ${folder}${depfile === '' ? '' : `, ${depfile}`}${removes === '1' ? ', removed first' : ''}: ${[...changes, program, ...command.slice(1)].join(' ')}`,
    );
  }
  expect(at).toBe(words.length);
  return lines;
}

const program = `
  a.o: cc a.c ; depfile
  b.o: cc b.c ; depfile
  lib.a: cat a.o ; remove-first
  app: cat lib.a b.o
  bin/app: copy app ; copy
`;

test('what is behind a source stands in order, with all that it reads', async () => {
  expect(`\n${await recipe(program, 'a.c')}\n`).toBe(`
source a.c of 13, 0 others
run a.o: made before -; else /usr/bin/cc a.c a.h; makes a.o (compared)
  in /project, a.o.d: /usr/bin/cc a.o -- a.c
run lib.a: made before a.o; else /usr/bin/cat; makes lib.a (compared)
  in /project, removed first: /usr/bin/cat lib.a -- a.o
run app: made before lib.a; else /usr/bin/cat b.o; makes app
  in /project: /usr/bin/cat app -- lib.a b.o
copy bin/app: made before app; else -; makes bin/app
  app to bin/app
`);
});

test('a header that one source reads is as good as the source', async () => {
  expect(await recipe(program, 'b.h')).toMatch(/^source b\.h of 2, 0 others\nrun b\.o: /);
  expect(await recipe(`${program}  c.o: cc b.c ; depfile\n`, 'b.h')).toBe('several read it');
  expect(await recipe(program, 'a.o')).toBe('several read it');
});

test('what it held before is told, as the cache knows it', async () => {
  const host = tinyHost(sources);
  for (const text of ['one\n', 'two\n', 'three\n']) {
    host.write('a.c', text);
    await build(host, program, { launcher: true });
  }
  expect(await recipe(program, 'a.c', host)).toContain('source a.c of 6, 2 others');
});

test('a source that changed since the proof is no start', async () => {
  const host = tinyHost(sources);
  await recipe(program, 'a.c', host);
  host.write('a.c', 'edited\n');
  expect(told(host, program, 'a.c')).toBe('impossible');
});

test('what waits for another without reading what it makes comes behind it', async () => {
  const steps = (text: string) => text.match(/^run \S+/gm);
  const graph = (order: string) => `
    a.o: cc a.c ; depfile
    one: cat a.o${order === 'one' ? ' || two' : ''}
    two: cat a.o${order === 'two' ? ' || one' : ''}
  `;
  expect(steps(await recipe(graph('one'), 'a.c'))).toEqual(['run a.o:', 'run two:', 'run one:']);
  expect(steps(await recipe(graph('two'), 'a.c'))).toEqual(['run a.o:', 'run one:', 'run two:']);
});

test('the environment of a command is told as changes, and what they rest on', async () => {
  const text = await recipe('a.o: cc a.c ; depfile set=LEVEL=3', 'a.c');
  expect(text).toContain('in /project, a.o.d: +LEVEL=3 /usr/bin/cc a.o -- a.c');
  expect(text).not.toContain('where');
});

describe('node is asked', () => {
  const cases: Readonly<Record<string, string>> = {
    'where a pool limits what runs': 'a.o: cc a.c ; depfile pool=one',
    'where it owns the terminal': 'a.o: cc a.c ; depfile console',
    'where more commands would gain by running beside each other': `
      a.o: cc a.c ; depfile
      one: cat a.o
      two: cat a.o
      three: cat a.o
    `,
    'where a link is made': `
      a.o: cc a.c ; depfile
      ln: link a.o ; link
    `,
    'where an output is optional': 'a.o: cc a.c ; depfile optional',
    'where a command asks for tokens': 'a.o: cc a.c ; depfile arg=-flto',
    'where what is shown would command the terminal': 'a\u001b[2J.o: cat a.c',
  };
  test.each(Object.entries(cases))('%s', async (_, text) => {
    expect(await recipe(text, 'a.c')).toBe('too much');
  });
});

test('a path of a source may be any text', async () => {
  const host = tinyHost({ 'ä"$\'.c': 'odd\n' });
  expect(await recipe('a.o: cat ä"$\'.c', 'ä"$\'.c', host)).toMatch(/^source ä"\$'\.c of 4/);
});
