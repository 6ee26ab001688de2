import { err, type Result } from '../../base/result.ts';
import { missingTool } from '../../release/archive/compress.ts';
import { readTree } from '../../release/archive/tree.ts';
import { install } from '../../release/install.ts';
import { defaultInstallOptions } from '../../release/install-options.ts';
import { archiveTime, findRepository } from '../../release/source/source-tree.ts';
import { buildGraph } from '../build/build-graph.ts';
import type { Opened } from '../build/open-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { type Dist, type DistRequest, distName, handOver, pack, workFolder } from './make-dist.ts';
import { componentsOf } from './vendor-subprojects.ts';

/** The start of 1980: what archives of all kinds can hold, where nothing else is known. */
const noTime = 315_532_800;

/**
 * Makes an archive of what the project installs: `NAME-VERSION-SYSTEM-CPU.tar.xz`. Gives the build
 * directory's lock back.
 */
export async function binaryDist(
  session: Session,
  opened: Opened,
  { formats, tests, jobs, signing }: DistRequest,
): Promise<Result<Dist, string>> {
  const { host, terminal, json } = session;
  const { state } = opened;
  const missing = missingTool(host, formats);
  if (missing !== undefined) {
    opened.release();
    return err(missing);
  }
  const built = await buildAll(session, opened, jobs);
  // The tests are run by another kaon.
  opened.release();
  if (!built) return err('What is to be archived does not build');
  if (tests) {
    const child = host.processes.spawn({
      argv: [...session.self, 'test', '-C', state.buildRoot, '--print-errorlogs'],
      workingDirectory: state.buildRoot,
      environment: host.system.environment,
      ...(json ? {} : { terminal: true }),
    });
    const { ended } = await child.done;
    if (ended.kind !== 'exited' || ended.code !== 0)
      return err('Tests of what is to be archived fail');
  }
  const work = workFolder(state);
  host.files.remove(work);
  const top = `${distName(state)}-${state.dist.machine}`;
  const root = `${work}/content/${top}`;
  const made = host.files.makeDirectory(root);
  if (!made.ok) return err(`${root}: ${made.error.reason}`);
  const installed = await install({
    host,
    plan: state.install,
    options: { ...defaultInstallOptions, destdir: root, quiet: true },
    print: (line) => terminal.print(line),
    log: `${work}/install-log.txt`,
  });
  if (!installed.ok) return err(installed.error.message);
  const tree = readTree(host.files, root, { modes: 'installed' });
  if (!tree.ok) return tree;
  const timeSeconds = archiveTime(host, await committedAt(session, state.sourceRoot));
  const packed = await pack(session, { tree: tree.value, top, work, timeSeconds, formats });
  if (!packed.ok) return packed;
  const components = componentsOf(session, { sourceRoot: state.sourceRoot, plan: state.dist });
  return handOver(session, {
    archives: packed.value,
    name: top,
    state,
    components,
    timeSeconds,
    signing,
  });
}

async function buildAll(session: Session, opened: Opened, jobs: number): Promise<boolean> {
  const request = { goals: [], jobs, keepGoing: 1, verbose: false, quiet: true };
  return (await buildGraph(session, opened, request)).exitCode === exitCodes.ok;
}

async function committedAt({ host }: Session, sourceRoot: string): Promise<number> {
  const repository = await findRepository(host, sourceRoot);
  const time = repository.ok ? await repository.value.committedAt() : repository;
  return time.ok ? time.value : noTime;
}
