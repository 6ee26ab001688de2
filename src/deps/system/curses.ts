import type { DependencyContext } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor } from './checks.ts';

/** Libraries that are a curses, with the headers each may have, the preferred first. */
const kinds: readonly { readonly library: string; readonly headers: readonly string[] }[] = [
  { library: 'pdcurses', headers: ['pdcurses/curses.h'] },
  { library: 'ncursesw', headers: ['ncursesw/ncurses.h', 'ncurses.h'] },
  { library: 'ncurses', headers: ['ncurses/ncurses.h', 'ncurses/curses.h', 'ncurses.h'] },
  { library: 'curses', headers: ['curses.h'] },
];

/** Curses without a tool that tells of it. */
export function findCurses(context: DependencyContext): Attempt {
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  for (const { library, headers } of kinds) {
    const linkArgs = compiler.library(library);
    const header =
      linkArgs === undefined ? undefined : headers.find((name) => compiler.hasHeader(name));
    if (linkArgs === undefined || header === undefined) continue;
    const prefix = `#include <${header}>`;
    const needs = { compileArgs: [], linkArgs };
    const define = (name: string): string => compiler.define(name, prefix, needs) ?? '';
    const version = library.startsWith('ncurses')
      ? define('NCURSES_VERSION')
      : library === 'pdcurses'
        ? `${define('PDC_VER_MAJOR')}.${define('PDC_VER_MINOR')}`
        : undefined;
    return found({ name: 'curses', type: 'system', machine: context.machine, version, linkArgs });
  }
  return absent;
}
