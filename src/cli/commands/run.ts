import { quoteWords } from '../../base/shell-words.ts';
import { buildGraph } from '../build/build-graph.ts';
import { openBuild } from '../build/open-build.ts';
import { chosenBinary, chosenExample, chosenTarget, commandOf } from '../build/runnable.ts';
import { defineCargoOptions } from '../cargo/cargo-words.ts';
import { withMessages } from '../cargo/with-messages.ts';
import { exitCodes, passedOn, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { parseWords, text } from '../words/parse-words.ts';
import { buildRequest, defineBuildOptions, openRequest } from './compile.ts';

/** `kaon run [OPTIONS] [TARGET] [-- ARGUMENT …]` */
export async function run(asked: Session, words: readonly string[]): Promise<number> {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  const parsed = parseWords(
    asked.terminal,
    {
      name: 'run',
      summary:
        'Build a program and run it. What stands behind `--` is for the program, and with --bin or --example all words.',
      define: (command) => {
        command.usage('[options] [target] [-- arguments...]');
        command.argument('[words...]', 'A program or run target; the only program when not given');
        command.option('--bin <name>', 'The program of a Cargo workspace');
        command.option('--example <name>', 'The example of a Cargo workspace');
        defineBuildOptions(command);
        defineCargoOptions(command);
      },
    },
    own,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const { session, messages } = withMessages(asked, options);
  const bin = text(options, 'bin');
  const example = text(options, 'example');
  if (bin !== undefined && example !== undefined)
    return refuse(session, 'one program can be run: --bin and --example name two');
  const isNamed = bin !== undefined || example !== undefined;
  const [name, ...others] = isNamed ? [] : operands;
  if (others.length > 0)
    return refuse(session, `'${others[0]}': what is for the program stands behind \`--\``);
  const opened = await openBuild(session, openRequest(options));
  if (!opened.ok) return opened.error;
  try {
    const target =
      example !== undefined
        ? chosenExample(session, opened.value, example)
        : bin !== undefined
          ? chosenBinary(session, opened.value, bin)
          : chosenTarget(session, opened.value, name);
    if (!target.ok) return refuse(session, target.error);
    const request = {
      ...buildRequest(options, session, opened.value.state),
      goals: target.value.goals,
      quiet: true,
      messages,
    };
    const built = await buildGraph(session, opened.value, request);
    if (built.exitCode !== exitCodes.ok || target.value.outputs.length === 0) {
      return built.exitCode;
    }
    opened.value.release();
    const more = [...(isNamed ? operands : []), ...(end === -1 ? [] : words.slice(end + 1))];
    return await runProgram(session, commandOf(session, opened.value, { ...target.value, more }));
  } finally {
    opened.value.release();
  }
}

async function runProgram(
  { host, terminal }: Session,
  command: ReturnType<typeof commandOf>,
): Promise<number> {
  const { argv } = command;
  const child = host.processes.spawn({ ...command, terminal: true });
  const { ended } = await child.done;
  if (ended.kind === 'exited') return passedOn(ended.code);
  const why = ended.kind === 'not-started' ? ended.reason : 'it was killed';
  terminal.printError(`kaon: ${quoteWords(argv)}: ${why}`);
  return exitCodes.failed;
}
