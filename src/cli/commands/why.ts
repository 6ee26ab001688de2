import { posix } from 'node:path';
import { type BuildContext, buildContext } from '../../exec/build-context.ts';
import { planGoals } from '../../exec/run-build.ts';
import { renderGraphFault, renderWhy } from '../../exec/why/render-why.ts';
import type { ActionId } from '../../graph/graph.ts';
import { openBuild } from '../build/open-build.ts';
import { openInput } from '../build/open-input.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { parseWords, text } from '../words/parse-words.ts';
import { goalsOf } from './compile.ts';

/** `kaon why TARGET|OUTPUT` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { terminal, json } = session;
  const parsed = parseWords(
    terminal,
    {
      name: 'why',
      summary: 'Tell why a target or file would be built again.',
      define: (command) =>
        command
          .argument('[targets...]', 'Targets or files that are built; all when none is named')
          .option('-C <dir>', 'The build directory'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const opened = await openBuild(session, { directory: text(parsed.options, 'C') });
  if (!opened.ok) return opened.error;
  try {
    const goals = goalsOf(opened.value, parsed.operands);
    // What is no target may be an object or another file between.
    const input = openInput(session, opened.value);
    if (typeof input === 'number') return input;
    const context = buildContext(input);
    const names = goals.ok
      ? goals.value
      : parsed.operands.flatMap((name) => asInBuild(context, name));
    const plan = planGoals(context, names);
    input.log.close();
    if (!plan.ok) return refuse(session, renderGraphFault(plan.error));
    const { graph } = opened.value;
    if (json) {
      for (const [id, stale] of plan.value.stale) {
        const { description } = graph.actions.get(id);
        terminal.print(JSON.stringify({ v: 1, kind: 'stale', description, stale }));
      }
      return exitCodes.ok;
    }
    const asked = parsed.operands.length === 0 ? [] : makersOf(context, names);
    terminal.print(renderWhy(graph, plan.value, asked));
    return exitCodes.ok;
  } finally {
    opened.value.release();
  }
}

/** What makes targets or files, themselves. */
function makersOf(
  { graph, producers, producersByPath }: BuildContext,
  names: readonly string[],
): readonly ActionId[] {
  return names.flatMap((name) => {
    const goal = graph.goals.get(name);
    const made = goal?.files.flatMap((file) => producers.get(file) ?? []) ?? [];
    const maker = producersByPath.get(name);
    return [...made, ...(goal?.actions ?? []), ...(maker === undefined ? [] : [maker])];
  });
}

/**
 * A path of a file that is made may be told from where people are, as shells complete it; that of a
 * source stands for what is made from it.
 */
function asInBuild(context: BuildContext, name: string): readonly string[] {
  const { host, graph, buildDirectory, producersByPath } = context;
  const whole = posix.resolve(host.system.workingDirectory, name);
  const path = posix.relative(buildDirectory, whole);
  if (producersByPath.has(path)) return [path];
  if (producersByPath.has(name)) return [name];
  const readers = [...graph.actions.values()].filter(({ inputs }) =>
    inputs.some((file) => graph.files.get(file) === path),
  );
  const made = readers.flatMap(({ outputs: [first] }) =>
    first === undefined ? [] : [graph.files.get(first)],
  );
  return made.length === 0 ? [name] : made;
}
