import { buildContext } from '../../exec/build-context.ts';
import { planGoals } from '../../exec/run-build.ts';
import type { Stale } from '../../exec/why-stale.ts';
import { faultMessage, openInput } from '../build-graph.ts';
import { openBuild } from '../open-build.ts';
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
    const names = goals.ok ? goals.value : parsed.operands;
    const input = openInput(session, opened.value);
    if (typeof input === 'number') return input;
    const plan = planGoals(buildContext(input), names);
    input.log.close();
    if (!plan.ok) return refuse(session, faultMessage(plan.error));
    const { graph } = opened.value;
    for (const [id, stale] of plan.value.stale) {
      const { description } = graph.actions.get(id);
      if (json) terminal.print(JSON.stringify({ v: 1, kind: 'stale', description, stale }));
      else terminal.print(`${description}\n  ${reason(stale)}`);
    }
    const { size } = plan.value.undecided;
    if (json) return exitCodes.ok;
    if (size > 0) terminal.print(`${size} more, if what they need comes out different`);
    if (plan.value.stale.size === 0) terminal.print('Nothing would be built: all is up to date.');
    return exitCodes.ok;
  } finally {
    opened.value.release();
  }
}

function reason(stale: Stale): string {
  switch (stale.kind) {
    case 'always-runs':
      return 'it runs each time';
    case 'never-built':
      return 'it was never built here';
    case 'command-changed':
      return `its command changed: ${difference(stale.before, stale.now)}`;
    case 'input-added':
      return `${stale.path} is a new input`;
    case 'input-removed':
      return `${stale.path} is no input any more`;
    case 'input-changed':
      return `${stale.path} changed`;
    case 'input-missing':
      return `${stale.path} is missing`;
    case 'environment-changed':
      return `the variable ${stale.name} was ${stale.before ?? 'not set'}, and is ${stale.now ?? 'not set'}`;
    case 'output-missing':
      return `${stale.path} is missing`;
    case 'output-changed':
      return `${stale.path} was changed by someone else`;
  }
}

/** The words that came and went; before them stands how many words of a command they are (see command-text.ts). */
export function difference(
  [, ...before]: readonly string[],
  [, ...now]: readonly string[],
): string {
  const gone = before.filter((word) => !now.includes(word)).map((word) => `-${word}`);
  const come = now.filter((word) => !before.includes(word)).map((word) => `+${word}`);
  return [...gone, ...come].join(' ') || 'the order of its words';
}
