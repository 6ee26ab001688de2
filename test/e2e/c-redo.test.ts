import { readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Project, project, told } from './support/project.ts';
import { expectBuilt, hasRedo, isRedone, output, settledBuild } from './support/redo.ts';

const library = (word: string) =>
  `#include "part.h"\nconst char *part(void) { return "${word}"; }\n`;
const program = (word: string) =>
  `#include <stdio.h>\n#include "part.h"\nint main(void) { printf("${word} %s\\n", part()); return 0; }\n`;

async function built(): Promise<Project> {
  const made = project({
    'meson.build':
      "project('edits', 'c', default_options: ['warning_level=1'])\npart = static_library('part', 'part.c')\nexecutable('tool', 'tool.c', link_with: part)\n",
    'part.h': 'const char *part(void);\n',
    'part.c': library('one'),
    'tool.c': program('first'),
  });
  expectBuilt(made);
  return made;
}

/** Edits a source and builds. */
async function edit(made: Project, name: string, text: string): Promise<string> {
  made.write(name, text);
  return await settledBuild(made);
}

test.runIf(hasRedo)('a source that is edited again is built without node', async () => {
  const made = await built();
  const steps = (said: string) => said.match(/^\[.*$/gm);
  expect(steps(await edit(made, 'part.c', library('two')))).toHaveLength(3);
  expect(isRedone(made)).toBe(false);
  for (const word of ['three', 'four']) {
    expect(await edit(made, 'part.c', library(word))).toMatch(
      /^\[1\/3\] Compiling C object libpart\.a\.p\/part\.c\.o\n\[2\/3\] Linking static target libpart\.a\n\[3\/3\] Linking target tool\nedits built, 3 actions in [\d.]+ s\. Next: /,
    );
    expect(isRedone(made)).toBe(true);
    expect(told(made.kaon([]))).toContain('up to date');
  }
  // Another source; the first is still known.
  await edit(made, 'tool.c', program('second'));
  expect(await edit(made, 'tool.c', program('third'))).toContain('edits built, 2 actions');
  expect(isRedone(made)).toBe(true);
  expect(await edit(made, 'part.c', library('five'))).toContain('edits built, 3 actions');
  expect(isRedone(made)).toBe(true);
  // The log hears of it: nothing is done once more, also where node is asked.
  expect(await settledBuild(made, ['why'])).toContain('Nothing would be built');
  expect(isRedone(made)).toBe(false);
  expect(output(made)).toBe('third five\n');
});

test.runIf(hasRedo)('kaon compile says of that what it says of any build', async () => {
  const made = await built();
  const compile = async (text: string): Promise<string> => {
    made.write('tool.c', text);
    return await settledBuild(made, ['compile']);
  };
  const byNode = await compile(program('second'));
  expect(isRedone(made)).toBe(false);
  const without = await compile(program('third'));
  expect(isRedone(made)).toBe(true);
  const plain = (said: string) => said.replace(/[\d.]+ s\.$/m, 'T s.');
  expect(plain(without)).toBe(plain(byNode));
  expect(without).toMatch(
    /^\[1\/2\] [^\n]+\n\[2\/2\] Linking target tool\nBuilt: 2 actions in [\d.]+ s\.\n$/,
  );
  const warned = await compile(`${program('fourth')}static void unused(void) {}\n`);
  expect(isRedone(made)).toBe(true);
  expect(warned).toContain('unused');
  expect(warned).toMatch(/\nBuilt: 2 actions in [\d.]+ s\.\n$/);
  expect(await settledBuild(made, ['compile'])).toBe('Nothing to do: everything is up to date.\n');
});

test.runIf(hasRedo)('what comes out as it was is not linked again', async () => {
  const made = await built();
  await edit(made, 'part.c', library('two'));
  expect(await edit(made, 'part.c', `${library('two')}// the end\n`)).toContain(
    'edits built, 1 action',
  );
  expect(isRedone(made)).toBe(true);
  expect(told(made.kaon([]))).toContain('up to date');
  // What the source held before comes from the cache, which node knows.
  expect(await edit(made, 'part.c', library('one'))).toMatch(/edits built, 3 actions/);
  expect(isRedone(made)).toBe(false);
  expect(output(made)).toBe('first one\n');
});

test.runIf(hasRedo)('errors and warnings are told as ever', async () => {
  const made = await built();
  await edit(made, 'part.c', library('two'));
  const warned = await edit(made, 'part.c', `${library('three')}static void unused(void) {}\n`);
  expect(warned).toMatch(/^\[1\/3\] Compiling C object/);
  expect(warned).toContain('unused');
  expect(warned).toMatch(/edits built, 3 actions/);
  for (let time = 0; time < 2; time++) {
    const failed = await edit(made, 'part.c', `${library('three')}nonsense\n`);
    expect(failed).toContain('FAILED');
    expect(failed.match(/nonsense/g)?.length).toBeGreaterThan(0);
    expect(made.kaon([]).status).toBe(1);
  }
  expect(await edit(made, 'part.c', library('four'))).toMatch(/edits built, 3 actions/);
  expect(output(made)).toBe('first four\n');
  // The compiler is content, the linker is not.
  for (let time = 0; time < 2; time++) {
    const failed = await edit(made, 'part.c', `#include "part.h"\nint other${time};\n`);
    expect(failed).toMatch(/FAILED: Linking target tool.*\ncd build && cc /);
    expect(failed).toContain('undefined reference');
    expect(made.kaon([]).status).toBe(1);
  }
  expect(await edit(made, 'part.c', library('six'))).toMatch(/edits built/);
  expect(output(made)).toBe('first six\n');
  expect(await settledBuild(made, ['why'])).toContain('Nothing would be built');
});

test.runIf(hasRedo)('what reads another file, or was lost, is seen', async () => {
  const made = await built();
  await edit(made, 'part.c', library('two'));
  made.write('more.h', '#define MORE "more"\n');
  await edit(made, 'part.c', `#include "more.h"\n${library('" MORE "')}`);
  await edit(made, 'more.h', '#define MORE "much more"\n');
  expect(output(made)).toBe('first much more\n');
  // That header is read by one source only.
  await edit(made, 'more.h', '#define MORE "most"\n');
  expect(isRedone(made)).toBe(true);
  expect(output(made)).toBe('first most\n');
  for (const lost of ['tool', 'libpart.a', 'libpart.a.p']) {
    rmSync(`${made.folder}/build/${lost}`, { recursive: true });
    expect(await edit(made, 'more.h', `#define MORE "no ${lost}"\n`)).toContain('edits built');
    expect(output(made)).toBe(`first no ${lost}\n`);
  }
  // Touched only, and written over by someone else.
  await edit(made, 'more.h', readFileSync(`${made.folder}/more.h`, 'utf8'));
  expect(await settledBuild(made)).toContain('up to date');
  made.write('build/libpart.a', 'nothing');
  await edit(made, 'more.h', '#define MORE "last"\n');
  expect(output(made)).toBe('first last\n');
  expect(await settledBuild(made, ['why'])).toContain('Nothing would be built');
});
