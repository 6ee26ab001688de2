import { buildGraph } from '../build-graph.ts';
import { defineCargoOptions } from '../cargo-words.ts';
import { lastLine } from '../no-op.ts';
import { builtWords, upToDate } from '../no-op-words.ts';
import { openBuild } from '../open-build.ts';
import { parseWords } from '../parse-words.ts';
import { exitCodes, type Session } from '../session.ts';
import { buildRequest, defineBuildOptions, openRequest } from './compile.ts';

/** `kaon` alone: sets up if needed, builds, and says what next. */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { host, terminal, json } = session;
  const start = host.clock.monotonicMs();
  const parsed = parseWords(
    terminal,
    {
      name: '',
      summary: 'Set up the project here if needed, and build it. `kaon help` lists all commands.',
      define: (command) => {
        defineBuildOptions(command);
        defineCargoOptions(command);
      },
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const opened = await openBuild(session, openRequest(parsed.options));
  if (!opened.ok) return opened.error;
  const { state, release } = opened.value;
  try {
    const request = { ...buildRequest(parsed.options), quiet: true, repeats: true };
    const { exitCode, ran } = await buildGraph(session, opened.value, request);
    if (json) return exitCode;
    if (exitCode === exitCodes.ok) {
      const built = builtWords(ran, host.clock.monotonicMs() - start);
      terminal.print(lastLine(state, ran === 0 ? upToDate : built));
    }
    return exitCode;
  } finally {
    release();
  }
}
