import { endScript, lastRun, scriptLaunch, scriptRequest } from '../../cargo/script/run-script.ts';
import type { BuildInput } from '../../exec/build-context.ts';
import { takeRedone } from '../../exec/redo/take-redone.ts';
import type { Graph } from '../../graph/graph.ts';
import { crateRule } from '../../model/crate-rule.ts';
import { openActionLog } from '../../store/log/action-log.ts';
import { logPath } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import { refuseFile } from '../terminal/refuse.ts';
import { actionCacheOf } from './action-cache.ts';

/** What is built, and where: the part of Configured that a build needs. */
export interface OpenPlace {
  readonly state: { readonly buildRoot: string };
  readonly graph: Graph;
}

/** What the executor works on. The caller closes its log. A number was told already: what to exit with. */
export function openInput(
  session: Session,
  { state, graph, jobs }: OpenPlace & { readonly jobs?: number | undefined },
): (BuildInput & { readonly knowsAll: boolean }) | number {
  const { host, terminal, within } = session;
  const { buildRoot } = state;
  const borrowed = within.has(buildRoot);
  const opened = openActionLog(host, logPath(buildRoot), { borrowed });
  if (!opened.ok) return refuseFile(session, opened.error);
  if (opened.value.notice !== undefined) terminal.printError(`kaon: ${opened.value.notice}`);
  const { log } = opened.value;
  const place = { buildDirectory: buildRoot };
  const knowsAll = !borrowed && takeRedone({ host, graph, log, place });
  const cache = actionCacheOf(host, buildRoot);
  return {
    host,
    graph,
    log,
    cache,
    buildDirectory: buildRoot,
    knowsAll,
    keepsDiagnostics: ({ rule }) => rule === crateRule.compile,
    ownCommand: scriptsOf(session, jobs),
  };
}

/** Build scripts of crates are run by this kaon; the command says it for other tools than kaon. */
function scriptsOf(
  { host, self }: Session,
  jobs: number | undefined,
): NonNullable<BuildInput['ownCommand']> {
  const words = [...self, 'internal', 'build-script'];
  return ({ argv }) => {
    const asked = argv.slice(words.length);
    if (asked.length !== 2) return undefined;
    if (words.some((word, at) => argv[at] !== word)) return undefined;
    const request = scriptRequest(asked);
    const files = new Set(request.consumers.map(({ file }) => file));
    return {
      rewrites: (path) => files.has(path),
      lastRun: () => lastRun(host, request),
      launch: (environment) => scriptLaunch(host, request, { environment, jobs }),
      end: (environment, finished) => endScript(host, request, { environment, finished }),
    };
  };
}
