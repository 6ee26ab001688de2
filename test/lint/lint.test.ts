import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lint } from '../../src/lint/lint.ts';
import { projectRoot } from '../../src/lint/project-files.ts';
import { scanProject } from '../../src/lint/scan.ts';
import { fuzzCase } from '../fuzz/fuzz.ts';
import { ownProjects } from '../fuzz/seeds.ts';
import type { MemoryFiles } from '../support/memory-files.ts';
import { lintText, projectOf } from './lint-text.ts';

test('a comment switches a rule off, for its line, the next, or the file', () => {
  expect(
    lintText('a = 1 # kaon-lint: disable=unused-variable\n# kaon-lint: disable=all\nb = 1\nc = 1'),
  ).toEqual(['meson.build:5: WARNING: Variable "c" is never used. [unused-variable]']);
  expect(lintText('# kaon-lint: disable-file=unused-variable, deprecated\na = 1\nb = 1')).toEqual(
    [],
  );
});

test('what stands in place of something deprecated is told in one sentence, however it is worded', () => {
  const project = projectOf("project('p', meson_version: '>=1.0')\nmeson.source_root()");
  expect(lint(project).flatMap(({ diagnostic }) => diagnostic.hints)).toEqual([
    'Use meson.project_source_root() or meson.global_source_root().',
  ]);
});

test('of a broken file only its errors are told', () => {
  expect(lintText('x = (1\ny = 2\nfoo()')).toEqual([
    'meson.build:3:0: ERROR: Expecting rparen got id. [syntax]',
  ]);
});

test('the project of a file is the nearest above that begins with project()', () => {
  const { disk } = projectOf({ 'meson.build': "project('p')", 'a/b/meson.build': 'x = 1' });
  expect(projectRoot(disk, '/project/a/b/meson.build')).toBe('/project');
  expect(projectRoot(disk, '/elsewhere')).toBe(undefined);
});

test('no text makes lint throw, and what it says lies in the text', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (at) => {
      const { project } = fuzzCase(ownProjects, 5, at);
      for (const { file, diagnostic } of lint(projectOf(project))) {
        const span = diagnostic.place?.span;
        if (span !== undefined) expect(span.end).toBeLessThanOrEqual(file.source.text.length);
      }
    }),
    { numRuns: 200 },
  );
});

test('folders that links lead round to are gone through once', () => {
  const project = projectOf({
    'meson.build': "subdir(run_command('where').stdout())\n",
    'deep/meson.build': 'x = 1\n',
  });
  const disk = project.disk as MemoryFiles; // which `projectOf` makes
  disk.symlink('.', '/project/around');
  disk.symlink('..', '/project/deep/back');
  const { files } = scanProject(project);
  expect(files.map(({ folder }) => folder).sort()).toEqual(['', 'deep']);
});
