import { posix } from 'node:path';
import { invariant } from '../../base/assert.ts';
import { sha256Of } from '../../base/sha256.ts';
import type { Source } from '../../diag/source.ts';
import type { Files, Host } from '../../host/host.ts';
import { type AlreadyRan, recordWorld } from '../../host/record-world.ts';
import { type ReplaySettings, replayWorld, sawTheSame } from '../../host/replay-world.ts';
import { isOfTheSession } from '../../host/session-variables.ts';
import { editedMeanwhile } from '../../host/still-so.ts';
import { nameless, type OwnPlace, type Step, type WorldTrace } from '../../host/world-trace.ts';
import { sameMeaning } from '../../lang/same-meaning.ts';
import type { PlannedScript } from '../../plan/plan.ts';
import { loadGraph } from '../../store/graph-file.ts';
import { formatCommandLine } from '../../store/setup/cmd-line-file.ts';
import {
  inputPath,
  refreshedInputs,
  type SetupInput,
  settledStampOf,
  stampOf,
  unknownInput,
} from '../../store/setup/setup-inputs.ts';
import {
  listSetups,
  loadSetupMemory,
  preferSetup,
  type RememberedSetup,
  type SetupPlace,
  saveSetupMemory,
} from '../../store/setup/setup-memory.ts';
import { graphPath, loadSetup, privateFolder, saveSetup } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import { userCache } from '../user-cache.ts';
import type { ConfigureRequest } from './configure-request.ts';
import type { Configured } from './configured.ts';
import { projectWorld } from './evaluate-project.ts';
import type { Said, SetupLog } from './setup-log.ts';
import { type StoredSaid, saidAgain, storedSaid } from './stored-said.ts';

/** What a setup came to: all but the scripts that run at its end. */
export interface Made {
  readonly configured: Configured;
  readonly postconf: readonly PlannedScript[];
}

/** A setup that takes notes, and may turn out to be one that was done before. */
export interface SetupMemory {
  /** The world to set up in: it notes what is asked of it. */
  readonly host: Host;
  /** Texts of files that are read only once in that world, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** A setup that would be the same as an earlier one, done again; undefined where there is none. */
  again(log: SetupLog): Made | undefined;
  /** Inputs as they are now; those that are not what was seen in that world ask for another setup. */
  asSeen(inputs: readonly SetupInput[]): readonly SetupInput[];
  /** Remembers what was made in that world. */
  keep(made: Made & { readonly buildTexts?: ReadonlyMap<string, string> }, log: SetupLog): void;
}

/** What is kept of a setup beside its trace. */
interface Facts {
  readonly said: readonly StoredSaid[];
  /** Texts that diagnostics show, by their numbers. */
  readonly sources: readonly Source[];
  readonly postconf: readonly PlannedScript[];
  /** Build files, and the numbers of their texts among the contents. */
  readonly texts: readonly (readonly [path: string, content: number])[];
}

/**
 * A setup rests on what it asks of files, tools and environment, and on nothing else. Where all of it
 * is answered as before, its results are written again, and no build file is evaluated. What is asked of
 * processes that a project starts (`run_command`) is asked anew each time.
 */
export function setupMemory(session: Session, request: ConfigureRequest): SetupMemory {
  const world = projectWorld(session, request);
  const { sourceRoot, buildRoot } = request;
  const kind = sha256Of(kindOf(session, world, request));
  const place: SetupPlace = {
    root: `${userCache(world)}/setups`,
    kind: kind.slice(0, 32),
    sourceRoot,
    buildRoot,
  };
  const { files, clock } = world;
  let alreadyRan: readonly AlreadyRan[] = [];
  let recorded: ReturnType<typeof recordWorld> | undefined;
  const startedMs = clock.nowMs();
  const record = () => {
    recorded ??= recordWorld(world, {
      ...ownPlace(files, buildRoot),
      scratch: `${buildRoot}/meson-private/checks`,
      alreadyRan,
      // By evaluation, by what compares wraps with rules, and for what a later setup looks at first.
      readOnce: (path) =>
        path.endsWith('.wrap') ||
        path.startsWith(`${session.home}/subprojects/`) ||
        path.startsWith(`${sourceRoot}/subprojects/packagefiles/`),
      stampOf: (path) => settledStampOf(files, path, startedMs),
    });
    return recorded;
  };
  return {
    get host() {
      return record().host;
    },
    get texts() {
      return record().texts;
    },
    again: (log) => {
      const found = request.clearCache === true ? undefined : findSetup(files, place);
      if (found === undefined) return undefined;
      const replayed = replayWorld(world, found.setup.trace, found.settings);
      if (replayed.kind === 'differs') {
        alreadyRan = replayed.ran;
        return undefined;
      }
      const made = madeAgain(session, request, found);
      if (made === undefined) return undefined;
      preferSetup(world, place, found.path);
      const { said, sources } = found.setup.facts;
      for (const one of said) log.say(saidAgain(one, sources));
      return made;
    },
    asSeen: (inputs) => {
      const settings: ReplaySettings = {
        ...ownPlace(files, buildRoot),
        stampOf: (path) => stampOf(files, path),
        meansTheSame: () => false,
      };
      return inputsAsSeen(files, inputs, { steps: record().steps(), settings });
    },
    keep: ({ postconf, buildTexts = new Map() }, log) => {
      const trace = record().trace();
      if (trace === undefined) return;
      const setup = rememberedSetup(trace, { postconf, buildTexts, said: log.said });
      saveSetupMemory(world, place, { ...setup, buildRoot });
    },
  };
}

