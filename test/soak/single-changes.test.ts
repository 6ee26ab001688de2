import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../e2e/support/project.ts';
import { finished, pause } from './support/running.ts';
import { isSoak } from './support/size.ts';

/** A small project in which everything is of a kind of its own. */
function small(): Project {
  const made = project({
    'meson.build': [
      "project('small', 'c')",
      "tool = find_program('./tool')",
      "made = custom_target('made', input: 'made.in', output: 'made.h', command: [tool, '@INPUT@', '@OUTPUT@'])",
      "lib = shared_library('lib', 'lib.c')",
      "executable('app', 'main.c', made, link_with: lib, include_directories: 'inc')",
      "configure_file(input: 'conf.in', output: 'conf.txt', configuration: {'A': '1'})",
      "custom_target('copy', input: 'data.txt', output: 'copy.txt', command: ['cp', '@INPUT@', '@OUTPUT@'], build_by_default: true)",
      "option = get_option('word')",
      "custom_target('word', output: 'word.txt', capture: true, command: ['echo', option], build_by_default: true)",
      '',
    ].join('\n'),
    'meson.options': "option('word', type: 'string', value: 'first')\n",
    tool: '#!/bin/sh\ncp "$1" "$2"\n',
    'made.in': '#define MADE 1\n',
    'inc/found.h': '#define FOUND 1\n',
    'lib.c': 'int lib(void) { return 1; }\n',
    'main.c':
      '#include "made.h"\n#include <found.h>\nint lib(void);\nint main(void) { return lib() - MADE * FOUND; }\n',
    'conf.in': 'a=@A@\n',
    'data.txt': 'data\n',
  });
  fs.chmodSync(join(made.folder, 'tool'), 0o755);
  return made;
}

type Change = (made: Project, at: (path: string) => string) => void;

/** What kaon gets beside a change. */
interface Extra {
  readonly env?: Readonly<Record<string, string>>;
  /** For `kaon configure`. */
  readonly options?: readonly string[];
}

const nothing: Change = () => {};
const everything = ['made.h', 'lib.c.o', 'liblib.so', 'main.c.o', 'app', 'copy', 'word'];
const edit = (path: string, to: string): Change => {
  return (made) => made.write(path, to);
};

