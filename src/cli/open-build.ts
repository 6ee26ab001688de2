import { err, ok, type Result } from '../base/result.ts';
import { emptyRecord } from '../store/cmd-line-file.ts';
import { loadGraph } from '../store/graph-file.ts';
import { changedInput } from '../store/setup-inputs.ts';
import {
  commandLinePath,
  graphPath,
  loadCommandLine,
  loadSetup,
  type SetupState,
} from '../store/setup-state.ts';
import { type BuildDirectory, findBuildDirectory } from './build-directory.ts';
import type { Configured } from './configure.ts';
import type { ConfigureRequest } from './configure-request.ts';
import { lockBuild } from './lock-build.ts';
import { refuse } from './say.ts';
import type { Session } from './session.ts';

/** A build directory that is ready and ours until released. */
export interface Opened extends Configured {
  readonly release: () => void;
}

export interface OpenRequest {
  /** What `-C` says. */
  readonly directory: string | undefined;
  /** Nothing is set up anew, whatever changed. */
  readonly asItIs?: boolean;
}

/**
 * Opens the build directory of a command: locks it, and sets it up where it is not or where a build
 * file changed. An error was told already; it is what to exit with.
 */
export async function openBuild(
  session: Session,
  request: OpenRequest,
): Promise<Result<Opened, number>> {
  const found = findBuildDirectory(session, request.directory);
  if (!found.ok) return err(refuse(session, found.error));
  const { buildRoot } = found.value;
  const { files } = session.host;
  const made = files.makeDirectory(buildRoot);
  if (!made.ok) return err(refuse(session, `${buildRoot}: ${made.error.reason}`));
  const locked = await lockBuild(session, buildRoot);
  if (!locked.ok) return locked;
  const release = (): void => locked.value.release();
  const opened = await loadOrConfigure(session, found.value, request.asItIs === true);
  if (!opened.ok) {
    release();
    return opened;
  }
  return ok({ ...opened.value, release });
}

async function loadOrConfigure(
  session: Session,
  directory: BuildDirectory,
  asItIs: boolean,
): Promise<Result<Configured, number>> {
  const { files } = session.host;
  const { buildRoot } = directory;
  if (directory.kind === 'to-set-up') {
    const { sourceRoot } = directory;
    const fresh = { sourceRoot, buildRoot, commandLine: emptyRecord, fatalWarnings: false };
    return configure(session, fresh);
  }
  const state = loadSetup(files, buildRoot);
  if (!state.ok) {
    return err(
      refuse(
        session,
        `${buildRoot} was set up by another version of kaon or by Meson. Run \`kaon setup --wipe ${buildRoot}\`.`,
      ),
    );
  }
  const graph = loadGraph(files, graphPath(buildRoot));
  const reason = graph.ok ? staleness(session, state.value) : 'the stored graph cannot be used';
  if (graph.ok && (reason === undefined || asItIs)) {
    return ok({ state: state.value, graph: graph.value });
  }
  if (!session.json) session.terminal.print(`Configuring anew: ${reason}`);
  const { sourceRoot } = state.value;
  const commandLine = loadCommandLine(files, buildRoot);
  return configure(session, { sourceRoot, buildRoot, commandLine, fatalWarnings: false });
}

/** The evaluator and all behind it are loaded only where build files are to be read. */
async function configure(
  session: Session,
  request: ConfigureRequest,
): Promise<Result<Configured, number>> {
  const module = await import('./configure.ts');
  return module.configure(session, request);
}

/** Why a setup is no longer what the build files say; undefined when it is. */
function staleness({ host, builder }: Session, state: SetupState): string | undefined {
  if (state.builder !== builder) return 'it was configured by another kaon';
  const options = host.files.readText(commandLinePath(state.buildRoot));
  if (options.ok && options.value !== state.commandLine) return 'options were changed';
  const changed = changedInput(host.files, state.inputs);
  return changed === undefined ? undefined : `${changed} changed`;
}
