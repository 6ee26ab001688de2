import { Random } from '../fuzz/random.ts';
import type { Sequence, Step } from './sequence.ts';

/** What a test's program does: what it prints, and how it ends. */
const behaviours: readonly (readonly [script: string, keywords: string])[] = [
  ['exit 0', ''],
  ['exit 0', ''],
  ['exit 1', ''],
  ['exit 77', ''],
  ['exit 99', ''],
  ['exit 1', 'should_fail: true'],
  ['exit 0', 'should_fail: true'],
  ['echo 1..2; echo ok 1; echo not ok 2', "protocol: 'tap'"],
  ['echo 1..2; echo ok 1; echo ok 2 # skip why', "protocol: 'tap'"],
  ['echo 1..0 # skip all', "protocol: 'tap'"],
  ['echo ok 1; echo nonsense; echo ok 2; echo 1..2', "protocol: 'tap'"],
  ['echo Bail out!', "protocol: 'tap'"],
  ['sleep 20', 'timeout: 1'],
  ['kill -9 $$', ''],
  ['test "$MESON_TEST_ITERATION" != 2', ''],
  ['test "$OWN" = "a:b"', "env: environment({'OWN': ['a', 'b']})"],
];

/** A project of scripts, and commands that test and install it in part. */
export function randomCommands(seed: number): Sequence {
  const random = new Random(seed);
  const files = new Map<string, string>();
  const names: string[] = [];
  const project = (name: string): string => {
    const lines = [`project('${name}', version: '1')`, "sh = find_program('sh')"];
    const free = ['first', 'second', 'third part', 'fourth', 'x_y'];
    const count = 2 + random.below(3);
    for (let at = 0; at < count; at++) {
      // Two of one name that tell of subtests are too much for Meson.
      const test = free.splice(random.below(free.length), 1)[0] ?? '';
      names.push(`${test}`, `${name}:${test}`);
      const [script, own] = random.of(behaviours) ?? ['exit 0', ''];
      const keywords = [own, ...random.some(testKeywords, 5)].filter((one) => one !== '');
      const call = random.oneIn(6) ? 'benchmark' : 'test';
      lines.push(
        `${call}('${test}', sh, args: ['-c', '${script}']${keywords.map((one) => `, ${one}`).join('')})`,
      );
    }
    if (random.oneIn(2))
      lines.push("add_test_setup('slow', timeout_multiplier: 2, env: ['OWN=a:b'])");
    if (random.oneIn(3))
      lines.push(
        `add_test_setup('${name === 'main' ? 'usual' : 'sub:own'}', exclude_suites: ['one'], is_default: ${name === 'main'})`,
      );
    lines.push(...random.some(installs, 2));
    return `${lines.join('\n')}\n`;
  };
  const sub = project('sub');
  const hasSub = random.oneIn(2);
  files.set('data.txt', 'data\n');
  files.set('tree/inner/a.txt', 'a\n');
  files.set('tree/b.txt', 'b\n');
  for (const path of [...files.keys()]) files.set(`subprojects/sub/${path}`, 'other\n');
  files.set('subprojects/sub/meson.build', sub);
  files.set('meson.build', `${project('main')}${hasSub ? "subproject('sub')\n" : ''}`);
  const steps: Step[] = [{ words: ['setup', 'build', '.', '--prefix=/usr'], isQuiet: true }];
  const count = 3 + random.below(5);
  for (let at = 0; at < count; at++) steps.push(randomCommand(random, names));
  return { files, steps, facts: ['results', 'staged'] };
}

const testKeywords = [
  "suite: 'one'",
  "suite: ['one', 'two']",
  "suite: 'three four'",
  'priority: 5',
  'is_parallel: false',
  'verbose: true',
];

