import { posix } from 'node:path';
import { changedVariable } from '../../base/cargo-variables.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { usualActions } from '../../graph/graph.ts';
import type { Files } from '../../host/host.ts';
import { askedToBeThere } from '../../model/file.ts';
import { loadGraph } from '../../store/graph-file.ts';
import { parseCommandLine } from '../../store/setup/cmd-line-file.ts';
import { changedInput } from '../../store/setup/setup-inputs.ts';
import {
  commandLinePath,
  graphPath,
  loadCommandLine,
  loadSetup,
  type SetupFault,
  type SetupState,
} from '../../store/setup/setup-state.ts';
import { askedFeatures } from '../cargo/asked-features.ts';
import { keepOptions } from '../cargo/cargo-words.ts';
import { wordsWithoutOption } from '../cargo/cargo-words-here.ts';
import { withConfig } from '../cargo/config-here.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import { noMember } from '../cargo/no-member.ts';
import { withSaidOnce } from '../cargo/said-once.ts';
import { withSelected } from '../cargo/selected-here.ts';
import { strayMember } from '../cargo/stray-member.ts';
import type { Session } from '../session.ts';
import {
  type BuildDirectory,
  buildDirectoryAt,
  findBuildDirectory,
  whyOtherName,
} from '../setup/build-directory.ts';
import type { ConfigureRequest } from '../setup/configure-request.ts';
import type { Configured } from '../setup/configured.ts';
import { sourcesGone } from '../setup/setup-directories.ts';
import { refuse, refuseDiagnostic } from '../terminal/refuse.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lockBuild } from './lock-build.ts';

/** A build directory that is ready and ours until released. */
export interface Opened extends Ready {
  readonly release: () => void;
}

interface Ready extends Configured {
  /** Why the next build sets it up anew, where it was opened as it is. */
  readonly outdated?: string;
}

/** Which build directory is meant, and what may be done to open it. */
export interface OpenRequest {
  /** What `-C` says. */
  readonly directory: string | undefined;
  /** What `--manifest-path` says. */
  readonly manifest?: string | undefined;
  /** What `--target-dir` says: the build directory of the project that one is in, set up or not. */
  readonly targetDirectory?: string | undefined;
  /** Nothing is set up anew, whatever changed. */
  readonly asItIs?: boolean;
  /** Options to set first, if they are not set so. */
  readonly options?: ReadonlyMap<string, string>;
  /** What `--config` says. */
  readonly config?: readonly string[];
  /** Packages that it names are members, and none that these need. */
  readonly membersOnly?: boolean;
  /** Why nothing can be meant. */
  readonly refused?: string | undefined;
  /** What a setup says is told only where it goes wrong. */
  readonly quiet?: boolean;
  /** Where another kaon works in it, refuses at once. */
  readonly noWait?: boolean;
}

/**
 * Opens the build directory of a command: locks it, and sets it up where it is not or where a build
 * file changed. An error was told already; it is what to exit with.
 */
export async function openBuild(
  session: Session,
  request: OpenRequest,
): Promise<Result<Opened, number>> {
  if (request.quiet !== true || session.json) return open(session, request);
  const held: (() => void)[] = [];
  const { terminal } = session;
  const silent: Terminal = {
    ...terminal,
    write: (text) => void held.push(() => terminal.write(text)),
    print: (line) => void held.push(() => terminal.print(line)),
    interactive: false,
  };
  const opened = await open({ ...session, terminal: silent }, request);
  if (!opened.ok) for (const tell of held) tell();
  return opened;
}

function missingManifest(
  { host: { files, system } }: Session,
  { manifest }: OpenRequest,
): string | undefined {
  if (manifest === undefined || files.isFile(posix.resolve(system.workingDirectory, manifest)))
    return undefined;
  return `manifest path \`${manifest}\` does not exist`;
}

async function open(session: Session, request: OpenRequest): Promise<Result<Opened, number>> {
  const refused = request.refused ?? missingManifest(session, request);
  if (refused !== undefined) return err(refuse(session, refused));
  const found =
    request.targetDirectory === undefined
      ? findBuildDirectory(session, request.directory)
      : buildDirectoryAt(session, request.targetDirectory, request.directory);
  if (!found.ok) return err(refuse(session, found.error));
  const { buildRoot } = found.value;
  const { files } = session.host;
  const given = request.options ?? new Map<string, string>();
  const meaningless = await wordsWithoutOption(session, found.value, given);
  if (meaningless !== undefined) return err(refuse(session, meaningless));
  const lacking =
    (request.membersOnly === true ? noMember(files, found.value, given) : undefined) ??
    strayMember(files, found.value, given) ??
    askedFeatures(files, found.value, given);
  if (lacking !== undefined) return err(refuseDiagnostic(session, lacking));
  const otherName = request.targetDirectory === undefined ? whyOtherName(found.value) : undefined;
  if (otherName !== undefined && !session.json) session.terminal.print(otherName);
  const made = files.makeDirectory(buildRoot);
  if (!made.ok) return err(refuse(session, `${buildRoot}: ${made.error.reason}`));
  const locked = await lockBuild(session, buildRoot, request);
  if (!locked.ok) return locked;
  const release = (): void => locked.value.release();
  const wanted = optionsFor(session, found.value, request);
  if (!wanted.ok) {
    release();
    return err(refuse(session, wanted.error));
  }
  const takeBack = keepOptions(session, buildRoot, wanted.value);
  const opened = await loadOrConfigure(session, found.value, request);
  if (!opened.ok) {
    takeBack();
    release();
    return opened;
  }
  return ok({ ...opened.value, release });
}

