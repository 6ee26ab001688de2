import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const files = {
  'meson.build': [
    "project('cov', 'c', 'rust', default_options: ['rust_std=2021'])",
    "c = static_library('c', 'half.c')",
    "r = static_library('r', 'half.rs', rust_abi: 'c')",
    "test('runs', executable('main', 'main.c', link_with: [c, r]))",
    "executable('never', 'never.c')",
  ].join('\n'),
  'half.c': 'int half_c(int a) {\n  if (a)\n    return 1;\n  return 2;\n}\n',
  'half.rs':
    '#[no_mangle]\npub extern "C" fn half_rs(a: i32) -> i32 {\n    if a > 0 {\n        2\n    } else {\n        3\n    }\n}\n',
  'main.c':
    'int half_c(int);\nint half_rs(int);\nint main(void) { return half_c(0) + half_rs(1) - 4; }\n',
  'never.c': 'int main(void) { return 3; }\n',
};

test('C and Rust stand in one report, with a floor, for people and for tools', () => {
  const made = project(files);
  made.kaon(['setup', 'build', '-Db_coverage=true']);
  const done = made.kaon(['coverage', '-C', 'build', '--json', '--floor', '50']);
  expect(done.status, told(done)).toBe(0);
  const last = done.stdout.split('\n').findLast((line) => line.includes('"coverage"')) ?? '';
  expect(JSON.parse(last).files).toEqual([
    { path: 'half.c', lines: 4, covered: 3 },
    { path: 'half.rs', lines: 5, covered: 4 },
    { path: 'main.c', lines: 1, covered: 1 },
    { path: 'never.c', lines: 1, covered: 0 },
  ]);
  const lcov = made.read('build/meson-logs/coverage.info');
  expect(lcov).toContain('SF:half.c\nDA:1,1\nDA:2,1\nDA:3,0\nDA:4,1\n');
  expect(lcov).toContain('SF:half.rs\nDA:2,1\nDA:3,1\nDA:4,1\nDA:6,0\nDA:8,1\n');
  expect(made.read('build/meson-logs/testlog.html')).toContain('"path":"half.rs"');
  const low = made.kaon(['coverage', '-C', 'build', '--no-run', '--floor', '90']);
  expect(low.status).toBe(1);
  expect(told(low)).toContain('Coverage is 72.7 %, below the floor of 90 %');
});

test('a build directory that measures nothing is told of', () => {
  const made = project({ 'meson.build': "project('x')\n" });
  made.kaon(['setup', 'build']);
  const done = made.kaon(['coverage', '-C', 'build']);
  expect(done.status).toBe(2);
  expect(told(done)).toContain('-Db_coverage=true');
  made.write('meson.build', "project('x')\ntest('a', find_program('true'))\n");
  const tested = made.kaon(['coverage', '-C', 'build']);
  expect(told(tested)).toContain('WARNING: Nothing counts lines here');
});
