import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

/** Interfaces come after those who import them, so that order shows. */
const files = (suffix: string, args: string) => ({
  'meson.build': `project('m', 'cpp', default_options: ['cpp_std=c++20'])
lib = static_library('shapes', 'area.cpp', 'shapes.${suffix}', 'sizes.${suffix}', cpp_args: [${args}])
test('sums', executable('sums', 'main.cpp', 'numbers.${suffix}', link_with: lib, cpp_args: [${args}]))
same = static_library('same', 'area.cpp', 'shapes.${suffix}', 'sizes.${suffix}', cpp_args: ['-DSAME', ${args}])
test('same', executable('same', 'main.cpp', 'numbers.${suffix}', link_with: same, cpp_args: [${args}]))
`,
  [`sizes.${suffix}`]: 'export module shapes:sizes;\nexport int side() { return 2; }\n',
  [`shapes.${suffix}`]: 'export module shapes;\nexport import :sizes;\nexport int area();\n',
  'area.cpp': 'module shapes;\nint area() { return side() * side(); }\n',
  [`numbers.${suffix}`]: 'export module my.numbers;\nexport int four() { return 4; }\n',
  'main.cpp':
    'import shapes;\nimport my.numbers;\nint main() { return area() == four() ? 0 : 1; }\n',
});

const versionOf = (compiler: string): number =>
  Number.parseInt(spawnSync(compiler, ['-dumpversion'], { encoding: 'utf8' }).stdout ?? '0', 10);

test.for([
  { compiler: 'g++', since: 11, suffix: 'cpp', args: "'-fmodules-ts'" },
  { compiler: 'g++', since: 11, suffix: 'cppm', args: "'-fmodules-ts'" },
  { compiler: 'clang++', since: 16, suffix: 'cppm', args: '' },
])('C++ modules in .$suffix files are compiled in their order by $compiler', (row, { skip }) => {
  const { compiler, since, suffix, args } = row;
  if (!(versionOf(compiler) >= since)) skip();
  const made = project(files(suffix, args));
  const setup = made.kaon(['setup', 'build'], { env: { CXX: compiler } });
  expect(setup.status, told(setup)).toBe(0);
  const ran = made.kaon(['test', '-C', 'build']);
  expect(ran.status, told(ran)).toBe(0);
  const again = made.kaon(['compile', '-C', 'build']);
  expect(told(again)).toContain('Nothing to do');
  // Who imports a module is compiled again when it changes, also through another.
  made.write(`sizes.${suffix}`, 'export module shapes:sizes;\nexport int side() { return 3; }\n');
  expect(made.kaon(['test', '-C', 'build']).status).toBe(1);
  made.write(`numbers.${suffix}`, 'export module my.numbers;\nexport int four() { return 9; }\n');
  const mended = made.kaon(['test', '-C', 'build']);
  expect(mended.status, told(mended)).toBe(0);
  // A source that imports another module from now on waits for it.
  made.write(
    'area.cpp',
    'module shapes;\nimport more;\nint area() { return side() * side() + none(); }\n',
  );
  made.write(`more.${suffix}`, 'export module more;\nexport int none() { return 0; }\n');
  made.write(
    'meson.build',
    files(suffix, args)['meson.build'].replaceAll("'area.cpp',", `'area.cpp', 'more.${suffix}',`),
  );
  const grown = made.kaon(['test', '-C', 'build']);
  expect(grown.status, told(grown)).toBe(0);
});
