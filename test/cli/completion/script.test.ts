import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { completionScript, shells } from '../../../src/cli/completion/script.ts';

const commands = [
  { name: 'compile', summary: "Build what's there" },
  { name: 'clean', summary: 'Remove' },
];

test('each script names all commands', () => {
  for (const shell of shells) {
    const script = completionScript(shell, commands);
    for (const { name } of commands) expect(script).toContain(name);
  }
});

test('bash completes commands, and targets of the build directory', () => {
  const kaon = `kaon() { printf '        "name": "prog",\\n            "name": "inner",\\n'; }`;
  const complete = (words: string): string =>
    execFileSync(
      'bash',
      [
        '-c',
        `${kaon}\n${completionScript('bash', commands)}
COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _kaon; echo "\${COMPREPLY[@]}"`,
      ],
      {
        encoding: 'utf8',
      },
    );
  expect(complete('kaon c')).toBe('compile clean\n');
  expect(complete('kaon compile p')).toBe('prog\n');
});
