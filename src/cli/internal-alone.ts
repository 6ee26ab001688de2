import { alone, type Internal } from './internal/alone.ts';
import { newSession } from './new-session.ts';
import { outermost } from './outermost.ts';

/** `kaon internal NAME …` for those that are loaded by themselves. */
async function start([name = '', ...words]: readonly string[]): Promise<number | undefined> {
  const internals: Readonly<Record<string, Internal>> = alone;
  return internals[name]?.(newSession({ json: false }), words);
}

outermost(start(process.argv.slice(3)));
