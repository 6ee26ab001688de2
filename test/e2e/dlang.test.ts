import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const answers = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;
const compilers = ['ldc2', 'gdc', 'dmd'].filter(answers);

const program = {
  'meson.build': `project('p', 'd', 'c', default_options: 'default_library=static')
whole = static_library('whole', 'whole.d')
lib = shared_library('lib', 'lib.d', 'c.c', link_whole: whole, install: true)
gen = custom_target(output: 'gen.d', command: ['sh', '-c', 'echo "module gen; enum x = 1;"'], capture: true)
exe = executable('app', 'app.d', gen, link_with: lib, d_import_dirs: include_directories('data'),
  d_module_versions: 'Right', install: true)
test('app', exe)
test('unittest', executable('tests', 'lib.d', 'c.c', 'whole.d', d_unittest: true, d_args: '-DNOTHING', link_with: whole,
  override_options: 'b_ndebug=false', build_by_default: false), should_fail: true)
`,
  'c.c': 'int c_function(void) { return 2; }\n',
  'whole.d': 'module whole; extern(C) int taken() { return 3; }\n',
  'lib.d':
    'module lib; extern(C) int c_function(); int total() { return c_function(); }\nunittest { assert(total() == 5); }\n',
  'app.d': `import gen, lib;
extern(C) int taken();
int main() {
  version (Right) return x + total() + taken() == 6 && import("text.txt") == "text" ? 0 : 1;
  else return 2;
}
`,
  'data/text.txt': 'text',
};

if (compilers.length === 0)
  test.skip('no compiler of D is here', () => {
    // Nothing to try.
  });

test.each(compilers)('a project of D, C and generated sources is built and tested by %s', (dc) => {
  const place = project(program);
  const env = { DC: dc };
  const built = place.kaon(['setup', 'build'], { env });
  expect(built.status, told(built)).toBe(0);
  const tested = place.kaon(['test', '-C', 'build', 'app'], { env });
  expect(tested.status, told(tested)).toBe(0);
  // What a source imports is known of it: changing that compiles it again, touching another does not.
  place.write('lib.d', `${program['lib.d']}int more;\n`);
  const again = place.kaon(['compile', '-C', 'build'], { env });
  expect(told(again)).toContain('app.p/app.d.o');
  expect(place.kaon(['compile', '-C', 'build'], { env }).stdout).not.toMatch(/Compiling/);
});

test.skipIf(!answers('mcs') || !answers('mono'))('a program of C# runs with its library', () => {
  const place = project({
    'meson.build': `project('p', 'cs')
lib = shared_library('helper', 'helper.cs')
test('t', executable('prog', 'prog.cs', link_with: lib))
`,
    'helper.cs': 'public class Helper { public static int Zero() { return 0; } }\n',
    'prog.cs': 'public class Prog { public static int Main() { return Helper.Zero(); } }\n',
  });
  const tested = place.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  const run = place.kaon(['run', 'prog']);
  expect(run.status, told(run)).toBe(0);
});
