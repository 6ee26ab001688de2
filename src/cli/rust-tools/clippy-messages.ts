import type { CrateArtifact } from '../../model/crate-artifact.ts';
import { compilerMessages, readMessages } from '../cargo/cargo-messages.ts';
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
  const diagnostics = lines
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes('"rendered"'))
    .map((line) => `${line}\n`)
    .join('');
  if (format.kind !== 'json') return readMessages(diagnostics, 'short');
  const of = [...artifacts.values()].find(
    ({ target, profile }) => target.source === rootModule && profile.isTest === isTest,
  );
  return of === undefined ? '' : compilerMessages(of, diagnostics, format);
}
