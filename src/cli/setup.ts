import { run } from './commands/setup.ts';
import { exitOf } from './in-mesons-place.ts';
import { newSession } from './new-session.ts';
import { outermost } from './outermost.ts';

/** `kaon setup` by itself: nothing is loaded that only other commands need. */
async function setup(words: readonly string[]): Promise<number> {
  const session = newSession({ json: words.includes('--json') });
  const code = await run(session, words);
  return exitOf(session, code);
}

outermost(setup(process.argv.slice(3)));
