import { posix } from 'node:path';
import { pythonRepr } from '../../base/python-repr.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Component } from '../../release/cyclonedx.ts';
import { runDistScripts } from '../../release/dist-scripts.ts';
import { buildFileIn } from '../../release/source/git-source.ts';
import { archiveTime, findRepository } from '../../release/source/source-tree.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import { jsonLine } from '../terminal/json-line.ts';
import type { Staging } from './staging.ts';
import { vendorCrates } from './vendor-crates.ts';
import { vendorNpm } from './vendor-npm.ts';
import { vendorSubprojects } from './vendor-subprojects.ts';

export interface StageRequest {
  readonly state: SetupState;
  /** A folder that is made anew. */
  readonly root: string;
  readonly allowDirty: boolean;
  readonly subprojects: boolean;
  /** Crates and npm packages too. */
  readonly vendor: boolean;
  readonly platforms: readonly string[];
}

export interface Staged {
  readonly timeSeconds: number;
  readonly revision: string;
  readonly components: readonly Component[];
}

const uncommitted =
  'Repository has uncommitted changes that will not be included in the dist tarball';

/** Puts together what a source archive holds. An error is a text for people. */
export async function stage(
  session: Session,
  request: StageRequest,
): Promise<Result<Staged, string>> {
  const { host, terminal, json } = session;
  const { state, root, allowDirty } = request;
  const { sourceRoot, buildRoot } = state;
  const warn = (message: string): void => terminal.printError(`WARNING: ${message}`);
  const repository = await findRepository(host, sourceRoot);
  if (!repository.ok) return repository;
  if (await repository.value.hasUncommitted()) {
    if (!allowDirty)
      return err(`${uncommitted}\nUse --allow-dirty to ignore the warning and proceed anyway`);
    warn(uncommitted);
  }
  host.files.remove(root);
  const made = host.files.makeDirectory(posix.dirname(root));
  if (!made.ok) return err(`${made.error.path}: ${made.error.reason}`);
  const laid = await repository.value.lay({ sourceRoot, revision: 'HEAD', into: root });
  if (!laid.ok) return laid;
  for (const warning of laid.value.warnings) warn(warning);
  const buildFile = buildFileIn(host, sourceRoot);
  if (!host.files.isFile(`${root}/${buildFile}`))
    return err(`${pythonRepr(buildFile)} is kept out of archives by .gitattributes`);
  const staging: Staging = {
    root,
    sourceRoot,
    plan: state.dist,
    included: new Map(),
    components: [],
    warn,
  };
  const vendored = await vendor(session, staging, request);
  if (!vendored.ok) return vendored;
  const timeSeconds = archiveTime(host, laid.value.timeSeconds);
  const scripts = await runDistScripts(host, {
    plan: state.dist,
    root,
    sourceRoot,
    buildRoot,
    included: staging.included,
    self: session.self,
    timeSeconds,
    print: (line) => terminal.print(json ? jsonLine({ kind: 'message', text: line }) : line),
  });
  if (!scripts.ok) return scripts;
  return ok({ timeSeconds, revision: laid.value.revision, components: staging.components });
}

async function vendor(
  session: Session,
  staging: Staging,
  { state, subprojects, vendor: all, platforms }: StageRequest,
): Promise<Result<void, string>> {
  if (subprojects || all) {
    const laid = await vendorSubprojects(session, staging);
    if (!laid.ok) return laid;
  }
  if (!all) return ok(undefined);
  const crates = await vendorCrates(session, staging, state.dist.cargoLocks);
  if (!crates.ok) return crates;
  return vendorNpm(session, staging, { folders: state.dist.npmPackages, platforms });
}
