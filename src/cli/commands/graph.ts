import { posix } from 'node:path';
import { Option } from 'commander';
import { addAll } from '../../base/add-all.ts';
import { drawing, drawingAsDot } from '../../export/graph-drawing.ts';
import type { ActionId, FileId, Graph } from '../../graph/graph.ts';
import { openBuild } from '../build/open-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseFile } from '../terminal/refuse.ts';
import { flag, parseWords, text } from '../words/parse-words.ts';
import { goalsOf } from './compile.ts';

/** More than that may take minutes to lay out. */
const quicklyDrawn = 10_000;

/** `kaon graph [TARGET …]`: draws what targets are made of. */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const parsed = parseWords(
    session.terminal,
    {
      name: 'graph',
      summary: 'Draw what targets are made of.',
      define: (command) =>
        command
          .argument('[targets...]', 'Targets or files that are built; all when none is named')
          .option('-C <dir>', 'The build directory')
          .addOption(
            new Option('--format <format>', 'How to draw it')
              .choices(['dot', 'svg', 'json'])
              .default('dot'),
          )
          .option('--sources', 'Draw files that nothing makes, too')
          .option('-o, --output <file>', 'Write there instead of to standard output'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  // Standard output is the drawing's alone, though it may have to be set up anew first.
  const { printError } = session.terminal;
  const aside = { ...session.terminal, interactive: false, print: printError, write: printError };
  const where = { directory: text(options, 'C') };
  const opened = await openBuild({ ...session, terminal: aside }, where);
  if (!opened.ok) return opened.error;
  opened.value.release();
  const { graph } = opened.value;
  const goals = goalsOf(opened.value, operands.length === 0 ? ['all'] : operands);
  const start = startOf(graph, goals.ok ? goals.value : operands);
  if (start === undefined)
    return refuse(session, goals.ok ? 'Nothing of it is made.' : goals.error);
  const drawn = drawing(graph, { ...start, sources: flag(options, 'sources') });
  const format = text(options, 'format');
  const shown =
    format === 'json' ? `${JSON.stringify(drawn, undefined, 1)}\n` : drawingAsDot(drawn);
  if (format === 'svg' && drawn.nodes.length > quicklyDrawn && !session.json) {
    const some = 'name a target to draw less, or take --format dot.';
    session.terminal.printError(
      `kaon: to draw ${drawn.nodes.length} files may take minutes; ${some}`,
    );
  }
  const picture = format === 'svg' ? asSvg(session, shown) : { ok: true as const, value: shown };
  if (!picture.ok) return refuse(session, picture.error);
  const output = text(options, 'output');
  if (output === undefined) session.terminal.write(picture.value);
  else {
    const path = posix.resolve(session.host.system.workingDirectory, output);
    const written = session.host.files.replace(path, picture.value);
    if (!written.ok) return refuseFile(session, written.error);
  }
  return exitCodes.ok;
}

interface Start {
  readonly goals: readonly FileId[];
  readonly commands: readonly ActionId[];
}

function startOf(graph: Graph, names: readonly string[]): Start | undefined {
  const goals: FileId[] = [];
  const commands: ActionId[] = [];
  const wanted = new Set(names.filter((name) => !graph.goals.has(name)));
  for (const name of names) {
    const goal = graph.goals.get(name);
    addAll(goals, goal?.files ?? []);
    addAll(commands, goal?.actions ?? []);
  }
  for (const { outputs } of graph.actions.values()) {
    for (const output of outputs) if (wanted.delete(graph.files.get(output))) goals.push(output);
  }
  return goals.length + commands.length === 0 ? undefined : { goals, commands };
}

function asSvg({ host, home }: Session, dot: string) {
  const { ended, stdout, stderr } = host.processes.run({
    argv: ['node', `${home}/dist/draw-svg.js`],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
    input: dot,
  });
  if (ended.kind === 'exited' && ended.code === 0) return { ok: true as const, value: stdout };
  return { ok: false as const, error: `It cannot be drawn: ${stderr.trim() || ended.kind}` };
}
