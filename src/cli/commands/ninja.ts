import { posix } from 'node:path';
import { outdated } from '../../exec/run-build.ts';
import { allInputs, edgesByOutput } from '../../ninja/manifest.ts';
import { normalPath } from '../../ninja/parse-manifest.ts';
import { isConfigured } from '../../store/setup-state.ts';
import { faultMessage } from '../build-graph.ts';
import { asNinjaExits } from '../in-mesons-place.ts';
import { manifestMark } from '../ninja/export-manifest.ts';
import { manifestPlace } from '../ninja/manifest-place.ts';
import { ownPlace } from '../ninja/own-place.ts';
import type { NinjaPlace } from '../ninja/place.ts';
import { runGoals } from '../ninja/run-goals.ts';
import { runService } from '../ninja/run-service.ts';
import { runTool } from '../ninja/run-tool.ts';
import { type NinjaRequest, ninjaRequest } from '../ninja/words.ts';
import { refuse } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';

/** The version of ninja whose command line and manifests are understood. */
const ninjaVersion = '1.12.1';

/** `kaon ninja …`: ninja's command line on kaon's own graph, or on any `build.ninja`. */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { terminal } = session;
  if (words.includes('--version')) {
    terminal.print(ninjaVersion);
    return exitCodes.ok;
  }
  const request = ninjaRequest(session, words);
  if (typeof request === 'number') return asNinjaExits(request);
  const { host } = session;
  const directory = posix.resolve(host.system.workingDirectory, request.directory);
  if (request.directory !== '.' && request.tool === undefined && !request.quiet) {
    terminal.print(`ninja: Entering directory \`${request.directory}'`);
  }
  if (!host.files.isDirectory(directory))
    return asNinjaExits(refuse(session, `${directory} is no folder`));
  const own = isOwn(session, directory, request);
  const opened = own
    ? await ownPlace(session, directory, request.dryRun || request.tool !== undefined)
    : await manifestPlace(session, directory, request);
  if (!opened.ok) return asNinjaExits(opened.error);
  const place = opened.value;
  let services: readonly string[] = [];
  try {
    const { tool } = request;
    if (tool !== undefined) return asNinjaExits(runTool(session, place, tool));
    const wanted = wantedGoals(place, request.targets);
    services = wanted.services;
    const code = await buildGoals(session, place, request, wanted.goals);
    if (code !== exitCodes.ok || request.dryRun) return asNinjaExits(code);
  } finally {
    place.input.log.close();
    place.release();
  }
  for (const name of services) {
    const code = await runService(session, place, name);
    if (code !== exitCodes.ok) return asNinjaExits(code);
  }
  return exitCodes.ok;
}

function isOwn({ host }: Session, directory: string, { file }: NinjaRequest): boolean {
  if (file !== undefined && file !== 'build.ninja') return false;
  if (!isConfigured(host.files, directory)) return false;
  const text = host.files.readText(`${directory}/build.ninja`);
  return !text.ok || text.value.startsWith(manifestMark);
}

interface Wanted {
  readonly goals: readonly string[];
  /** Run once the goals are built. */
  readonly services: readonly string[];
}

function wantedGoals(place: NinjaPlace, targets: readonly string[]): Wanted {
  if (targets.length === 0) return { goals: withValidations(place, place.defaults), services: [] };
  const { graph } = place.input;
  const goals: string[] = [];
  const services: string[] = [];
  for (const target of targets) {
    const service = place.services.find(({ name }) => name === target);
    if (target.endsWith('^')) goals.push(...madeOf(place, normalPath(target.slice(0, -1))));
    else if (service !== undefined && !graph.goals.has(target)) {
      services.push(target);
      goals.push(...service.needs);
    } else if (target !== 'build.ninja' || place.services.length === 0)
      goals.push(normalPath(target));
  }
  return { goals: withValidations(place, [...new Set(goals)]), services };
}

/** What is made of a file first of all. */
function madeOf(place: NinjaPlace, path: string): readonly string[] {
  const edge = place.manifest().edges.find((one) => allInputs(one).includes(path));
  return edge?.outputs.slice(0, 1) ?? [path];
}

/** The goals, and what is to be built along with anything that they need. */
function withValidations(place: NinjaPlace, goals: readonly string[]): readonly string[] {
  if (place.services.length > 0) return goals;
  const { edges } = place.manifest();
  if (edges.every(({ validations }) => validations.length === 0)) return goals;
  const producer = edgesByOutput({ edges });
  const wanted = new Set(goals);
  const stack = [...goals];
  const seen = new Set<string>();
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const edge = producer.get(path);
    if (edge === undefined) continue;
    for (const validation of edge.validations) wanted.add(validation);
    stack.push(...allInputs(edge), ...edge.validations);
  }
  return [...wanted];
}

async function buildGoals(
  session: Session,
  place: NinjaPlace,
  request: NinjaRequest,
  goals: readonly string[],
): Promise<number> {
  const { terminal } = session;
  if (goals.length === 0) return exitCodes.ok;
  if (request.dryRun || request.explain) {
    const plan = outdated(place.input, goals);
    if (!plan.ok) return refuse(session, faultMessage(plan.error));
    const { graph } = place.input;
    const ids = [...plan.value.stale, ...plan.value.undecided];
    for (const [number, id] of ids.entries()) {
      const { description } = graph.actions.get(id);
      if (request.dryRun) terminal.print(`[${number + 1}/${ids.length}] ${description}`);
      else terminal.printError(`ninja explain: ${description} is dirty`);
    }
    if (request.dryRun) {
      if (ids.length === 0) terminal.print('ninja: no work to do.');
      return exitCodes.ok;
    }
  }
  const { exitCode, ran } = await runGoals(session, place.input, request, goals);
  if (exitCode === exitCodes.ok && ran === 0 && !request.quiet) {
    terminal.print('ninja: no work to do.');
  }
  return exitCode;
}
