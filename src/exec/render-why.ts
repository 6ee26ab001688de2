import { unreachable } from '../base/assert.ts';
import { quoteWord } from '../base/shell-words.ts';
import type { Why } from './explain.ts';
import type { GraphFault } from './select-actions.ts';
import type { Stale } from './why-stale.ts';

/** A reason as people read it; lines without a line end. */
export function renderWhy(why: Why): string {
  switch (why.kind) {
    case 'fresh':
      return `${why.output} is up to date.`;
    case 'stale':
      return `${why.output} is made anew: ${renderStale(why.because)}`;
    case 'depends-on': {
      const way = why.through.map((path) => `  which needs ${path}`).join('\n');
      return `${why.output} is made anew if what it needs comes out different:\n${way}\n  and that is made anew: ${renderStale(why.because)}`;
    }
    default:
      return unreachable(why);
  }
}

export function renderStale(stale: Stale): string {
  switch (stale.kind) {
    case 'always-runs':
      return 'it runs in every build.';
    case 'never-built':
      return 'it was never built here.';
    case 'command-changed':
      return `its command changed.\n${difference(stale.before, stale.now)}`;
    case 'input-added':
      return `${stale.path} is an input now.`;
    case 'input-removed':
      return `${stale.path} is no input any more.`;
    case 'input-changed':
      return stale.discovered
        ? `${stale.path}, which it read, changed.`
        : `its input ${stale.path} changed.`;
    case 'input-missing':
      return stale.discovered
        ? `${stale.path}, which it read, is not there any more.`
        : `its input ${stale.path} is not there.`;
    case 'environment-changed':
      return `the variable ${stale.name}, which it read, was ${quoted(stale.before)} and is ${quoted(stale.now)}.`;
    case 'output-missing':
      return `${stale.path} is not there.`;
    case 'output-changed':
      return `${stale.path} was changed by someone else since it was made.`;
    default:
      return unreachable(stale);
  }
}

/** Why a build cannot start, worded as people of ninja know it. */
export function renderGraphFault(fault: GraphFault): string {
  switch (fault.kind) {
    case 'unknown-goal': {
      const meant = fault.similar === undefined ? '' : `, did you mean '${fault.similar}'?`;
      return `unknown target '${fault.name}'${meant}`;
    }
    case 'cycle':
      return `dependency cycle: ${fault.paths.join(' -> ')}`;
    case 'missing-input':
      return `'${fault.path}', needed by '${fault.neededBy}', missing and no known rule to make it`;
    default:
      return unreachable(fault);
  }
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'not set' : `"${value}"`;
}

/** The first part in which two commands differ, and where in it. See command-text.ts for the parts. */
function difference(before: readonly string[], now: readonly string[]): string {
  const count = (parts: readonly string[]): number => Number(parts[0] ?? 0);
  const shortest = Math.min(count(before), count(now));
  for (let at = 1; at <= shortest; at++) {
    if (before[at] !== now[at]) {
      return lines(`argument ${at - 1}`, before[at] ?? '', now[at] ?? '');
    }
  }
  if (count(before) !== count(now)) {
    const longer = count(before) > count(now) ? before : now;
    const which = longer === now ? 'added' : 'removed';
    const rest = longer.slice(shortest + 1, count(longer) + 1).map(quoteWord);
    return `  ${which}: ${rest.join(' ')}`;
  }
  const old = new Set(before.slice(count(before) + 1));
  const fresh = new Set(now.slice(count(now) + 1));
  const gone = [...old].filter((part) => !fresh.has(part)).map((part) => `  - ${part}`);
  const come = [...fresh].filter((part) => !old.has(part)).map((part) => `  + ${part}`);
  return [...gone, ...come].join('\n');
}

function lines(what: string, before: string, now: string): string {
  let same = 0;
  while (same < before.length && before[same] === now[same]) same++;
  const label = `  ${what} was `;
  const text = `${label}${before}\n${' '.repeat(label.length - 4)}is  ${now}`;
  return same === 0 ? text : `${text}\n${' '.repeat(label.length + same)}^`;
}
