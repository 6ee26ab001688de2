import type { Call } from '../../call.ts';
import type { ProgramObject } from '../../objects/program.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { findProgram } from '../../programs/find-program.ts';

const tools = perEvaluation(() => new Map<string, ProgramObject>());

/** A tool of gettext's; looked for, and told of, once. */
export function translationTool(
  call: Call,
  name: string,
  { required = true }: { readonly required?: boolean } = {},
): ProgramObject {
  const known = tools(call.evaluation);
  const before = known.get(name);
  if (before !== undefined && (before.found.kind !== 'no' || !required)) return before;
  const found = findProgram(call, { names: [name], machine: 'build', required });
  known.set(name, found);
  return found;
}

/** The command of a program that may be missing: then by its name. */
export function commandOfTool({ found, name }: ProgramObject): readonly string[] {
  return found.kind === 'command' ? found.command : [name];
}
