import { err, ok, type Result } from '../../base/result.ts';
import { quoteWords } from '../../base/shell-words.ts';
import { buildGraph } from '../build/build-graph.ts';
import { type Opened, openBuild } from '../build/open-build.ts';
import {
  chosenBinary,
  chosenExample,
  chosenTarget,
  commandOf,
  isKnown,
  onlyProgram,
  type Runnable,
} from '../build/runnable.ts';
import { asConfigured } from '../cargo/as-configured.ts';
import { defineCargoOptions } from '../cargo/cargo-words.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import { withMessages } from '../cargo/with-messages.ts';
import { exitCodes, passedOnEnd, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { collect, parseWords, texts } from '../words/parse-words.ts';
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
        'Build a program and run it. What stands behind `--` is for the program; with --bin or --example, and in a Cargo workspace where they name nothing, all words.',
      define: (command) => {
        command.usage('[options] [target] [-- arguments...]');
        command.argument('[target...]', 'A program or run target; the only program when not given');
        command.option('--bin <name>', 'The program of a Cargo workspace', collect);
        command.option('--example <name>', 'The example of a Cargo workspace', collect);
        defineBuildOptions(command);
        defineCargoOptions(command);
      },
    },
    own,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { operands } = parsed;
  const { options, ...configured } = asConfigured({ session: asked, options: parsed.options });
  const { session, messages } = withMessages(configured.session, options);
  const [bins, examples] = [texts(options, 'bin'), texts(options, 'example')];
  if (bins.length + examples.length > 1)
    return refuse(session, severalWanted([...bins, ...examples]));
  const wanted = { bin: bins[0], example: examples[0], operands };
  const opened = await openBuild(session, { ...openRequest(options), membersOnly: true });
  if (!opened.ok) return opened.error;
  try {
    const meant = meantBy(session, opened.value, wanted);
    if (!meant.ok) return refuse(session, meant.error);
    const { target, forProgram } = meant.value;
    const request = {
      ...buildRequest(options, session, opened.value.state),
      goals: target.goals,
      quiet: true,
      messages,
    };
    const built = await buildGraph(session, opened.value, request);
    if (built.exitCode !== exitCodes.ok || target.outputs.length === 0) return built.exitCode;
    opened.value.release();
    const more = [...forProgram, ...(end === -1 ? [] : words.slice(end + 1))];
    return await runProgram(session, commandOf(session, opened.value, { ...target, more }));
  } finally {
    opened.value.release();
  }
}

interface Wanted {
  readonly bin: string | undefined;
  readonly example: string | undefined;
  readonly operands: readonly string[];
}

function severalWanted(names: readonly string[]): string {
  const each = names.map((name) => `\`${name}\``).join(', ');
  return `\`kaon run\` can run at most one executable, but multiple were specified: ${each}`;
}

/** What is to be run, and the words that are for it: as with Cargo, in its workspaces those that name nothing. */
function meantBy(
  session: Session,
  opened: Opened,
  { bin, example, operands }: Wanted,
): Result<{ readonly target: Runnable; readonly forProgram: readonly string[] }, string> {
  const asked = (target: Result<Runnable, string>, forProgram: readonly string[]) =>
    target.ok ? ok({ target: target.value, forProgram }) : target;
  if (example !== undefined) return asked(chosenExample(session, opened, example), operands);
  if (bin !== undefined) return asked(chosenBinary(session, opened, bin), operands);
  const [name, other] = operands;
  if (name === undefined) return asked(onlyProgram(session, opened), []);
  const isMeson = isMesonProject(session.host.files, opened.state.sourceRoot);
  if (!isMeson && !isKnown(session, opened, name)) {
    const only = onlyProgram(session, opened);
    if (only.ok) return asked(only, operands);
  }
  return other === undefined
    ? asked(chosenTarget(session, opened, name), [])
    : err(`'${other}': what is for the program stands behind \`--\``);
}

async function runProgram(
  { host, terminal }: Session,
  command: ReturnType<typeof commandOf>,
): Promise<number> {
  const { argv } = command;
  const child = host.processes.spawn({ ...command, terminal: true });
  const { ended } = await child.done;
  const tell = (why: string) => terminal.printError(`kaon: ${quoteWords(argv)}: ${why}`);
  if (ended.kind === 'not-started') {
    tell(ended.reason);
    return exitCodes.failed;
  }
  if (ended.kind === 'killed') tell(`killed by ${ended.signal}`);
  return passedOnEnd(ended);
}
