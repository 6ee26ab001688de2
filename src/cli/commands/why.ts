import { posix } from 'node:path';
import { type BuildContext, buildContext } from '../../exec/build-context.ts';
import { actionKey } from '../../exec/command-text.ts';
import { planGoals } from '../../exec/run-build.ts';
import { chainToStale } from '../../exec/why/explain.ts';
import { renderStale } from '../../exec/why/render-why.ts';
import type { ActionId } from '../../graph/graph.ts';
import { faultMessage, openInput } from '../build/build-graph.ts';
import { openBuild } from '../build/open-build.ts';
import { parseWords, text } from '../parse-words.ts';
import { refuse } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';
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
    const names = goals.ok ? goals.value : parsed.operands.map((name) => asInBuild(context, name));
    const plan = planGoals(context, names);
    input.log.close();
    if (!plan.ok) return refuse(session, faultMessage(plan.error));
    const { graph } = opened.value;
    for (const [id, stale] of plan.value.stale) {
      const { description } = graph.actions.get(id);
      if (json) terminal.print(JSON.stringify({ v: 1, kind: 'stale', description, stale }));
      else terminal.print(`${description}\n  ${renderStale(stale).replaceAll('\n', '\n  ')}`);
    }
    if (json) return exitCodes.ok;
    const asked = parsed.operands.length === 0 ? [] : makersOf(context, names);
    const unsure = [...new Set(asked)].filter((id) => plan.value.undecided.has(id));
    for (const id of unsure) {
      const [first] = chainToStale(plan.value, id).map((each) => graph.actions.get(each));
      const { description } = graph.actions.get(id);
      const why = first === undefined ? 'what it needs' : actionKey(graph, first);
      terminal.print(`${description}\n  if ${why} comes out different.`);
    }
    const more = plan.value.undecided.size - unsure.length;
    if (more > 0) terminal.print(`${more} more, if what they need comes out different`);
    if (plan.value.stale.size === 0) terminal.print('Nothing would be built: all is up to date.');
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

/** A path of a file that is made may be told from where people are, as shells complete it. */
function asInBuild({ host, buildDirectory, producersByPath }: BuildContext, name: string): string {
  const whole = posix.resolve(host.system.workingDirectory, name);
  const path = posix.relative(buildDirectory, whole);
  return producersByPath.has(path) ? path : name;
}
