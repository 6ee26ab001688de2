import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tarGzOf } from '../support/hostile-tar.ts';
import { bin } from './support/kaon.ts';
import { type Project, project, told } from './support/project.ts';

/** Sets a project up that is wrong: it says so as expected, without a stack trace, and exits with 2. */
function refused(made: Project, expected: string, args: readonly string[] = []): void {
  const run = made.kaon(['setup', ...args, 'build']);
  expect(told(run)).toContain(expected);
  expect(told(run)).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(told(run)).not.toContain('internal error');
  expect(run.status, told(run)).toBe(2);
}

const buildFile = (text: string): Project => project({ 'meson.build': text });

describe('what is wrong in a build file is shown with its place', () => {
  test('an unknown function', () => {
    refused(
      buildFile("project('p')\nexecuable('a')\n"),
      [
        'meson.build:2:10: ERROR: Unknown function "execuable". Did you mean "executable"?',
        "    2 | execuable('a')",
        '      | ^^^^^^^^^\n',
      ].join('\n'),
    );
  });

  test('an unknown keyword', () => {
    refused(
      buildFile("project('p')\ncustom_target('a',\n  ouput: 'x')\n"),
      [
        'meson.build:2:0: ERROR: custom_target got unknown keyword arguments "ouput" (did you mean "output"?)',
        "    3 |   ouput: 'x')",
        '      |   ^^^^^\n',
      ].join('\n'),
    );
  });

  test('wrong types', () => {
    refused(
      buildFile("project('p')\nmessage(1 + 'a')\n"),
      "meson.build:2:12: ERROR: The `+` operator of int does not accept objects of type str (a)\n    2 | message(1 + 'a')\n      |             ^^^\n",
    );
    refused(
      buildFile("project('p')\nsubdir(3)\n"),
      'meson.build:2:0: ERROR: subdir argument 1 was of type "int" but should have been "str"\n    2 | subdir(3)\n      |        ^\n',
    );
  });

  test('a missing file', () => {
    refused(
      project({ 'meson.build': "project('p')\nfiles('a.c',\n  'b.c')\n", 'a.c': '' }),
      "meson.build:2:0: ERROR: File b.c does not exist.\n    3 |   'b.c')\n      |   ^^^^^\n",
    );
    refused(
      buildFile("project('p')\nsubdir('nope')\n"),
      "meson.build:2:0: ERROR: Nonexistent build file 'nope/meson.build'\n    2 | subdir('nope')\n      |        ^^^^^^\n",
    );
  });

  test('an unknown option', () => {
    refused(
      buildFile("project('p')\nget_option('bildtype')\n"),
      "meson.build:2:0: ERROR: Option bildtype does not exist.\n    2 | get_option('bildtype')\n      |            ^^^^^^^^^^\n  hint: Did you mean 'buildtype'?",
    );
    const given = buildFile("project('p')\n");
    refused(given, 'ERROR: Unknown option: "buildtpe".', ['-Dbuildtpe=debug']);
    refused(given, 'hint: Did you mean "buildtype"?', ['-Dbuildtpe=debug']);
  });

  test('a target of a name that is taken', () => {
    refused(
      buildFile(
        "project('p')\nrun_target('a', command: 'true')\nrun_target('a', command: 'true')\n",
      ),
      [
        'meson.build:3:0: ERROR: Tried to create target "a", but a target of that name already exists.',
        "    3 | run_target('a', command: 'true')",
        '      |            ^^^',
        '  meson.build:2:0: the other one is here\n',
      ].join('\n'),
    );
  });

  test('targets that wait for each other', () => {
    refused(
      buildFile(
        [
          "project('p')",
          "a = custom_target('a', output: 'a', command: ['cp', '@BUILD_ROOT@/b', '@OUTPUT@'],",
          "  depend_files: meson.current_build_dir() / 'b')",
          "custom_target('b', output: 'b', input: a, command: ['cp', '@INPUT@', '@OUTPUT@'])",
          '',
        ].join('\n'),
      ),
      [
        'meson.build:2:4: ERROR: dependency cycle: a -> b -> a',
        "    2 | a = custom_target('a', output: 'a', command: ['cp', '@BUILD_ROOT@/b', '@OUTPUT@'],",
        '      |     ^^^^^^^^^^^^^',
        '  meson.build:4:0: and this waits for it\n',
      ].join('\n'),
    );
  });

  test('subprojects that need each other', () => {
    refused(
      project({
        'meson.build': "project('p')\nsubproject('a')\n",
        'subprojects/a/meson.build': "project('a')\nsubproject('b')\n",
        'subprojects/b/meson.build': "project('b')\nsubproject('a')\n",
      }),
      'subprojects/b/meson.build:2:0: ERROR: Recursive include of subprojects: a => b => a.',
    );
  });

  test('an empty file, one that is no text, and one that does not begin a project', () => {
    refused(buildFile(''), 'meson.build:1:0: ERROR: No statements in code.');
    const bytes = Buffer.concat([Buffer.from("project('p')\n# "), Buffer.from([0xff])]);
    refused(
      project({ 'meson.build': bytes }),
      "meson.build:2:2: ERROR: Build file failed to parse as unicode: 'utf-8' codec can't decode byte 0xff in position 15: invalid start byte",
    );
    refused(
      buildFile('x = 1\n'),
      'ERROR: Invalid source tree: first statement must be a call to project()\n  meson.build:1:0: the first statement is here',
    );
  });

  test('every error of syntax', () => {
    const run = buildFile("project('p'\nx = [1\nif true\n").kaon(['setup', 'build']);
    expect(run.stdout.match(/ERROR/g)?.length).toBe(3);
    expect(run.status).toBe(2);
  });

  test('no build file at all', () => {
    const none = project({});
    for (const words of [[], ['setup', 'build'], ['compile'], ['test'], ['run'], ['why', 'x']]) {
      const run = none.kaon(words);
      expect(told(run)).toMatch(/^ERROR: /m);
      expect(run.status, words.join(' ')).toBe(2);
    }
  });
});

