import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const answers = (name: string): boolean => spawnSync(name, ['--version']).status === 0;

const buildFile = `project('p', 'c')
cc = meson.get_compiler('c')
message(cc.get_linker_id())
assert(cc.has_function('puts'))
assert(cc.has_function('qsort', prefix: '#include <stdlib.h>'))
assert(not cc.has_function('no_such_function'))
assert(cc.links('int main(void) { return 0; }'))
assert(not cc.links('int no_such_function(void); int main(void) { return no_such_function(); }'))
assert(cc.has_link_argument('-Wl,--as-needed'))
assert(not cc.has_link_argument('-Wl,--no-such-argument'))
assert(cc.find_library('m').found())
assert(not cc.find_library('no_such_library', required: false).found())
executable('app', 'app.c', dependencies: cc.find_library('m'))
`;

for (const [linker, program] of [
  ['bfd', 'ld.bfd'],
  ['gold', 'ld.gold'],
  ['lld', 'ld.lld'],
  ['mold', 'mold'],
] as const) {
  for (const compiler of ['gcc', 'clang']) {
    const hasBoth = answers(compiler) && answers(program);
    test.skipIf(!hasBoth)(`what ${compiler} links with ${linker} is found out and built`, () => {
      const made = project({ 'meson.build': buildFile, 'app.c': 'int main(void) { return 0; }\n' });
      const env = { CC: compiler, CC_LD: linker };
      expect(told(made.kaon(['setup', 'build'], { env }))).toContain(`Message: ld.${linker}`);
      expect(made.kaon(['compile', '-C', 'build']).status).toBe(0);
    });
  }
}
