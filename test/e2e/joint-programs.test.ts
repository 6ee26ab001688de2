import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { rememberAnswers } from '../../src/host/remember-answers.ts';
import { linksByFiles } from '../../src/toolchains/checks/library-files.ts';
import { processMemory } from '../../src/toolchains/checks/memory.ts';
import { startLinks } from '../../src/toolchains/checks/sources.ts';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { codeOnInput } from '../../src/toolchains/gnu/code-on-input.ts';
import { detectRequest } from '../support/stand-in-compilers.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaon-joint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compilers = ['gcc', 'clang'].filter((name) => spawnSync(name, ['--version']).status === 0);

function checkerOf(compiler: string, language = 'c') {
  const host = rememberAnswers(nodeHost(), { folder: join(folder, compiler) });
  const found = detectToolchain(host, detectRequest(language, { [language]: [compiler] }));
  if (!found.ok) throw new Error(found.error.message);
  return {
    ...{ host, family: familyOf(found.value), scratch: join(folder, 'checks') },
    ...{ compileArgs: [], linkArgs: [], runner: [], property: () => undefined },
    memory: processMemory(),
  };
}

/** What a compiler says of a program that it links alone. */
function linksAlone(compiler: string, code: string, args: readonly string[] = []): boolean {
  const words = codeOnInput('c', ['-o', '/dev/null', '-O0', ...args]);
  return spawnSync(compiler, words, { input: code }).status === 0;
}

const includes = '#define _GNU_SOURCE\n#include <stdio.h>\n#include <string.h>\n';
const programs = [
  'int main(void) { return puts("a"); }',
  'static int f(void) { return 1; }\nint main(void) { return f(); }',
  'static char *f(char *p) { return p; }\nint main(void) { return f("") == 0; }',
  'int main(void) { return nowhere; }',
  'int main(void) { return f(); }',
  'int undeclared_anywhere(void);\nint main(void) { return undeclared_anywhere(); }',
  'static int puts(int x) { return x; }\nint main(void) { return puts(1); }',
  'static int EOF(void) { return 1; }\nint main(void) { return 0; }',
  'int main(void) { return kaon_one; }',
  'int main(void) { return 0; ',
  'struct kaon_foreign g;\nint main(void) { return 0; }',
  'int x;\nint main(void) { return x + strlen("a"); }',
  'int main(void) { struct kaon_foreign y; return y.kaon_one; }',
].map((body) => includes + body);

test.each(compilers)(
  '%s says the same of programs beside each other as of each alone',
  (compiler) => {
    const checker = checkerOf(compiler);
    // The first tells of the libraries.
    for (const round of [programs.slice(0, 1), programs]) {
      const started = round.map((code) => startLinks(checker, { kind: 'code', code }));
      const answers = started.map((each) => each.finish().value);
      expect(answers).toEqual(round.map((code) => linksAlone(compiler, code)));
    }
  },
);

test('what is linked with each program of C++ is there for programs tried together', ({ skip }) => {
  if (spawnSync('g++', ['--version']).status !== 0) skip('needs g++');
  const checker = checkerOf('g++', 'cpp');
  const programs = ['sin', 'cos'].map(
    (name) => `#include <math.h>\nint main(int c, char **) { return (int) ${name}((double) c); }`,
  );
  const started = programs.map((code) => startLinks(checker, { kind: 'code', code }));
  expect(started.map((each) => each.finish().value)).toEqual([true, true]);
});

test.each(compilers)('%s links with the libraries that files tell it will', (compiler) => {
  const checker = checkerOf(compiler);
  for (const name of ['c', 'm', 'pthread', 'dl', 'gcc_s', 'stdc++', 'kaon-has-no-such']) {
    const told = linksByFiles(checker, name);
    const code = 'int main(void) { return 0; }';
    if (told !== undefined)
      expect([name, told]).toEqual([name, linksAlone(compiler, code, [`-l${name}`])]);
  }
});