describe('words that mean nothing', () => {
  test('a command, an option and a target are named with the nearest', () => {
    const made = buildFile("project('p')\nrun_target('hello', command: 'true')\n");
    expect(made.kaon(['setup', 'build']).status).toBe(0);
    for (const [words, expected] of [
      [['setpu'], "kaon: there is no command 'setpu'\nDid you mean 'setup'?"],
      [['check'], "kaon: there is no command 'check'\nDid you mean 'build'?"],
      [['compile', '--jbos', '2'], "unknown option '--jbos'\n(Did you mean --jobs?)"],
      [['compile', 'helo'], "Can't invoke target `helo`: target not found (did you mean `hello`?)"],
      [['configure', 'build', '-Dprefx=/x'], 'Unknown option: "prefx". (did you mean "prefix"?)'],
      [['configure', 'build', '-Dbuildtype=nope'], 'is not one of the choices. Possible choices'],
      [['configure', 'build', '-Dwerror=nope'], 'value nope is not boolean (true or false).'],
      [['help', 'execuable'], "Did you mean 'executable'?"],
    ] as const) {
      const run = made.kaon(words);
      expect(told(run)).toContain(expected);
      expect(run.status).toBe(2);
    }
  });

  test('errors are events too, where events are asked for', () => {
    const made = buildFile("project('p')\nmesage()\n");
    for (const words of [
      ['setup', 'build'],
      ['compile', '-C', 'nowhere'],
      ['--nonsense'],
      ['foo'],
    ]) {
      const run = made.kaon([...words, '--json']);
      const events = run.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(events.every(({ v }) => v === 1)).toBe(true);
      const errors = events.filter(({ kind }) => kind === 'diagnostic');
      expect(errors.map(({ diagnostic }) => diagnostic.severity)).toEqual(['error']);
      expect(run.status).toBe(2);
    }
  });
});

