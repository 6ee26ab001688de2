import type { WrapMode } from '../../wrap/request.ts';
import type { Evaluation } from '../evaluation.ts';

/** What `wrap_mode` says of subprojects: one word for the whole build. */
export function wrapModeOf({ options }: Pick<Evaluation, 'options'>): WrapMode {
  const mode = options.get({ name: 'wrap_mode', subproject: undefined, machine: 'host' });
  return mode as WrapMode; // one of the choices of the option
}
