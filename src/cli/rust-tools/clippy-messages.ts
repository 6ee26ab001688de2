import type { CrateArtifact } from '../../model/crate-artifact.ts';
import { compilerMessages, messagesForPeople } from '../cargo/cargo-messages.ts';
import type { MessageFormat } from '../cargo/message-format.ts';
import type { RustCrate } from './rust-crates.ts';

/**
 * What clippy wrote for programs, in Cargo's messages. What is of no crate of Cargo's, and what
 * is no message, is left out.
 */
export function clippyMessages(
  artifacts: ReadonlyMap<string, CrateArtifact>,
  { rootModule, isTest }: Pick<RustCrate, 'rootModule' | 'isTest'>,
  { lines, format }: { readonly lines: string; readonly format: MessageFormat },
): string {
  if (format.kind !== 'json') return messagesForPeople(lines, 'short');
  const of = [...artifacts.values()].find(
    ({ target, profile }) => target.source === rootModule && profile.isTest === isTest,
  );
  return of === undefined ? '' : compilerMessages(of, lines, format);
}
