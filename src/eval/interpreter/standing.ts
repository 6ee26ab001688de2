import type { Block } from '../../lang/tree.ts';
import { perEvaluation } from '../per-evaluation.ts';
import type { Frame } from './frame.ts';

/** Where evaluation stands in a block, and in the blocks around it. */
export interface Position {
  readonly frame: Frame;
  readonly block: Block;
  at: number;
  readonly outer: Position | undefined;
}

/** The innermost block that is being run. */
export const standing = perEvaluation((): { position: Position | undefined } => ({
  position: undefined,
}));
