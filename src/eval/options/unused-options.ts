import type { Evaluation } from '../evaluation.ts';
import { failPlainly } from '../evaluation-error.ts';
import { showOptionKey } from './option-key.ts';
import { isBaseOption, isCompilerOption } from './option-kinds.ts';

/**
 * Refuses options of the command line that nothing has. Those of a machine that is not there mean nothing,
 * and those of a backend may come with it, so that they are judged only here, by their name; those of
 * subprojects may be for a later setup.
 */
export function refuseUnusedOptions({ given, options }: Evaluation): void {
  const unknown = [...given.commandLine]
    .map(([key]) => key)
    .filter(({ subproject }) => subproject === undefined)
    .filter(({ machine, name }) => machine === 'build' || name.startsWith('backend_'))
    .filter((key) => options.lookUp(key) === undefined)
    .filter(({ name }) => !isCompilerOption(name) && !isBaseOption(name));
  if (unknown.length === 0) return;
  const names = unknown.map((key) => `"${showOptionKey(key)}"`).join(', ');
  failPlainly(`Unknown options: ${names}`);
}
