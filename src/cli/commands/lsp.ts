import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { kaonVersion } from '../version.ts';
import { parseWords } from '../words/parse-words.ts';

/** `kaon lsp`: an editor speaks with us over standard input and output. */
export async function run({ host, terminal }: Session, words: readonly string[]): Promise<number> {
  const usage = {
    name: 'lsp',
    summary: 'Serve an editor with completion, diagnostics and more (language server protocol).',
    define: (command: Command) =>
      command.option('--stdio', 'Over standard input and output, as always'),
  };
  const parsed = parseWords(terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { connect } = await import('../../lsp/connect.ts');
  return connect(process, { disk: host.files, version: kaonVersion, pauseMs: 150 });
}
