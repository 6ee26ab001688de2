import type { Session } from '../session.ts';

/** What a tool of clang's is started with as an internal command: `[--OPTION] --color WHEN SOURCE BUILD`. */
export interface ToolWords {
  readonly option: string | undefined;
  readonly colored: boolean;
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/** Reads the words that kaon gives `kaon internal` for clang's tools. */
export function toolWords({ terminal }: Session, words: readonly string[]): ToolWords {
  const at = words.indexOf('--color');
  const color = words[at + 1];
  const [sourceRoot = '', buildRoot = ''] = words.slice(at + 2);
  return {
    option: at > 0 ? words[0] : undefined,
    colored: color === 'always' || (color === 'auto' && terminal.interactive),
    sourceRoot,
    buildRoot,
  };
}