function ownPlace(files: Files, buildRoot: string): OwnPlace {
  const isLikeOwn = (folder: string) =>
    folder === buildRoot || files.exists(posix.join(folder, privateFolder));
  return { ownFolder: buildRoot, isLikeOwn };
}

/** All that decides a setup and is no answer of files and processes, but for the name of the build directory. */
function kindOf(session: Session, { system }: Host, request: ConfigureRequest): string {
  const { environment, processId: _, ...rest } = system;
  const variables = Object.entries(environment).filter(([name]) => !isOfTheSession(name));
  const { sourceRoot, buildRoot, commandLine, fatalWarnings } = request;
  const text = JSON.stringify([
    ...[session.builder, session.self, process.version, rest, variables.sort()],
    ...[sourceRoot, buildRoot, formatCommandLine(commandLine), commandLine.python ?? ''],
    ...[fatalWarnings, session.json],
  ]);
  // What was made for another build directory may be of use.
  return nameless(text, buildRoot);
}

interface Found {
  readonly setup: RememberedSetup<Facts>;
  readonly settings: ReplaySettings;
  readonly path: string;
}

/** The last setup whose sources read as they do now: of several branches, that of this one. */
function findSetup(files: Files, place: SetupPlace): Found | undefined {
  const { sourceRoot, buildRoot } = place;
  for (const path of listSetups(files, place)) {
    const setup = loadSetupMemory<Facts>(files, path, place);
    if (setup === undefined) continue;
    const settings: ReplaySettings = {
      ...ownPlace(files, buildRoot),
      stampOf: (file) => stampOf(files, file),
      meansTheSame: unspokenChange(files, sourceRoot, setup),
    };
    const isOfSources = (file: string) =>
      file.startsWith(`${sourceRoot}/`) && !file.startsWith(`${buildRoot}/`);
    const isSame = setup.trace.steps.every(
      (step) =>
        step.kind !== 'saw' ||
        !(step.what === 'readText' || step.what === 'readBytes') ||
        !isOfSources(step.path) ||
        sawTheSame(files, step, settings),
    );
    if (isSame) return { setup, settings, path };
  }
  return undefined;
}

/** Whether only comments and space changed in a build file, and nothing was said of its lines. */
function unspokenChange(
  files: Files,
  sourceRoot: string,
  { trace, facts }: RememberedSetup<Facts>,
): (path: string) => boolean {
  const texts = new Map(facts.texts);
  return (path) => {
    const number = texts.get(path);
    const before = number === undefined ? undefined : trace.contents[number];
    if (before === undefined || !/\/meson(\.build|\.options|_options\.txt)$/.test(path))
      return false;
    const name = path.slice(sourceRoot.length + 1);
    const isNamed =
      facts.sources.some((source) => source.path.endsWith(name)) ||
      facts.said.some((said) => said.kind !== 'diagnostic' && said.text.includes(name));
    const now = files.readText(path);
    return !isNamed && now.ok && sameMeaning(Buffer.from(before).toString(), now.value);
  };
}

interface Seen {
  readonly steps: readonly Step[];
  readonly settings: ReplaySettings;
}

/** What someone edited while it was read is not known by what it holds now. */
function inputsAsSeen(
  files: Files,
  inputs: readonly SetupInput[],
  { steps, settings }: Seen,
): readonly SetupInput[] {
  const paths = new Set(inputs.map(inputPath));
  const edited = editedMeanwhile(files, steps, { paths, settings });
  return inputs.map((input) => (edited.has(inputPath(input)) ? unknownInput(input) : input));
}

/** What was written again, as if it had just been made; inputs that changed without consequence are noted. */
function madeAgain(
  { host: { files, clock } }: Session,
  { buildRoot, commandLine }: ConfigureRequest,
  { setup, settings }: Found,
): Made | undefined {
  const seen = { steps: setup.trace.steps, settings };
  const loaded = loadSetup(files, buildRoot);
  if (!loaded.ok) return undefined;
  const refreshed = refreshedInputs(files, loaded.value.inputs, clock.nowMs());
  const isSame = refreshed === loaded.value.inputs;
  const state = {
    ...loaded.value,
    inputs: isSame ? refreshed : inputsAsSeen(files, refreshed, seen),
  };
  if (!isSame && !saveSetup(files, state, commandLine).ok) return undefined;
  const manifest = `${buildRoot}/build.ninja`;
  // For ninja it is as new as the build files.
  if (files.exists(manifest)) files.setTimes(manifest, clock.nowMs());
  const configured: Configured = {
    state,
    get graph() {
      const graph = loadGraph(files, graphPath(buildRoot));
      invariant(graph.ok, 'the graph was written a moment ago');
      return graph.value;
    },
  };
  return { configured, postconf: setup.facts.postconf };
}

interface Result {
  readonly postconf: readonly PlannedScript[];
  readonly buildTexts: ReadonlyMap<string, string>;
  readonly said: readonly Said[];
}

function rememberedSetup(
  { contents, ...trace }: WorldTrace,
  { postconf, buildTexts, said }: Result,
): Omit<RememberedSetup<Facts>, 'buildRoot'> {
  const all = [...contents];
  const texts = [...buildTexts].map(
    ([path, text]) => [path, all.push(Buffer.from(text)) - 1] as const,
  );
  const sources: Source[] = [];
  const kept = said.map((one) => storedSaid(one, sources));
  return { trace: { ...trace, contents: all }, facts: { said: kept, sources, postconf, texts } };
}
