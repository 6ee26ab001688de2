import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';

function read(files: Readonly<Record<string, string>>) {
  return parseManifest('build.ninja', (path) => files[path]);
}

function edges(text: string) {
  const parsed = read({ 'build.ninja': text });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.edges;
}

const rule = 'rule cc\n  command = cc $flags -c $in -o $out\n';

test("an edge's variables win over its rule's, and these over the file's", () => {
  const [first, second] = edges(
    `flags = -O2\n${rule}  description = CC $out\nbuild a.o: cc a.c\nbuild b.o: cc b.c\n  flags = -g $flags\n`,
  );
  expect(first).toMatchObject({ command: 'cc -O2 -c a.c -o a.o', description: 'CC a.o' });
  expect(second?.command).toBe('cc -g -O2 -c b.c -o b.o');
});

test('a rule sees what its file sets further down; an edge does not', () => {
  const [edge] = edges(`${rule}flags = -O1\nbuild a.o: cc a.c\n  x = $flags\nflags = -O3\n`);
  expect(edge?.command).toBe('cc -O3 -c a.c -o a.o');
});

test('all kinds of inputs and outputs are told apart, and paths are normalised', () => {
  const [edge] = edges(`${rule}build a b | c: cc ./d x/../e | f || g |@ h\n`);
  expect(edge).toMatchObject({
    outputs: ['a', 'b'],
    implicitOutputs: ['c'],
    inputs: ['d', 'e'],
    implicitInputs: ['f'],
    orderOnly: ['g'],
    validations: ['h'],
  });
});

test('escapes give blanks, colons, dollars and longer lines; words of a shell are quoted', () => {
  const [edge] = edges(`${rule}build a$ b: cc c$:d $\n    e$$f\n`);
  expect(edge).toMatchObject({ outputs: ['a b'], inputs: ['c:d', 'e$f'] });
  expect(edge?.command).toBe("cc  -c 'c:d' 'e$f' -o 'a b'");
});

test('subninja has variables of its own, include shares them', () => {
  const parsed = read({
    'build.ninja': `x = 1\n${rule}include inc.ninja\nsubninja sub.ninja\nbuild $x: cc a\n`,
    'inc.ninja': 'x = 2\n',
    'sub.ninja': 'x = 3\nbuild sub$x: cc a\n',
  });
  expect(parsed.ok && parsed.value.edges.map(({ outputs }) => outputs[0])).toEqual(['sub3', '2']);
  expect(parsed.ok && parsed.value.files).toEqual(['build.ninja', 'inc.ninja', 'sub.ninja']);
});

test.each([
  ['build a: nope b\n', "build.ninja:1:9: ERROR: unknown build rule 'nope'"],
  ['rule r\n', "build.ninja:1:5: ERROR: expected 'command =' line"],
  ['rule r\n  commond = x\n', "build.ninja:2:2: ERROR: unexpected variable 'commond'"],
  ['x\n', "build.ninja:1:1: ERROR: expected '='"],
  ['x = $;\n', 'build.ninja:1:4: ERROR: bad $-escape'],
  ['include none\n', "build.ninja:1:8: ERROR: loading 'none': there is none"],
  [`${rule}build a: cc b\nbuild a: cc c\n`, 'build.ninja:4:0: ERROR: multiple rules generate a'],
  ['default a\n', "build.ninja:1:0: ERROR: unknown target 'a'"],
  ['rule r\n  command = $a\n  a = 1\n', "unexpected variable 'a'"],
  ['include build.ninja\n', "'build.ninja' includes itself"],
])('%j is refused where it is wrong', (text, message) => {
  const parsed = read({ 'build.ninja': text });
  expect(parsed.ok ? '' : renderDiagnostic(parsed.error)).toContain(message);
});
