import { type ObjectValue, objectType } from '../value.ts';

/** What `run_command()` gives. */
export interface RunResultObject extends ObjectValue {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
export const runResultType = objectType<RunResultObject>('RunProcess');
