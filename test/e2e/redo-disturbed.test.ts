import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pause, processesWith, start } from '../soak/support/running.ts';
import { bin } from './support/kaon.ts';
import { type Project, project, told } from './support/project.ts';
import { expectBuilt, hasRedo, isRedone } from './support/redo.ts';

const part = (word: string) =>
  `#include "both.h"\nconst char *part(void) { return "${word} " BOTH; }\n`;
const both = (word: string) => `#define BOTH "${word}"\nconst char *part(void);\n`;

/** A compiler that does what the file `hook` says, with `before` and `after`. */
const compiler = `#!/bin/sh
hook=\${0%/*}/hook
[ ! -f "$hook" ] || sh "$hook" before
cc "$@"
status=$?
[ ! -f "$hook" ] || sh "$hook" after
exit $status
`;

/** A project whose `part.c` was edited, so that the next edit is built without node. */
async function edited(flags = ''): Promise<Project> {
  const made = project({
    'meson.build': `project('disturbed', 'c')\npart = static_library('part', 'part.c', c_args: [${flags}])\nexecutable('tool', 'tool.c', link_with: part)\n`,
    'both.h': both('first'),
    'part.c': part('one'),
    'tool.c':
      '#include <stdio.h>\n#include "both.h"\nint main(void) { printf("%s, %s\\n", part(), BOTH); return 0; }\n',
    'cc.sh': compiler,
  });
  chmodSync(`${made.folder}/cc.sh`, 0o755);
  const env = { CC: `${made.folder}/cc.sh` };
  expect(made.kaon(['setup', 'build'], { env }).status).toBe(0);
  expectBuilt(made);
  await edit(made, 'two');
  expect(isRedone(made)).toBe(false);
  return made;
}

/** Edits and builds; the hook of the compiler, if any, has its effect in this build only. */
async function edit(made: Project, word: string, hook?: string): Promise<string> {
  made.write('part.c', part(word));
  if (hook !== undefined) made.write('hook', hook);
  await pause(30);
  const said = told(made.kaon([]));
  rmSync(`${made.folder}/hook`, { force: true });
  return said;
}

/** What the program says, as it lies there. */
const output = (made: Project): string =>
  execFileSync(`${made.folder}/build/tool`, { encoding: 'utf8' });

test.runIf(hasRedo)('a header that is another one for a moment of the compilation', async () => {
  const made = await edited();
  const header = `${made.folder}/both.h`;
  made.write('both.next', both('other'));
  const hook = `cd '${made.folder}'
case $1 in
before) cp both.h both.kept && cp both.next both.h ;;
after) mv both.kept both.h ;;
esac
`;
  await edit(made, 'three', hook);
  expect(readFileSync(header, 'utf8')).toBe(both('first'));
  expect(told(made.kaon([]))).toMatch(/up to date|built/);
  expect(output(made)).toBe('three first, first\n');
  // The same without: it is redone.
  await edit(made, 'four');
  await edit(made, 'five');
  expect(isRedone(made)).toBe(true);
  expect(output(made)).toBe('five first, first\n');
});

test.runIf(hasRedo)('an edit while it is compiled is built by the next', async () => {
  const made = await edited();
  const source = `${made.folder}/part.c`;
  made.write('part.next', part('later'));
  await edit(made, 'three', `[ $1 = before ] || cp '${made.folder}/part.next' '${source}'\n`);
  expect(isRedone(made)).toBe(true);
  expect(output(made)).toBe('three first, first\n');
  await pause(30);
  expect(told(made.kaon([]))).toContain('built');
  expect(output(made)).toBe('later first, first\n');
  expect(told(made.kaon(['why']))).toContain('Nothing would be built');
});

test.runIf(hasRedo)('what reads another header than before is compiled once', async () => {
  const made = await edited();
  // Done without node already, all of it.
  await edit(made, 'between');
  expect(isRedone(made)).toBe(true);
  made.write('more.h', '#define MORE " more"\n');
  made.write('part.c', `#include "more.h"\n${part('three').replace('BOTH;', 'BOTH MORE;')}`);
  made.write('hook', `echo $1 >>'${made.folder}/ran'\n`);
  await pause(60);
  expect(told(made.kaon([]))).toContain('disturbed built');
  // That, and the linker, which is the compiler too.
  expect(made.read('ran')).toBe('before\nafter\nbefore\nafter\n');
  expect(output(made)).toBe('three first more, first\n');
  expect(told(made.kaon([]))).toContain('up to date');
  made.write('more.h', '#define MORE " much more"\n');
  await pause(60);
  expect(told(made.kaon([]))).toContain('disturbed built');
  expect(output(made)).toBe('three first much more, first\n');
  expect(told(made.kaon(['why']))).toContain('Nothing would be built');
});

