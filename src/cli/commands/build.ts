import { quoteWords } from '../../base/shell-words.ts';
import { buildGraph } from '../build/build-graph.ts';
import { lastLine } from '../build/no-op.ts';
import { builtWords, upToDate } from '../build/no-op-words.ts';
import { openBuild } from '../build/open-build.ts';
import { asConfigured } from '../cargo/as-configured.ts';
import { defineCargoOptions } from '../cargo/cargo-words.ts';
import { builtGoals, defineBuiltWords, lackingFeatures } from '../cargo/crate-target-words.ts';
import { withMessages } from '../cargo/with-messages.ts';
import type { CommandEntry } from '../command.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { parseWords } from '../words/parse-words.ts';
import { buildRequest, defineBuildOptions, openRequest } from './compile.ts';

/** `kaon` alone: sets up if needed, builds, and says what next. */
export async function run(
  asked: Session,
  words: readonly string[],
  commands: readonly CommandEntry[] = [],
): Promise<number> {
  const start = asked.host.clock.monotonicMs();
  const parsed = parseWords(
    asked.terminal,
    {
      name: '',
      summary: 'Set up the project here if needed, and build it. `kaon help` lists all commands.',
      define: (command) => {
        command.usage('[options]').argument('[words...]');
        defineBuildOptions(command);
        defineCargoOptions(command);
        defineBuiltWords(command);
      },
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const [extra] = parsed.operands;
  if (extra !== undefined) return refuse(asked, notHere(extra, words, commands));
  const { options, ...configured } = asConfigured({ session: asked, options: parsed.options });
  const { session, messages } = withMessages(configured.session, options);
  const { host, terminal, json } = session;
  const opened = await openBuild(session, openRequest(options));
  if (!opened.ok) return opened.error;
  const { state, release } = opened.value;
  try {
    const goals = builtGoals(state, options);
    if (!goals.ok) {
      const unmet = lackingFeatures(host.files, state, options);
      return refuse(session, unmet ?? goals.error);
    }
    if (goals.value?.length === 0) {
      if (!json) terminal.print('WARNING: no targets matched; there is nothing to build');
      return exitCodes.ok;
    }
    const request = {
      ...buildRequest(options, session, state),
      ...(goals.value !== undefined && { goals: goals.value }),
      quiet: true,
      repeats: true,
      messages,
    };
    const { exitCode, ran } = await buildGraph(session, opened.value, request);
    if (json) return exitCode;
    if (exitCode === exitCodes.ok && request.silent !== true) {
      const built = builtWords(ran, host.clock.monotonicMs() - start);
      terminal.print(lastLine(state, ran === 0 ? upToDate : built));
    }
    return exitCode;
  } finally {
    release();
  }
}

/** A word behind options: often a command, as other tools take it there. */
function notHere(
  extra: string,
  words: readonly string[],
  commands: readonly CommandEntry[],
): string {
  const at = words.lastIndexOf(extra);
  const others = words.filter((_, index) => index !== at);
  const isCommand = commands.some(({ name }) => name === extra);
  return isCommand
    ? `A command stands before its options: kaon ${quoteWords([extra, ...others])}`
    : `'${extra}' is no option. A target is built by: kaon compile ${quoteWords([...others, extra])}`;
}
