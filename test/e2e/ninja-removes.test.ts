import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { project } from './support/project.ts';

describe('files that ninja removes', () => {
  const text = `rule gcc
  command = echo "$out: h" > $out.d && cat $out.rsp > $out
  depfile = $out.d
  deps = gcc
  rspfile = $out.rsp
  rspfile_content = $in
rule make
  command = echo "$out: h" > $out.d && cat h > $out
  depfile = $out.d
rule cl
  command = sh ./cl $out
  deps = msvc
rule fails
  command = cat $out.rsp && false
  rspfile = $out.rsp
  rspfile_content = some words
build a: gcc b
build c: make b
build d: cl b
build e: fails b
default a c d
`;
  const files = {
    'build.ninja': text,
    b: 'b\n',
    h: 'h\n',
    cl: 'echo source.c; echo "Note: including file:  ./h"; echo "odd: $1"; cat h > $1\n',
  };

  test('go once they were read, and stay where they tell more or are asked for', () => {
    const place = project(files);
    const left = (): readonly string[] =>
      readdirSync(place.folder).filter((name) => /\.(?:d|rsp)$/.test(name));
    const first = place.kaon(['ninja']);
    expect(first.stdout, 'a response file is no action').toContain('[3/3]');
    expect(first.stdout).toContain('odd: d\n');
    expect(first.stdout).not.toMatch(/including file|source\.c/);
    expect(left()).toEqual(['c.d']);
    expect(place.kaon(['ninja']).stdout).toBe('ninja: no work to do.\n');
    place.write('h', 'H\n');
    expect(place.kaon(['ninja', '-d', 'keepdepfile', '-d', 'keeprsp']).stdout).toContain('[3/3]');
    expect(readFileSync(join(place.folder, 'd'), 'utf8')).toBe('H\n');
    expect(left()).toEqual(['a.d', 'a.rsp', 'c.d']);
    expect(place.kaon(['ninja', 'e']).stdout).toContain('some words');
    expect(left(), 'what failed can be tried by hand').toContain('e.rsp');
  });

  test('are none where a command failed, which runs again all the same', () => {
    const place = project({
      'build.ninja': `rule fails
  command = echo report > $out; echo run >> runs; false
build report: fails
`,
    });
    for (const runs of ['run\n', 'run\nrun\n']) {
      expect(place.kaon(['ninja']).status).toBe(1);
      expect(readFileSync(join(place.folder, 'report'), 'utf8')).toBe('report\n');
      expect(readFileSync(join(place.folder, 'runs'), 'utf8')).toBe(runs);
    }
  });

  test('are those of an earlier manifest where -t cleandead is asked', () => {
    const place = project(files);
    expect(place.kaon(['ninja']).status).toBe(0);
    place.write(
      'build.ninja',
      text.replace('build c: make b\n', '').replace('default a c', 'default a'),
    );
    expect(place.kaon(['ninja', '-n', '-t', 'cleandead']).stdout).toContain('Remove c\n1 files.');
    expect(place.kaon(['ninja', '-t', 'cleandead']).stdout).toBe('Cleaning... 1 files.\n');
    expect(existsSync(join(place.folder, 'c'))).toBe(false);
    expect(existsSync(join(place.folder, 'a'))).toBe(true);
  });
});
