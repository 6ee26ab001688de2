import type { CrateArtifact } from '../../model/crate-artifact.ts';
import { artifactMessage, compilerMessages, messagesForPeople } from '../cargo/cargo-messages.ts';
import type { MessageFormat } from '../cargo/message-format.ts';
import type { RustCrate } from './rust-crates.ts';

/** One run of clippy, which wrote its words for programs. */
export interface ClippyRun {
  readonly lines: string;
  readonly hasPassed: boolean;
}

export interface ClippyMessages {
  /** What is to stand where messages were asked for. */
  readonly told: string;
  /** What people read beside that. */
  readonly aside: string;
}

/**
 * What clippy wrote, in Cargo's messages, and that a crate was looked through, which makes nothing to keep.
 * What is of no crate of Cargo's, and what is no message, is left out.
 */
export function clippyMessages(
  artifacts: ReadonlyMap<string, CrateArtifact>,
  { rootModule, isTest }: Pick<RustCrate, 'rootModule' | 'isTest'>,
  { lines, hasPassed, format }: ClippyRun & { readonly format: MessageFormat },
): ClippyMessages {
  if (format.kind !== 'json') return { told: messagesForPeople(lines, 'short'), aside: '' };
  const of = [...artifacts.values()].find(
    ({ target, profile }) => target.source === rootModule && profile.isTest === isTest,
  );
  if (of === undefined) return { told: '', aside: '' };
  const done = hasPassed ? artifactMessage(of, { files: [], isFresh: false }) : '';
  return format.forPeople
    ? { told: done, aside: messagesForPeople(lines, format.rendered) }
    : { told: compilerMessages(of, lines, format) + done, aside: '' };
}
