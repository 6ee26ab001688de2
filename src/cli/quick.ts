import { join, posix } from 'node:path';
import type { Files } from '../host/host.ts';
import { loadCached } from '../host/node/load-cached.ts';
import { loadGraph } from '../store/graph-file.ts';
import { leaveSince } from '../store/no-op/grow-no-op-proof.ts';
import { type Look, takeLook } from '../store/no-op/no-op-look.ts';
import { graphPath } from '../store/setup/setup-state.ts';
import { buildWith } from './build/build-graph.ts';
import { builtWords, upToDate } from './build/no-op-words.ts';
import { tellRedone } from './build/tell-redone.ts';
import { keptJobs } from './cargo/kept-jobs.ts';
import { newSession } from './new-session.ts';
import { outermost } from './outermost.ts';
import { exitCodes } from './session.ts';

/**
 * The way of a build after a few changes, which is most builds: nothing is loaded that knows of build
 * files, options or setups. The launcher saw that these are as they were.
 */
async function quick(buildRoot: string, words: readonly string[]): Promise<number | undefined> {
  const session = newSession({ json: false });
  const { host, terminal, asMeson } = session;
  if (asMeson) return undefined;
  const quiet = words[0] !== 'compile';
  const told = tellRedone(session, buildRoot, { quiet });
  if (told !== undefined) return told;
  const startedAt = host.clock.monotonicMs();
  const locked = await host.storage.lock(buildRoot);
  if (!locked.ok) return undefined;
  try {
    const look = takeLook(host.files, buildRoot, host.system.processId);
    if (look !== undefined && goneSource(host.files, look)) return undefined;
    const graph = loadGraph(host.files, graphPath(buildRoot));
    if (look === undefined || !graph.ok) return undefined;
    const said = readWords(words);
    const jobs = said.jobs || keptJobs(host, buildRoot);
    const request = { ...said, jobs, quiet, repeats: quiet };
    const { exitCode, ran } = await buildWith(session, {
      place: { state: look, graph: graph.value },
      request,
      look,
      leave: (seen) => {
        if (seen.kind !== 'whole') leaveSince(host.files, look.buildRoot, seen);
      },
    });
    if (request.quiet && exitCode === exitCodes.ok) {
      const built = builtWords(ran, host.clock.monotonicMs() - startedAt);
      // Warnings stand before the last line; those were told already.
      const says = look.says.slice(look.says.lastIndexOf('\n') + 1);
      terminal.print(ran === 0 ? says : says.replace(upToDate, built));
    }
    return exitCode;
  } finally {
    locked.value.release();
  }
}

/** A source that is gone may ask for another setup; what no action makes, the setup did. */
function goneSource(files: Files, { changed, path, buildRoot, uses }: Look): boolean {
  return changed.some(
    (file) =>
      !files.exists(posix.resolve(buildRoot, path(file))) && !uses.made.items.includes(file),
  );
}

/** What the launcher lets through: -C, -j, -k and -v. */
function readWords(words: readonly string[]) {
  const numberOf = (letter: string, otherwise: number): number => {
    const at = words.findLastIndex((word) => word.startsWith(`-${letter}`));
    const text = words[at] === `-${letter}` ? words[at + 1] : words[at]?.slice(2);
    return text === undefined ? otherwise : Number(text);
  };
  return {
    goals: [],
    jobs: numberOf('j', 0),
    keepGoing: numberOf('k', 1),
    verbose: words.includes('-v'),
  };
}

/** Where it cannot go on by itself, all of kaon does. */
async function start([, buildRoot = '', ...words]: readonly string[]): Promise<number | undefined> {
  const code = await quick(buildRoot, words);
  if (code !== undefined) return code;
  loadCached(join(import.meta.dirname, 'main.js'), words[0] === 'compile' ? 'compile' : 'build');
  return undefined;
}

outermost(start(process.argv.slice(2)));