/** What holds for this command alone among them. */
function optionsFor(
  { host }: Session,
  directory: BuildDirectory,
  { options: given = new Map<string, string>(), config = [], asItIs, directory: from }: OpenRequest,
): ReturnType<typeof withConfig> {
  if (asItIs === true) return ok(given);
  const selected = withSelected(host.files, directory, given);
  const options = withSaidOnce(host.files, directory, selected);
  return withConfig(host, directory, { words: config, from, options });
}

async function loadOrConfigure(
  session: Session,
  directory: BuildDirectory,
  { asItIs }: Pick<OpenRequest, 'asItIs'>,
): Promise<Result<Ready, number>> {
  const { files } = session.host;
  const { buildRoot } = directory;
  if (directory.kind === 'to-set-up') return setUp(session, { ...directory });
  const state = loadSetup(files, buildRoot);
  if (!state.ok) return setUpAgain(session, buildRoot, state.error);
  const graph = loadGraph(files, graphPath(buildRoot));
  const reason = graph.ok ? staleness(session, state.value) : 'the stored graph cannot be used';
  if (graph.ok && (reason === undefined || asItIs === true)) {
    const outdated = reason !== undefined && { outdated: reason };
    return ok({ state: state.value, graph: graph.value, ...outdated });
  }
  const { sourceRoot } = state.value;
  if (!hasBuildFile(files, sourceRoot))
    return err(refuseDiagnostic(session, sourcesGone(sourceRoot, buildRoot)));
  return setUp(session, { sourceRoot, buildRoot, ...(reason !== undefined && { reason }) });
}

interface SetUp {
  readonly sourceRoot: string;
  readonly buildRoot: string;
  readonly reason?: string;
}

/** With the options that were given before. */
function setUp(
  session: Session,
  { sourceRoot, buildRoot, reason }: SetUp,
): Promise<Result<Configured, number>> {
  if (!session.json && reason !== undefined) {
    session.terminal.print(`Configuring anew: ${reason}`);
  }
  const commandLine = loadCommandLine(session.host.files, buildRoot);
  return configure(session, { sourceRoot, buildRoot, commandLine, fatalWarnings: false });
}

/** Where what a setup left cannot be read, as another version wrote it or it is damaged. */
async function setUpAgain(
  session: Session,
  buildRoot: string,
  { kind, sourceRoot }: SetupFault,
): Promise<Result<Configured, number>> {
  const { files } = session.host;
  if (sourceRoot !== undefined && hasBuildFile(files, sourceRoot)) {
    const reasons = {
      missing: 'what the last setup left is gone',
      damaged: 'what the last setup left is damaged',
      moved: 'the build directory was moved or copied here',
      'other-version': 'another version of kaon or Meson did it before',
    };
    return setUp(session, { sourceRoot, buildRoot, reason: reasons[kind] });
  }
  const who = `${buildRoot} was set up by another version of kaon or by Meson`;
  return err(refuse(session, `${who}. Run \`kaon setup --wipe ${buildRoot}\`.`));
}

function hasBuildFile(files: Session['host']['files'], folder: string): boolean {
  return ['meson.build', 'Cargo.toml'].some((name) => files.isFile(`${folder}/${name}`));
}

/** The evaluator and all behind it are loaded only where build files are to be read. */
async function configure(
  session: Session,
  request: ConfigureRequest,
): Promise<Result<Configured, number>> {
  const module = await import('../setup/configure.ts');
  const configured = await module.configure(session, request);
  return configured.ok ? ok(asWritten(session.host.files, configured.value)) : configured;
}

/** A setup's own graph holds on to all that was evaluated; of a large one the build takes what was written. */
function asWritten(files: Files, { state, graph }: Configured): Configured {
  if (graph.actions.size <= usualActions) return { state, graph };
  const written = loadGraph(files, graphPath(state.buildRoot));
  return { state, graph: written.ok ? written.value : graph };
}

/** Why a setup is no longer what the build files say; undefined when it is. */
function staleness({ host, builder }: Session, state: SetupState): string | undefined {
  if (state.builder !== builder) return 'it was configured by another kaon';
  const options = host.files.readText(commandLinePath(state.buildRoot));
  if (options.ok && options.value !== state.commandLine) return 'options were changed';
  const changed = changedInput(host.files, state.inputs);
  if (changed === undefined) {
    const variable = otherVariable(host, state);
    return variable === undefined ? undefined : `${variable} has another value`;
  }
  const asked = askedToBeThere(changed);
  return asked === undefined ? `${changed} changed` : `${asked} came or went`;
}

/** A variable that Cargo looks at each time, in a workspace without build file, where it is not as it was. */
function otherVariable(
  { files, system }: Session['host'],
  { sourceRoot, commandLine, variables = {} }: SetupState,
): string | undefined {
  if (isMesonProject(files, sourceRoot)) return undefined;
  const { environment = new Map() } = parseCommandLine(commandLine);
  return (
    changedVariable(environment, system.environment) ??
    Object.keys(variables).find((name) => variables[name] !== (system.environment[name] ?? null))
  );
}
