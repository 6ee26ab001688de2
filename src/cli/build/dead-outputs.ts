import type { Graph } from '../../graph/graph.ts';
import type { Host } from '../../host/host.ts';
import { sameStat } from '../../host/same-stat.ts';
import { isCrateRule } from '../../model/crate-rule.ts';
import { loadGraph } from '../../store/graph-file.ts';
import { openActionLog } from '../../store/log/action-log.ts';
import { asLink } from '../../store/log/as-link.ts';
import { graphPath, logPath } from '../../store/setup/setup-state.ts';

/**
 * What removes what the graph of an earlier setup made and the new one neither makes nor reads, as Meson does by
 * `ninja -t cleandead`: the library of a renamed target would be found still. To be asked for before a setup,
 * which writes another graph, and called after it. Crates of Cargo's rules are left, as Cargo leaves them: other
 * features are often wanted again.
 */
export function deadOutputsRemover(host: Host, buildRoot: string): (now: () => Graph) => void {
  const path = graphPath(buildRoot);
  const seen = host.files.stat(path);
  const before = loadGraph(host.files, path);
  return (now) => {
    const stat = host.files.stat(path);
    const isSameGraph = seen !== undefined && stat !== undefined && sameStat(seen, stat);
    if (before.ok && !isSameGraph)
      removeDead(host, buildRoot, { before: before.value, now: now() });
  };
}

interface Graphs {
  readonly before: Graph;
  readonly now: Graph;
}

function removeDead(host: Host, buildRoot: string, { before, now }: Graphs): void {
  const known = new Set(now.files.values());
  const isDead = (path: string): boolean =>
    !known.has(path) && host.files.lstat(`${buildRoot}/${path}`) !== undefined;
  const dead = outputsOf(before).filter(({ path }) => isDead(path));
  if (dead.length === 0) return;
  const opened = openActionLog(host, logPath(buildRoot));
  if (!opened.ok) return;
  const { log } = opened.value;
  for (const { path, isLink, depfile } of dead) {
    const at = `${buildRoot}/${path}`;
    const made = log.file(isLink ? asLink(path) : path);
    const stat = isLink ? host.files.lstat(at) : host.files.stat(at);
    // What somebody else wrote there since, perhaps the setup itself, is not ours.
    if (made === undefined || stat === undefined || !sameStat(made.signature, stat)) continue;
    host.files.remove(at);
    if (depfile !== undefined && isDead(depfile)) host.files.remove(`${buildRoot}/${depfile}`);
  }
  log.close();
}

interface Output {
  readonly path: string;
  readonly isLink: boolean;
  /** Of the action that makes it. */
  readonly depfile: string | undefined;
}

function outputsOf(graph: Graph): readonly Output[] {
  return [...graph.actions.values()]
    .filter(({ rule }) => !isCrateRule(rule))
    .flatMap(({ outputs, work, depfile }) =>
      outputs.map((file) => ({
        path: graph.files.get(file),
        isLink: work.kind === 'symlink',
        depfile: depfile?.path,
      })),
    )
    .filter(({ path }) => !path.startsWith('../') && !path.startsWith('/'));
}
