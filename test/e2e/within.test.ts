import { describe, expect, test } from 'vitest';
import { bin } from './support/kaon.ts';
import { project, told } from './support/project.ts';

describe('a command of a build that calls kaon for the same build directory', () => {
  test('is not waited for by the kaon that it waits for', () => {
    const call = (name: string, words: string): string =>
      `run_target('${name}', command: ['sh', '-c', '${bin} ${words}'])\n`;
    const demo = project({
      'meson.build': [
        "project('p', 'c')\nx = executable('x', 'x.c')\ntest('t', x)\n",
        call('tested', 'test -C "$MESON_BUILD_ROOT"'),
        call('listed', 'ninja -C "$MESON_BUILD_ROOT" -t targets rule c_COMPILER'),
        call('built', 'compile -C "$MESON_BUILD_ROOT" x'),
      ].join(''),
      'x.c': 'int main(void) { return 0; }\n',
    });
    expect(demo.kaon(['setup', 'build']).status).toBe(0);
    const run = (target: string): string => {
      const { status, ...said } = demo.kaon(['compile', '-C', 'build', target]);
      expect(status, told({ status, ...said })).toBe(0);
      return said.stdout;
    };
    expect(run('tested')).toMatch(/^Ok: +1/m);
    expect(run('listed')).toContain('x.p/x.c.o');
    // What the inner one made is not in the log of the outer one, which makes it again.
    expect(demo.kaon([]).stdout).toContain('2 actions');
    expect(run('built')).not.toContain('Compiling');
    expect(told(demo.kaon([]))).toContain('up to date');
  });

  test('cleans as CMake has it', () => {
    const demo = project({
      'build.ninja': [
        'rule copy\n  command = cp $in $out\nbuild b: copy a\n',
        `rule clean\n  command = ${bin} ninja -t clean\nbuild clean: clean\n`,
      ].join(''),
      a: 'a\n',
    });
    expect(demo.kaon(['ninja', 'b']).status).toBe(0);
    const cleaned = demo.kaon(['ninja', 'clean']);
    expect(cleaned.status, told(cleaned)).toBe(0);
    expect(cleaned.stdout).toContain('Cleaning... 1 files.');
    expect(demo.kaon(['ninja', 'b']).stdout).toContain('[1/1] cp a b');
  });
});