const installs = [
  "install_data('data.txt', install_dir: 'share/own')",
  "install_data('data.txt', install_dir: 'share/tagged', install_tag: 'devel')",
  "install_data('data.txt', rename: 'other.txt', install_mode: 'rwxr-x---')",
  "install_subdir('tree', install_dir: 'share')",
  "install_subdir('tree', install_dir: 'flat', strip_directory: true, exclude_files: 'b.txt')",
  "install_emptydir('share/empty', install_tag: 'devel')",
  "install_symlink('link', pointing_to: 'own', install_dir: 'share')",
  "install_headers('data.txt', subdir: 'more')",
  "custom_target('made', output: 'made.txt', capture: true, command: ['echo', 'x'], install: true, install_dir: 'share')",
  "meson.add_install_script('sh', '-c', 'echo ran >> $MESON_INSTALL_DESTDIR_PREFIX/ran')",
  "meson.add_install_script('sh', '-c', 'exit 0', install_tag: 'runtime', skip_if_destdir: true)",
];

function randomCommand(random: Random, names: readonly string[]): Step {
  const kind = random.below(12);
  if (kind < 6) {
    const isList = random.oneIn(4);
    // What is wrong with a list's words is told in other words.
    const allowed = isList
      ? testWords.filter(([word = '']) => !/setup|slice|processes/.test(word))
      : testWords;
    const words = ['test', '-C', 'build', '--no-rebuild', ...(isList ? ['--list'] : [])];
    const more = random.some(allowed, 9).flat();
    const chosen = random.oneIn(3) ? [random.of([...names, ...patterns]) ?? ''] : [];
    return { words: [...words, ...more, ...chosen], isQuiet: !isList };
  }
  if (kind < 9) {
    const words = random.some(installWords, 5).flat();
    return { words: ['install', '-C', 'build', ...words], isQuiet: true };
  }
  if (kind < 11) {
    const words = random.some(compileWords, 6).flat();
    return { words: ['compile', '-C', 'build', ...words], isQuiet: true };
  }
  return {
    words: ['introspect', 'build', random.of(['--tests', '--benchmarks']) ?? ''],
  };
}

const patterns = ['sub:', 'main:', 'f*', 'main:f*', '*:first', 'nope', 'sub:nope', '*r*', ':first'];

const testWords: readonly (readonly string[])[] = [
  ['--suite', 'one'],
  ['--suite', 'main'],
  ['--suite', 'sub:one'],
  ['--suite', ':two'],
  ['--suite', 'three four'],
  ['--suite', 'nope'],
  ['--no-suite', 'two'],
  ['--no-suite', 'sub'],
  ['--benchmark'],
  ['--repeat', '2'],
  ['--repeat', '0'],
  ['--setup', 'slow'],
  ['--setup', 'sub:own'],
  ['--setup', 'nope'],
  ['--maxfail', '1'],
  ['-t', '2'],
  ['-t', '0'],
  ['--num-processes', '1'],
  ['--num-processes', 'x'],
  ['--wrapper', 'env'],
  ['--test-args', '-x y'],
  ['--slice', '1/2'],
  ['--slice', '2/2'],
  ['--slice', '3/2'],
  ['--slice', '9/9'],
  ['--max-lines', '3'],
  ['--logbase', 'testlog'],
  ['--print-errorlogs'],
  ['--no-stdsplit'],
  ['--verbose'],
  ['--quiet'],
  ['-j2'],
];

const installWords: readonly (readonly string[])[] = [
  ['--no-rebuild'],
  ['--only-changed'],
  ['--tags', 'devel'],
  ['--tags', 'devel,runtime'],
  ['--tags', 'nope'],
  ['--skip-subprojects'],
  ['--skip-subprojects', 'sub'],
  ['--skip-subprojects', 'nope'],
  ['--dry-run'],
  ['--quiet'],
  ['--destdir', 'staged/deep'],
  ['--strip'],
];

const compileWords: readonly (readonly string[])[] = [
  ['made'],
  ['./made'],
  ['subprojects/sub/made'],
  ['made:custom'],
  ['subprojects/sub/made:custom'],
  ['made:executable'],
  ['made:nothing'],
  ['nope'],
  ['--clean'],
  ['--verbose'],
  ['-j', '2'],
  ['-j', 'x'],
  ['--ninja-args=-n'],
  ['--ninja-args=-k0,-j1'],
];
