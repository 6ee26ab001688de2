import { posix } from 'node:path';
import { buildContext } from '../../exec/build-context.ts';
import { actionKey } from '../../exec/command-text.ts';
import { planGoals } from '../../exec/run-build.ts';
import type { Witness } from '../../exec/witness.ts';
import { commandLine } from '../../graph/shell-line.ts';
import { madeOf } from '../../ninja/asked-for.ts';
import { ninjaVersion, normalPath } from '../../ninja/parse-manifest.ts';
import type { Service } from '../../ninja/service.ts';
import { isConfigured } from '../../store/setup/setup-state.ts';
import { asNinjaExits } from '../in-mesons-place.ts';
import { manifestMark } from '../ninja/export-manifest.ts';
import { foundIn } from '../ninja/known-deps.ts';
import { manifestPlace } from '../ninja/manifest-place.ts';
import { NinjaBuild, shellLine } from '../ninja/ninja-build.ts';
import { asksForAll, leaveNoOp } from '../ninja/no-op.ts';
import { ownPlace } from '../ninja/own-place.ts';
import type { NinjaPlace } from '../ninja/place.ts';
import { runService } from '../ninja/run-service.ts';
import { needless, runTool } from '../ninja/run-tool.ts';
import { explainAsNinja, faultInNinjasWords, refuseAsNinja } from '../ninja/say.ts';
import { type NinjaRequest, ninjaRequest } from '../ninja/words.ts';
import { exitCodes, type Session } from '../session.ts';

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
  if (request.enters && request.tool === undefined && !request.quiet) {
    terminal.print(`ninja: Entering directory \`${request.directory}'`);
  }
  if (!host.files.isDirectory(directory))
    return asNinjaExits(
      refuseAsNinja(session, `chdir to '${request.directory}' - No such file or directory`),
    );
  // What makes a manifest anew asks for these while the build that it is part of holds the lock.
  if (request.tool !== undefined && needless.includes(request.tool.name)) return exitCodes.ok;
  const own = isOwn(session, directory, request);
  const opened = own
    ? await ownPlace(session, { directory, asItIs: request.dryRun || request.tool !== undefined })
    : await manifestPlace(session, directory, request);
  if (!opened.ok) return asNinjaExits(opened.error);
  const place = opened.value;
  let services: readonly Service[] = [];
  try {
    const { tool } = request;
    if (tool !== undefined) return asNinjaExits(runTool(session, place, { ...request, tool }));
    const wanted =
      place.begun === undefined
        ? wantedGoals(place, request.targets)
        : { goals: place.begun.goals, services: [] };
    services = wanted.services;
    const leaves = asksForAll(request, own);
    if (request.dryRun && place.outdated !== undefined) {
      // What is to be built then is not known before.
      if (!request.quiet) terminal.print(`[0/1] Configuring anew: ${place.outdated}`);
      return exitCodes.ok;
    }
    const whole = leaves ? withWordOfNoOp(session, place) : place;
    const code = await buildGoals(session, whole, { request, goals: wanted.goals });
    if (code !== exitCodes.ok || request.dryRun) return asNinjaExits(code);
  } finally {
    place.input.log.close();
    place.release();
  }
  for (const service of services) {
    const code = await runService(session, directory, service);
    if (code !== exitCodes.ok) return asNinjaExits(code);
  }
  return exitCodes.ok;
}

/** Where nothing was run to find out what there is to do, all that is up to date is known. */
function withWordOfNoOp(session: Session, place: NinjaPlace): NinjaPlace {
  if (place.begun?.build.hasRun === true) return place;
  const onUpToDate = place.leave ?? ((seen: Witness) => leaveNoOp(session, place, seen));
  return { ...place, input: { ...place.input, onUpToDate } };
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
  readonly services: readonly Service[];
}

function wantedGoals(place: NinjaPlace, targets: readonly string[]): Wanted {
  if (targets.length === 0) return { goals: place.defaults, services: [] };
  const { graph } = place.input;
  const goals: string[] = [];
  const services: Service[] = [];
  for (const target of targets) {
    const service = place.services.find(({ name }) => name === target);
    if (target.endsWith('^')) {
      const path = normalPath(target.slice(0, -1));
      goals.push(madeOf(place.manifest(), path, foundIn(place.input.log)) ?? path);
    } else if (service !== undefined && !graph.goals.has(target)) {
      services.push(service);
      goals.push(...service.needs);
    } else if (target !== 'build.ninja') goals.push(normalPath(target));
  }
  return { goals: [...new Set(goals)], services };
}

async function buildGoals(
  session: Session,
  place: NinjaPlace,
  { request, goals }: { readonly request: NinjaRequest; readonly goals: readonly string[] },
): Promise<number> {
  const { terminal } = session;
  const build = place.begun?.build ?? new NinjaBuild(session, request);
  if (goals.length === 0) {
    if (!request.quiet) terminal.print('ninja: no work to do.');
    return exitCodes.ok;
  }
  if (request.dryRun || request.explain) {
    const plan = planGoals(buildContext(build.onwards(place.input)), goals);
    if (!plan.ok) return refuseAsNinja(session, faultInNinjasWords(plan.error));
    const { graph } = place.input;
    const { stale, undecided } = plan.value;
    const ids = [...stale.keys(), ...undecided];
    for (const [number, id] of ids.entries()) {
      const action = graph.actions.get(id);
      if (request.explain) {
        const why = explainAsNinja(actionKey(graph, action), stale.get(id));
        terminal.printError(`ninja explain: ${why}`);
      }
      const count = `${number + 1}/${ids.length}`;
      const line = shellLine(action.work) ?? commandLine(action.work);
      // What kaon does itself has no command.
      const shown = request.verbose && line !== '' ? line : action.description;
      if (request.dryRun && !request.quiet) terminal.print(`[${count}] ${shown}`);
    }
    if (request.dryRun) {
      if (ids.length === 0 && !request.quiet) terminal.print('ninja: no work to do.');
      return exitCodes.ok;
    }
  }
  const exitCode = await build.last(place.input, goals);
  if (exitCode === exitCodes.ok && !build.hasRun && !request.quiet) {
    terminal.print('ninja: no work to do.');
  }
  return exitCode;
}