/** What is done, and which outputs are then made again: those that the names are found in. */
const changes: Readonly<Record<string, readonly [Change, readonly string[], Extra?]>> = {
  nothing: [nothing, []],
  'a source is edited': [edit('lib.c', 'int lib(void) { return 2; }\n'), ['lib.c.o', 'liblib.so']],
  'a comment in a source': [edit('lib.c', '/**/ int lib(void) { return 1; }\n'), ['lib.c.o']],
  'the interface of a library': [
    edit('lib.c', 'int lib(void) { return 1; }\nint more(void) { return 1; }\n'),
    ['lib.c.o', 'liblib.so', 'app'],
  ],
  'a touch': [(_, at) => fs.utimesSync(at('main.c'), new Date(), new Date()), []],
  'a time in the future': [(_, at) => fs.utimesSync(at('main.c'), 4e9, 4e9), []],
  'a time in the past': [(_, at) => fs.utimesSync(at('main.c'), 1e9, 1e9), []],
  'an older file restored': [
    (made, at) => {
      made.write('data.txt', 'older\n');
      fs.utimesSync(at('data.txt'), 1e9, 1e9);
    },
    ['copy'],
  ],
  'two edits in one tick': [
    (made) => {
      made.write('data.txt', 'one.\n');
      made.write('data.txt', 'two.\n');
    },
    ['copy'],
  ],
  'an edit that is taken back': [
    (made) => {
      made.write('data.txt', 'other\n');
      made.write('data.txt', 'data\n');
    },
    [],
  ],
  'replaced by a link to the same': [
    (_, at) => {
      fs.renameSync(at('data.txt'), at('elsewhere.txt'));
      fs.symlinkSync('elsewhere.txt', at('data.txt'));
    },
    [],
  ],
  'replaced by a link to another': [
    (made, at) => {
      made.write('elsewhere.txt', 'elsewhere\n');
      fs.rmSync(at('data.txt'));
      fs.symlinkSync('elsewhere.txt', at('data.txt'));
    },
    ['copy'],
  ],
  'a hard link more': [(_, at) => fs.linkSync(at('data.txt'), at('hard.txt')), []],
  'replaced by an equal file': [
    (_, at) => {
      fs.copyFileSync(at('data.txt'), at('new.txt'));
      fs.renameSync(at('new.txt'), at('data.txt'));
    },
    [],
  ],
  'a mode that does not matter': [(_, at) => fs.chmodSync(at('data.txt'), 0o600), []],
  'a source that can be executed': [(_, at) => fs.chmodSync(at('data.txt'), 0o755), ['copy']],
  'a found header': [edit('inc/found.h', '#define FOUND 1 + 0\n'), ['main.c.o', 'app']],
  'a generated header': [edit('made.in', '#define MADE 2\n'), ['made.h', 'main.c.o', 'app']],
  'a generated header that comes out the same': [
    (made, at) => {
      made.write('tool', '#!/bin/sh\n# other\ncp "$1" "$2"\n');
      fs.chmodSync(at('tool'), 0o755);
    },
    ['made.h'],
  ],
  'an output is deleted': [(_, at) => fs.rmSync(at('build/copy.txt')), ['copy']],
  'an object is deleted': [(_, at) => fs.rmSync(at('build/app.p/main.c.o')), ['main.c.o']],
  'an output is tampered with': [(_, at) => fs.appendFileSync(at('build/app'), 'x'), ['app']],
  'an output is emptied': [(_, at) => fs.truncateSync(at('build/word.txt')), ['word']],
  'an output is tampered with, and its time restored': [
    (_, at) => {
      const { atime, mtime } = fs.statSync(at('build/copy.txt'));
      fs.writeFileSync(at('build/copy.txt'), 'DATA\n');
      fs.utimesSync(at('build/copy.txt'), atime, mtime);
    },
    ['copy'],
  ],
  'a variable that compilers heed': [nothing, everything, { env: { CPATH: '/nowhere' } }],
  'a variable that nobody heeds': [nothing, [], { env: { SOME_THING: 'x' } }],
  'an option': [nothing, ['word'], { options: ['-Dword=second'] }],
  'the arguments of a compiler': [
    nothing,
    ['lib.c.o', 'main.c.o'],
    { options: ['-Dc_args=-DNEW'] },
  ],
  'a comment in the build file': [
    (made) => made.write('meson.build', `# more\n${made.read('meson.build')}`),
    [],
  ],
  'a target is renamed': [
    (made) =>
      made.write('meson.build', made.read('meson.build').replace("'word.txt'", "'words.txt'")),
    ['word'],
  ],
  'a source is added': [
    (made) => {
      made.write('more.c', 'int more(void) { return 0; }\n');
      made.write('meson.build', made.read('meson.build').replace("'main.c'", "'main.c', 'more.c'"));
    },
    ['more.c.o', 'app'],
  ],
  'the build directory is emptied of outputs': [
    (_, at) => {
      for (const name of fs.readdirSync(at('build'))) {
        if (!/^(meson-|compile_commands|conf.txt|CACHEDIR|\.)/.test(name)) {
          fs.rmSync(at(`build/${name}`), { recursive: true });
        }
      }
    },
    everything,
  ],
};

// They take a second each: all of them by `npm run soak`.
const tried = Object.entries(changes).filter((_, at) => isSoak || at % 4 === 1);

test.each(tried)(
  '%s: what it concerns is made again, and then nothing',
  async (_, [change, again, extra]) => {
    const made = small();
    const at = (path: string): string => join(made.folder, path);
    const setup = made.kaon(['setup', 'build']);
    expect(setup.status, told(setup)).toBe(0);
    for (let time = 0; time < 2; time++) {
      expect(made.kaon(['compile', '-C', 'build']).status).toBe(0);
      await pause(40);
    }
    change(made, at);
    const { env = {}, options = [] } = extra ?? {};
    if (options.length > 0) expect(made.kaon(['configure', 'build', ...options]).status).toBe(0);
    // As a user builds, so that the launcher answers first.
    const words = ['compile', '-C', 'build', '-v'];
    const run = made.kaon(words, { env });
    expect(run.status, told(run)).toBe(0);
    const ran = told(run)
      .split('\n')
      .filter((line) => /^\[\d+\/\d+\]/.test(line));
    for (const name of again)
      expect(
        ran.some((line) => line.includes(name)),
        `${name}:\n${told(run)}`,
      ).toBe(true);
    const unexpected = ran.filter((line) => !again.some((name) => line.includes(name)));
    expect(unexpected.filter((line) => !/symbols|Generating symbol/i.test(line))).toEqual([]);
    expect(finished(made.kaon([...words, '--json'], { env }).stdout)).toEqual([]);
  },
);
