import { type ObjectValue, objectType } from '../value.ts';

/** `expect_error('…')`: which error a `testcase` must end with. */
export interface ExpectErrorObject extends ObjectValue {
  readonly pattern: string;
  readonly matches: (message: string) => boolean;
}
export const expectErrorType = objectType<ExpectErrorObject>('ExpectErrorObject');
