import { posix } from 'node:path';
import type { Action, FileId } from '../../graph/graph.ts';
import { crateRule } from '../../model/crate-rule.ts';
import { compilerVariables } from '../../plan/languages/rust/units/counted-variables.ts';
import { crateName, metadataHash } from './check-units.ts';
import type { ClippyCall } from './clippy-call.ts';
import type { RustCrate } from './rust-crates.ts';

/** A crate that clippy is to look at. */
export interface Look {
  readonly crate: RustCrate;
  readonly clippy: ClippyCall;
}

/** The check of a crate that Cargo's rules compile, by clippy in rustc's place. */
export function asClippy(
  action: Action,
  { crate, clippy }: Look,
  fileId: (path: string) => FileId,
): Action {
  const { work } = action;
  if (work.kind !== 'command') return action;
  const { compiler } = crate.call;
  const at = work.argv.indexOf(compiler);
  const words = work.argv.map((word, index) => (index === at ? clippy.driver : word));
  return {
    ...action,
    work: {
      ...work,
      argv: [...words, ...clippy.lints],
      environment: [...work.environment, ...compilerVariables(clippy.environment)],
    },
    inputs: [...action.inputs, ...clippy.inputs.map(fileId)],
  };
}

/** Where the look at a crate belongs, and what it waits for. */
interface LookPlace {
  readonly buildRoot: string;
  readonly inputs: readonly FileId[];
  /** Whether these are all that it reads beside its sources; else it is looked at each time. */
  readonly isKnown: boolean;
  readonly fileId: (path: string) => FileId;
}

/** clippy's look at a crate that a build file declares. */
export function clippyLook(
  { crate, clippy }: Look,
  { buildRoot, inputs, isKnown, fileId }: LookPlace,
): Action {
  const { args, call, displayName, isTest } = crate;
  const name = [crateName(args), metadataHash(args)].join('-').replaceAll(/[^\w@.-]/g, '_');
  const folder = posix.join('meson-private/clippy', name);
  const [metadata, depfile] = [posix.join(folder, 'crate.rmeta'), posix.join(folder, 'crate.d')];
  return {
    rule: crateRule.compile,
    description: `Checking crate ${displayName}${isTest ? ' (test)' : ''}`,
    work: {
      kind: 'command',
      argv: [
        ...[clippy.driver, ...args, ...clippy.lints, '--color=always'],
        ...['--emit', `dep-info=${posix.join(buildRoot, depfile)}`],
        ...['--emit', `metadata=${posix.join(buildRoot, metadata)}`],
        call.source,
      ],
      cwd: call.cwd,
      environment: compilerVariables([...call.environment, ...clippy.environment]),
    },
    inputs: [...new Set([...inputs, ...clippy.inputs.map(fileId)])],
    orderOnly: [],
    outputs: [fileId(metadata)],
    earlyOutputs: [],
    depfile: { path: depfile, format: 'make' },
    alwaysRun: !isKnown,
    removeOutputsFirst: false,
  };
}
