import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { completionScript, type shells } from '../../../src/cli/completion/script.ts';

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** A kaon that says what a line gives, in the place of the real one. */
const answers: Readonly<Record<string, string>> = {
  'kaon c': 'compile\\tBuild it\\nclean\\tRemove it',
  'kaon setup -Dbuildtype=de': '-Dbuildtype=debug\\n-Dbuildtype=debugoptimized',
  'kaon run g': 'gen it\\texecutable',
  'kaon compile ': 'prog\\texecutable\\nlib\\tshared library',
};

const posix = `kaon() { case "$3" in ${Object.entries(answers)
  .map(([line, words]) => `'${line}') printf '%b\\n' '${words}' ;;`)
  .join(' ')} esac; }`;

/** What a shell offers at the end of a line. */
const offers: Readonly<Record<(typeof shells)[number], (line: string) => readonly string[]>> = {
  bash: (line) => {
    const words = line.split(/(?<=[ =])|(?=[ =])/).filter((word) => word !== ' ');
    if (line.endsWith(' ')) words.push('');
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `${posix}
${completionScript('bash')}
COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1}
_kaon; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run('bash', ['-c', script]);
  },
  zsh: (line) => {
    const script = `${posix}
_describe() { local -a list=("\${(@P)3}"); print -l -- \${list%%:*} }
compadd() { shift 3; print -l -- "$@" }
${completionScript('zsh')}
words=(${line.trimEnd()}) PREFIX='${line.split(' ').at(-1)}'; [[ -z $PREFIX ]] && words+=('')
CURRENT=$#words; _kaon`;
    return run('zsh', ['-f', '-c', script]);
  },
  fish: (line) => {
    const cases = Object.entries(answers).map(
      ([at, words]) => `case '${at}'\nprintf '%b\\n' '${words}'`,
    );
    const script = `function kaon; switch "$argv[3]"\n${cases.join('\n')}\nend; end
${completionScript('fish')}
complete -C '${line}'`;
    return run('fish', ['--no-config', '-c', script]).map((each) => each.replace(/\t.*/, ''));
  },
};

function run(shell: string, words: readonly string[]): readonly string[] {
  return execFileSync(shell, words, { encoding: 'utf8' }).trim().split('\n');
}

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  test.skipIf(!has(shell))(`${shell} completes commands, options with values, and targets`, () => {
    const offered = offers[shell];
    expect(offered('kaon c').toSorted()).toEqual(['clean', 'compile']);
    expect(offered('kaon compile ').toSorted()).toEqual(['lib', 'prog']);
    // Bash has cut the line at the equal sign.
    const prefix = shell === 'bash' ? '' : '-Dbuildtype=';
    expect(offered('kaon setup -Dbuildtype=de')).toEqual([
      `${prefix}debug`,
      `${prefix}debugoptimized`,
    ]);
  });
}

test.skipIf(!has('bash'))('bash gets a name with a space as one word', () => {
  expect(offers.bash('kaon run g')).toEqual(['gen\\ it']);
});
