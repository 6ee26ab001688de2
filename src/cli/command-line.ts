import { dirname, resolve } from 'node:path';
import { nearest } from '../base/nearest.ts';
import type { Host } from '../host/host.ts';
import { nodeHost } from '../host/node/node-host.ts';
import type { CommandEntry } from './command.ts';
import { asMesonExits, isMeson } from './in-mesons-place.ts';
import { refuse } from './say.ts';
import { exitCodes, type Session } from './session.ts';
import { commands } from './table.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { kaonVersion } from './version.ts';

/** Finds the command that words name and runs it. Words without a command mean: build. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  const host = nodeHost();
  const terminal = processTerminal({
    stdout: process.stdout,
    stderr: process.stderr,
    environment: host.system.environment,
  });
  // `--` and what follows belong to the command's own program.
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const session = newSession(host, terminal, own.includes('--json'));
  const found = commandOf(words, session.asMeson);
  if (found === undefined) {
    const [name = ''] = words;
    const all = commands.flatMap((entry) => [entry.name, ...(entry.aliases ?? [])]);
    const close = nearest(name, all);
    const message = `there is no command '${name}'`;
    const hint =
      close === undefined ? '`kaon help` lists the commands' : `Did you mean '${close}'?`;
    if (session.json) return refuse(session, `${message}\n${hint}`);
    terminal.printError(`kaon: ${message}\n${hint}`);
    return exitCodes.wrong;
  }
  const module = await found.entry.load();
  const code = await module.run(session, found.words, commands);
  return session.asMeson ? asMesonExits(code) : code;
}

interface Found {
  readonly entry: Pick<CommandEntry, 'load'>;
  readonly words: readonly string[];
}

function commandOf(words: readonly string[], asMeson: boolean): Found | undefined {
  const [first = '', ...rest] = words;
  if (first === '--help' || first === '-h') return commandOf(['help', ...rest], asMeson);
  const entry = commands.find(({ name, aliases }) => name === first || aliases?.includes(first));
  // `meson BUILDDIR` sets up; `kaon` and `kaon -j4` build.
  if (entry === undefined && asMeson) {
    return { entry: { load: () => import('./commands/setup.ts') }, words };
  }
  if (first === '' || first.startsWith('-')) {
    return { entry: { load: () => import('./commands/build.ts') }, words };
  }
  return entry && { entry, words: rest };
}

function newSession(host: Host, terminal: Terminal, json: boolean): Session {
  const home = homeFolder();
  return {
    host,
    terminal,
    json,
    interruptible,
    asMeson: isMeson(host.system.environment),
    self: [resolve(home, 'bin/kaon')],
    builder: builderOf(host),
    home,
  };
}

/** The version alone does not tell two states of kaon apart while it is worked on. */
function builderOf({ files }: Host): string {
  const bundle = files.stat(import.meta.filename);
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
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
  const listeners = Object.entries(numbers).map(([signal, number]) => {
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