test.runIf(hasRedo)('an object that someone compiled by hand is not taken for linked', async () => {
  const made = await edited();
  made.write('part.c', part('three'));
  const object = 'libpart.a.p/part.c.o';
  const commands: { command: string; output: string }[] = JSON.parse(
    made.read('build/compile_commands.json'),
  );
  const command = commands.find((each) => each.output === object)?.command ?? 'false';
  execFileSync('sh', ['-c', command], { cwd: `${made.folder}/build` });
  await pause(30);
  expect(told(made.kaon([]))).toContain('disturbed built');
  expect(isRedone(made)).toBe(true);
  expect(output(made)).toBe('three first, first\n');
});

test.runIf(hasRedo)('what is left for redo speaks of the setup that it was left in', async () => {
  const made = await edited();
  const more = (word: string) =>
    `#include "both.h"\n#ifndef MORE\n#define MORE "none"\n#endif\nconst char *part(void) { return MORE " ${word}"; }\n`;
  made.write('part.c', more('three'));
  await pause(30);
  expect(told(made.kaon([]))).toContain('built');
  expect(isRedone(made)).toBe(true);
  const path = `${made.folder}/build/meson-private/kaon-noop/redo`;
  const before = readFileSync(path);
  expect(made.kaon(['configure', 'build', `-Dc_args=['-DMORE="more"']`]).status).toBe(0);
  expect(made.kaon([]).status).toBe(0);
  expect(told(made.kaon([]))).toContain('up to date');
  expect(output(made)).toBe('more three, first\n');
  // As if kaon had died before it could renew this.
  writeFileSync(path, before);
  made.write('part.c', more('four'));
  await pause(30);
  expect(told(made.kaon([]))).toContain('built');
  expect(output(made)).toBe('more four, first\n');
});

test.runIf(hasRedo)('a damaged word of what is to be done is not believed', async () => {
  const made = await edited(`'-DWORD="good"'`);
  const path = `${made.folder}/build/meson-private/kaon-noop/redo`;
  const text = readFileSync(path, 'latin1');
  expect(text).toContain('-DWORD="good"');
  writeFileSync(path, text.replace('-DWORD="good"', '-DWORD="evil"'), 'latin1');
  made.write('part.c', '#include "both.h"\nconst char *part(void) { return WORD; }\n');
  await pause(30);
  expect(told(made.kaon([]))).toContain('built');
  expect(output(made)).toBe('good, first\n');
});

test.runIf(hasRedo)('nobody need listen, and no output need be there', async () => {
  const made = await edited();
  for (const [at, where] of ['>&- <&- 2>&-', '>/dev/full'].entries()) {
    made.write('part.c', part(`word ${at}`));
    await pause(30);
    execFileSync('sh', ['-c', `'${bin}' ${where} || true`], { cwd: made.folder, stdio: 'ignore' });
    expect(output(made)).toBe(`word ${at} first, first\n`);
  }
  expect(told(made.kaon(['why']))).toContain('Nothing would be built');
});

test.runIf(hasRedo)('whoever kills kaon ends what its compiler started', async () => {
  for (const [signal, whom] of [
    ['SIGKILL', 'group'],
    ['SIGKILL', 'it'],
    ['SIGTERM', 'it'],
    ['SIGINT', 'group'],
  ] as const) {
    const made = await edited();
    const mark = `KAON_TEST_MARK=${process.pid}-${signal}-${whom}`;
    // Something that outlives the compiler, and does not end when it is asked to.
    made.write('hook', `trap '' TERM INT\ntouch '${made.folder}/runs'\nsleep 30 &\nwait\n`);
    made.write('part.c', part('three'));
    await pause(30);
    const [name = '', value = ''] = mark.split('=');
    const running = start([], made.folder, { [name]: value });
    while (!existsSync(`${made.folder}/runs`)) await pause(10);
    expect(isRedone(made)).toBe(false);
    const askedAt = performance.now();
    running.kill(signal, whom);
    while (processesWith(mark).length > 0 && performance.now() - askedAt < 5000) await pause(10);
    expect(performance.now() - askedAt, `${signal} to ${whom}`).toBeLessThan(2500);
    rmSync(`${made.folder}/hook`);
    expect(made.kaon([]).status).toBe(0);
    expect(output(made)).toBe('three first, first\n');
  }
});
