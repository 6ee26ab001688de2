import { configOption, selectedOption } from '../../base/cargo-options.ts';
import { namesOfHeeded, termVariables } from '../../base/cargo-variables.ts';
import type { Witness } from '../../exec/witness.ts';
import { isSettled } from '../../store/format/file-content.ts';
import { leaveSince } from '../../store/no-op/grow-no-op-proof.ts';
import { listedFoldersPath } from '../../store/no-op/listed-folders.ts';
import {
  type NoOpProof,
  removeNoOpProof,
  type SeenFile,
  writeNoOpProof,
} from '../../store/no-op/no-op-proof.ts';
import { writeFindProof } from '../../store/no-op/no-op-text.ts';
import { parseCommandLine } from '../../store/setup/cmd-line-file.ts';
import { unchangedInputs } from '../../store/setup/setup-inputs.ts';
import {
  commandLinePath,
  graphPath,
  logPath,
  privateFiles,
  type SetupState,
} from '../../store/setup/setup-state.ts';
import { tellsOtherwise } from '../cargo/kept-term.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import type { Session } from '../session.ts';
import { upToDate } from './no-op-words.ts';

/** The last line of `kaon`: how the build ended, and what to do next. */
export function lastLine(state: SetupState, ended: string): string {
  return `${state.project.name} ${ended}. Next: kaon ${nextCommand(state)}`;
}

function nextCommand({ tests, install, targets }: SetupState): string {
  if (tests.tests.some(({ benchmark }) => !benchmark)) return 'test';
  const programs = targets.filter(({ type }) => type === 'executable');
  if (install.items.length > 0) return 'install';
  const [only, ...others] = programs;
  if (only === undefined) return 'help';
  return others.length === 0 ? 'run' : `run ${only.name}`;
}

/** Leaves word for the launcher: while what we saw stays the same there is nothing to build. */
export function leaveProof(
  session: Session,
  state: SetupState,
  { seen, warnings }: { readonly seen: Witness; readonly warnings: string },
): void {
  const { host } = session;
  const { buildRoot } = state;
  if (seen.kind !== 'whole') {
    leaveSince(host.files, buildRoot, seen);
    return;
  }
  // Held to a member or its configuration, a build says nothing of what is built from the root.
  const { options } = parseCommandLine(state.commandLine);
  const isWhole = [selectedOption, configOption].every((name) => (options.get(name) ?? '') === '');
  const setup =
    isWhole && !tellsOtherwise(host, buildRoot) ? setupFiles(session, state) : undefined;
  if (setup === undefined) {
    // What may lie there speaks of an earlier setup, whose files and actions have other numbers.
    removeNoOpProof(host.files, buildRoot);
    return;
  }
  const proof: NoOpProof = {
    buildRoot,
    setup,
    files: seen.files,
    folders: seen.folders,
    names: seen.names,
    uses: seen.uses,
    captured: seen.captured,
    variables: [...new Set([...seen.variables, ...ofSetup(session, state)])],
    environment: host.system.environment,
    program: programOf(session),
    says: `${warnings}${lastLine(state, upToDate)}`,
    log: logPath(buildRoot),
    graph: graphPath(buildRoot),
  };
  if (hasLook(session)) writeNoOpProof(host.files, proof);
  else if (seen.uses.always.length === 0) writeFindProof(host.files, proof);
}

/** Variables that a setup hangs on: those that Cargo heeds, in a workspace without build file. */
function ofSetup(
  { host }: Session,
  { sourceRoot, commandLine, variables = {} }: SetupState,
): readonly string[] {
  if (isMesonProject(host.files, sourceRoot)) return [];
  const heeded = namesOfHeeded(host.system, parseCommandLine(commandLine).options.get('profile'));
  return [...heeded, ...Object.values(termVariables), ...Object.keys(variables)];
}

/** What a setup came from and left, and kaon itself; nothing when any of it is not what we work with. */
function setupFiles(session: Session, state: SetupState): readonly SeenFile[] | undefined {
  const { host, builder } = session;
  const { files } = host;
  const inputs = unchangedInputs(files, state.inputs, host.clock.nowMs());
  if (inputs === undefined || state.builder !== builder) return undefined;
  const look = (path: string): SeenFile => ({ path, signature: files.stat(path) });
  const own = filesOfKaon(session).map(look);
  if (!own.every(isOld(host.clock.nowMs()))) return undefined;
  const commandLine = look(commandLinePath(state.buildRoot));
  const options = files.readText(commandLine.path);
  // A file that people may edit, at any time.
  if (!isOld(host.clock.nowMs())(commandLine)) return undefined;
  if (!options.ok || options.value !== state.commandLine) return undefined;
  const listed = look(listedFoldersPath(state.buildRoot));
  const ours = [...privateFiles(state.buildRoot).map(look), listed];
  return [...own, commandLine, ...ours, ...inputs];
}

/** Kaon itself: another one does not believe what this one leaves. */
export function filesOfKaon({ home }: Session): readonly string[] {
  return ['bin/kaon', 'dist/kaon.js', 'dist/main.js'].map((path) => `${home}/${path}`);
}

/** The program of this kaon: another one does not believe what it leaves. */
export function programOf({ home }: Session): string {
  return `${home}/dist/kaon.js`;
}

/** Whether there is a launcher's eye: where there was a C compiler when kaon was built. */
export function hasLook({ host, home }: Session): boolean {
  return host.files.exists(`${home}/dist/look`);
}

/** Whether a signature tells that a file holds what it held. */
export function isOld(nowMs: number): (file: SeenFile) => boolean {
  return ({ signature }) => signature !== undefined && isSettled(signature, nowMs);
}
