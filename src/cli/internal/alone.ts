import type { Session } from '../session.ts';
import type { aloneNames } from './alone-names.ts';
import { buildScript } from './build-script.ts';
import { vcsTag } from './vcs-tag.ts';

export type Internal = (session: Session, words: readonly string[]) => Promise<number> | number;

export const alone: Readonly<Record<(typeof aloneNames)[number], Internal>> = {
  'build-script': buildScript,
  'vcs-tag': vcsTag,
};