describe('a wrap that cannot be used', () => {
  const rules = "project('foo', version: '1.0')\n";
  const good = tarGzOf([{ path: 'foo-1.0/meson.build', content: rules }]);
  const hash = createHash('sha256').update(good).digest('hex');

  interface Wrapped {
    readonly archive?: Uint8Array;
    readonly sha256?: string;
    readonly version?: string;
    readonly there?: boolean;
  }

  function wrapped({ archive = good, sha256, version = '1.0', there = true }: Wrapped): Project {
    const promised = sha256 ?? createHash('sha256').update(archive).digest('hex');
    return project({
      'meson.build': `project('p')\nsubproject('foo', version: '>=${version}')\n`,
      'subprojects/foo.wrap': [
        '[wrap-file]',
        'directory = foo-1.0',
        'source_url = https://nowhere.invalid/foo.tar.gz',
        'source_filename = foo.tar.gz',
        `source_hash = ${promised}`,
        '',
      ].join('\n'),
      ...(there ? { 'subprojects/packagecache/foo.tar.gz': archive } : {}),
    });
  }

  test('has another hash: nothing is unpacked', () => {
    const wrong = '0'.repeat(64);
    const made = wrapped({ sha256: wrong });
    refused(
      made,
      `subprojects/foo.wrap:5:14: ERROR: Incorrect hash for source:\n ${wrong} expected\n ${hash} actual.`,
    );
    expect(readdirSync(join(made.folder, 'subprojects')).sort()).toEqual([
      'foo.wrap',
      'packagecache',
    ]);
  });

  test('has an entry that leaves its folder: nothing is written', () => {
    const archive = tarGzOf([
      { path: 'foo-1.0/meson.build', content: rules },
      { path: 'foo-1.0/../../../evil', content: 'evil' },
    ]);
    const made = wrapped({ archive });
    refused(made, 'ERROR: foo.tar.gz: entry "foo-1.0/../../../evil" has ".." in its path');
    expect(readdirSync(made.folder).sort()).toEqual(['build', 'meson.build', 'subprojects']);
    expect(readdirSync(join(made.folder, 'subprojects')).sort()).toEqual([
      'foo.wrap',
      'packagecache',
    ]);
  });

  test('has no version that is asked for', () => {
    refused(
      wrapped({ version: '2' }),
      "meson.build:2:0: ERROR: Subproject foo version is 1.0 but ['>=2'] required.",
    );
  });

  test('cannot be downloaded', () => {
    refused(
      wrapped({ there: false }),
      'subprojects/foo.wrap:3:13: ERROR: could not get https://nowhere.invalid/foo.tar.gz; is the internet available?',
    );
  });

  test('differs from Cargo.lock: both lines are shown', () => {
    const made = project({
      'meson.build': "project('p')\nsubdir('rust')\n",
      'rust/meson.build': "subproject('libc-0.2-rs')\n",
      'rust/Cargo.lock':
        'version = 3\n\n[[package]]\nname = "libc"\nversion = "0.2.163"\nsource = "registry+x"\n',
    });
    refused(
      made,
      'wraps/libc-0.2-rs.wrap:4:10: ERROR: libc is 0.2.162 in its wrap, but 0.2.163 in rust/Cargo.lock',
    );
    refused(made, 'rust/Cargo.lock:5:0: version = "0.2.163" (of libc)');
  });
});

test.each([['setup', 'build'], ['compile'], ['test'], ['help'], []])(
  'in a folder that was removed, `%s` says so',
  (...words) => {
    const made = project({ 'gone/a': '' });
    const run = spawnSync(
      'sh',
      ['-c', 'cd gone && rm -r ../gone && exec "$0" "$@"', bin, ...words],
      {
        cwd: made.folder,
        encoding: 'utf8',
      },
    );
    // Some shells complain of it too, before the launcher has a say.
    expect(run.stderr.replace(/^(?!kaon:).*\n/gm, '')).toBe(
      'kaon: the current directory is gone: change to one that is there.\n',
    );
    expect(run.status).toBe(2);
  },
);
