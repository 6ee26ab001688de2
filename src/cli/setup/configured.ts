import type { Graph } from '../../graph/graph.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';

/** A build directory that is ready for work. */
export interface Configured {
  readonly state: SetupState;
  readonly graph: Graph;
}
