import { dirname, resolve } from 'node:path';
import type { Environment } from '../base/environment.ts';
import type { Host } from '../host/host.ts';
import { nodeHost } from '../host/node/node-host.ts';
import { isMeson } from './in-mesons-place.ts';
import { type Session, signalNumbers } from './session.ts';
import { processTerminal } from './terminal/terminal.ts';
import { kaonVersion } from './version.ts';

interface SaidOfOutput {
  readonly json: boolean;
  /** What `--color` says. */
  readonly color?: string | undefined;
}

/** The session of this process. */
export function newSession({ json, color }: SaidOfOutput): Session {
  const host = nodeHost();
  const terminal = processTerminal({
    stdout: process.stdout,
    stderr: process.stderr,
    environment: withColor(host.system.environment, color),
    exit: (code) => process.exit(code),
  });
  const home = homeFolder();
  return {
    host,
    terminal,
    json,
    interruptible,
    asMeson: isMeson(host.system.environment),
    self: [resolve(home, 'bin/kaon')],
    builder: builderOf(host, home),
    looked: process.argv[2] === '@look',
    within: new Set(),
    home,
  };
}

/** With what says the same as the word. */
function withColor(environment: Environment, color: string | undefined): Environment {
  if (color === 'always') return { ...environment, NO_COLOR: '', CLICOLOR_FORCE: '1' };
  return color === 'never' ? { ...environment, NO_COLOR: '1' } : environment;
}

/** The version alone does not tell two states of kaon apart while it is worked on. */
function builderOf({ files }: Host, home: string): string {
  // All programs that kaon consists of are parts of this one.
  const bundle = files.stat(`${home}/dist/main.js`);
  return `${kaonVersion} ${bundle?.size ?? 0} ${bundle?.mtimeNs ?? 0}`;
}

/** The folder above `dist/`, or above `src/` where kaon runs from its sources. */
function homeFolder(): string {
  const here = import.meta.dirname;
  return here.endsWith('/dist') ? dirname(here) : resolve(here, '../..');
}

/** Asked a second time, kaon ends itself, whatever the work does. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const listeners = Object.entries(signalNumbers).map(([signal, number]) => {
    const listener = (): void => {
      if (controller.signal.aborted) process.exit(128 + number);
      controller.abort(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  try {
    return await work(controller.signal);
  } finally {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  }
}
