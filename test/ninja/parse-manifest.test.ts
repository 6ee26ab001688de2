import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';
import { wantedFor } from '../../src/ninja/wanted.ts';

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
  ['build a: nope b\n', "1:9: unknown build rule 'nope'"],
  ['rule r\n', "2:0: expected 'command =' line"],
  ['rule r\n  commond = x\n', "2:13: unexpected variable 'commond'"],
  ['x\n', "1:1: expected '=', got newline"],
  ['x = $;\n', '1:4: bad $-escape (literal $ must be written as $$)'],
  ['x = ${a\n', '1:4: bad $-escape (literal $ must be written as $$)'],
  ['x = a', '1:5: unexpected EOF'],
  ['  x = a\n', '1:0: unexpected indent'],
  [`${rule}build a: cc b\n\tx = 1\n`, '4:0: tabs are not allowed, use spaces'],
  [`${rule}build a\n`, "3:7: expected ':', got newline ($ also escapes ':')"],
  [`${rule}build a: cc b: c\n`, "3:13: expected newline, got ':'"],
  [`${rule}build : cc b\n`, '3:6: expected path'],
  ['pool p\n  depth = -1\n', '2:12: invalid pool depth'],
  ['include none\n', "1:12: loading 'none': No such file or directory"],
  [`${rule}build a: cc b\nbuild a: cc c\n`, '5:0: multiple rules generate a'],
  [`${rule}build a a: cc b\n`, '4:0: a is defined as an output multiple times'],
  ['default a\n', "1:9: unknown target 'a'"],
  ['rule r\n  command = $a\n  a = 1\n', "unexpected variable 'a'"],
  ['include build.ninja\n', "'build.ninja' includes itself"],
  [`${rule}x =\nbuild a: cc $x\n`, '5:0: empty path'],
  ['ninja_required_version = 9.0\n', 'incompatible with build file'],
])('%j is refused as ninja refuses it', (text, message) => {
  const parsed = read({ 'build.ninja': text });
  expect(parsed.ok ? '' : renderDiagnostic(parsed.error).replace('ERROR: ', '')).toContain(message);
});

test('a phony edge that names itself is warned of, as is a manifest of an older ninja', () => {
  const parsed = read({ 'build.ninja': 'ninja_required_version = 0.9\nbuild a: phony a\n' });
  expect(parsed.ok && parsed.value.warnings).toEqual([
    expect.stringContaining('greater than build file ninja_required_version (0.9)'),
    "phony target 'a' names itself as an input; ignoring [-w phonycycle=warn]",
  ]);
});

test('a phony edge that names itself is a cycle where that is asked for', () => {
  const text = 'build a: phony a\n';
  const strict = parseManifest('build.ninja', () => text, { strictPhony: true });
  if (!strict.ok) throw new Error(strict.error.message);
  expect(strict.value.warnings).toEqual([]);
  expect(wantedFor(strict.value, ['a'], { isThere: () => true }).fault).toBe(
    'dependency cycle: a -> a [-w phonycycle=err]',
  );
});
