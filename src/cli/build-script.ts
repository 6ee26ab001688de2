import { buildScript } from './internal/build-script.ts';
import { newSession } from './new-session.ts';
import { outermost } from './outermost.ts';

/** `kaon internal build-script` by itself: each crate with a build script starts it, so it is small. */
async function start(words: readonly string[]): Promise<number> {
  return buildScript(newSession(false), words);
}

outermost(start(process.argv.slice(4)));
