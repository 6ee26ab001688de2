import { expect, test } from 'vitest';
import { Rows } from '../../src/base/rows.ts';
import { cLikeFiles } from '../../src/cli/clang-tools/c-like-files.ts';
import { clangServices, whyNoService } from '../../src/cli/clang-tools/services.ts';
import { clangFormat } from '../../src/cli/internal/clang-format.ts';
import { clangTidy } from '../../src/cli/internal/clang-tidy.ts';
import type { FileId, Graph } from '../../src/graph/graph.ts';
import type { SetupState } from '../../src/store/setup/setup-state.ts';
import { type MemorySession, memorySession } from '../support/memory-session.ts';

const sources = {
  '/src/a.c': 'int  a;',
  '/src/sub/b.cpp': 'int  b;',
  '/src/sub/c.h': '',
  '/src/sub/text.txt': '',
  '/src/build/made.c': '',
};

/** Without git: all files there are. */
function place(files: Readonly<Record<string, string>>): MemorySession {
  return memorySession({ ...sources, ...files });
}

const root = { sourceRoot: '/src', buildRoot: '/src/build' };

test.each([
  ['all that are there', {}, ['a.c', 'sub/b.cpp', 'sub/c.h']],
  ['those included', { '/src/.clang-format-include': '# top\n*\n' }, ['a.c']],
  [
    'those of folders',
    { '/src/.clang-format-include': '**/*.h\nsub/*.cpp' },
    ['sub/b.cpp', 'sub/c.h'],
  ],
  ['without those ignored', { '/src/.clang-format-ignore': 'sub/*' }, ['a.c']],
])('a tool of clang works on the files of C and its kin: %s', (_what, files, expected) => {
  const { host } = place(files);
  const found = cLikeFiles(host, { tool: 'clang-format', ...root });
  expect(found.map((path) => path.slice('/src/'.length))).toEqual(expected);
});

test('files that git knows come first', () => {
  const { host } = place({});
  host.program('git', () => ({ stdout: 'sub/c.h\0gone.c\0' }));
  expect(cLikeFiles(host, { tool: 'clang-format', ...root })).toEqual(['/src/sub/c.h']);
});

test('clang-format lays files out and tells which; a check fails where it would', async () => {
  const { session, host, printed } = place({ '/src/.clang-format-include': '*.c' });
  host.program('clang-format-14', (run) => {
    if (run.argv.includes('--version')) return { stdout: 'Debian clang-format version 14.0.6' };
    if (run.argv.includes('--dry-run'))
      return { code: 1, stderr: 'a.c:1:4: error: code should be' };
    run.write('/src/a.c', 'int a;');
    return {};
  });
  const words = ['--color', 'always', '/src', '/src/build'];
  expect(await clangFormat(session, ['--check', ...words])).toBe(1);
  expect(printed()).toContain('--dry-run --Werror --color=1 -style=file -i /src/a.c');
  expect(await clangFormat(session, words)).toBe(0);
  expect(printed()).toBe('File reformatted:  /src/a.c\n');
});

test('clang-tidy looks at sources that are compiled, and its fixes are applied', async () => {
  const { session, host, printed } = place({
    '/src/build/meson-info/intro-targets.json': JSON.stringify([
      { target_sources: [{ sources: ['/src/a.c', '/src/build/made.c'] }, { linker: [] }] },
    ]),
  });
  host.program('clang-tidy', (run) => ({ stdout: `told of ${run.argv.at(-1)}\n` }));
  host.program('clang-apply-replacements', (run) =>
    run.argv.includes('--version') ? 'LLVM version 14.0.6' : run.argv.slice(1).join(' '),
  );
  expect(await clangTidy(session, ['--fix', '--color', 'never', '/src', '/src/build'])).toBe(0);
  const text = printed();
  expect(text).toMatch(/-quiet -p \/src\/build \/src\/a\.c\ntold of \/src\/a\.c\nApplying fix-its/);
  expect(text).toContain('\n-format -style=file /src/build/meson-private/clang-tidy-fix\n');
});

test.each([
  [[], [], []],
  [['.clang-format'], [], ['clang-format', 'clang-format-check']],
  [['_clang-tidy'], ['h.pch'], ['clang-tidy needs h.pch']],
  [['.clang-tidy'], ['h.gch'], []],
])(
  'with %j in the source and %j to be built there is to be asked for: %j',
  (settings, paths, expected) => {
    const { session, host } = place(
      Object.fromEntries(settings.map((name) => [`/src/${name}`, ''])),
    );
    for (const name of ['clang-format', 'clang-tidy']) host.program(name, () => ({}));
    const files = new Rows<FileId, string>();
    for (const path of paths) files.add(path);
    const state = { ...root, options: [], dist: { subprojectDir: 'subprojects' } };
    const found = clangServices(session, {
      // Nothing else of them is looked at.
      state: state as unknown as SetupState,
      graph: { files } as unknown as Graph,
    });
    const told = found.map(({ name, needs }) => [name, ...needs].join(' needs '));
    expect(told).toEqual(expected);
  },
);

test('why a tool of clang is not to be asked for is told', () => {
  const without = whyNoService(place({}).session, root, 'clang-format-check');
  expect(without).toBe('clang-format goes by a file .clang-format in /src, and there is none.');
  const { session } = place({ '/src/.clang-tidy': '' });
  expect(whyNoService(session, root, 'clang-tidy')).toBe('clang-tidy is not installed.');
  expect(whyNoService(session, root, 'app')).toBeUndefined();
});
