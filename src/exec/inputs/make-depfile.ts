import type { EnvironmentRead } from '../../store/log/action-record.ts';

/** What a tool says it read. */
export interface Discovered {
  readonly paths: readonly string[];
  readonly environment: readonly EnvironmentRead[];
  /** It read more than that, which cannot be named, or of which it told nothing. */
  readonly partly?: 'unnameable' | 'untold';
}

/**
 * Reads a depfile in make's language as compilers write it: targets, a colon, prerequisites.
 * `\ ` and `\#` are a space and a hash, `$$` is a dollar, a backslash before a line end continues
 * the line, and 2N (+1) backslashes before a space are N (and the space is part of the name). What
 * is itself a target of some rule and has no prerequisites (gcc's -MP) is named all the same.
 * rustc's `# env-dep:NAME=VALUE` lines name variables. What gcc tells make of C++ modules names no files:
 * who makes a module is known before. Undefined where targets have no colon, as in a file
 * that was not written to its end.
 */
export function parseMakeDepfile(text: string): Discovered | undefined {
  const paths = new Set<string>();
  const environment: EnvironmentRead[] = [];
  const source = text.replaceAll('\r\n', '\n');
  let at = 0;
  let inTargets = true;
  let targets = 0;
  let namesNoFiles = false;
  while (at < source.length) {
    const character = source[at];
    if (character === '\n') {
      if (inTargets && targets > 0) return undefined;
      inTargets = true;
      targets = 0;
      namesNoFiles = false;
      at++;
    } else if (character === ' ' || character === '\t') {
      at++;
    } else if (character === '\\' && source[at + 1] === '\n') {
      at += 2;
    } else if (character === '#' && inTargets && targets === 0) {
      // Behind a target it is part of its name: rustc does not escape where it writes.
      const end = lineEnd(source, at);
      const read = envDep(source.slice(at, end));
      if (read !== undefined) environment.push(read);
      at = end;
    } else if (character === ':' && inTargets && endsTarget(source[at + 1])) {
      inTargets = false;
      at++;
    } else {
      const word = readWord(source, at, inTargets ? 'targets' : 'prerequisites');
      if (inTargets && word.text === '+=') {
        at = assignmentEnd(source, at);
        targets = 0;
        continue;
      }
      const isNoFile = moduleName.test(word.text);
      if (inTargets) {
        targets++;
        namesNoFiles ||= isNoFile || word.text === '.PHONY';
      } else if (word.text === '|') namesNoFiles = true;
      else if (word.text !== '' && !isNoFile && !namesNoFiles) paths.add(word.text);
      // A target written as `name:` ends in the colon that starts the prerequisites.
      at = word.end;
    }
  }
  return inTargets && targets > 0 ? undefined : { paths: [...paths], environment };
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end === -1 ? source.length : end;
}

function assignmentEnd(source: string, from: number): number {
  let end = lineEnd(source, from);
  while (source[end - 1] === '\\' && end < source.length) end = lineEnd(source, end + 1);
  return end;
}

/** A colon inside a name (`C:/x`, `a:b`) is followed by more of the name. */
function endsTarget(next: string | undefined): boolean {
  return next === undefined || ' \t\n\\|'.includes(next);
}

/** gcc's name of a C++ module, for which there is a rule without a recipe. */
const moduleName = /\.c\+\+(m|-module)$/;

const ordinary = /[^\s:$\\]*/y;

function readWord(
  source: string,
  from: number,
  where: 'targets' | 'prerequisites',
): { readonly text: string; readonly end: number } {
  // Nearly every word is without what needs a second look.
  ordinary.lastIndex = from;
  ordinary.test(source);
  let at = ordinary.lastIndex;
  let text = source.slice(from, at);
  while (at < source.length) {
    const character = source[at] ?? '';
    if (character === ' ' || character === '\t' || character === '\n') break;
    if (character === ':' && where === 'targets' && endsTarget(source[at + 1])) break;
    if (character === '$' && source[at + 1] === '$') {
      text += '$';
      at += 2;
    } else if (character === '\\') {
      let end = at;
      while (source[end] === '\\') end++;
      const next = source[end];
      const count = end - at;
      if (next === ' ') {
        text += '\\'.repeat(Math.floor(count / 2));
        at = end;
        if (count % 2 === 0) break;
        text += ' ';
        at++;
      } else if (next === '#' || next === ':') {
        text += '\\'.repeat(count - 1) + next;
        at = end + 1;
      } else if (next === '\n') {
        text += '\\'.repeat(count - 1);
        at = end - 1;
        break;
      } else {
        text += '\\'.repeat(count);
        at = end;
      }
    } else {
      text += character;
      at++;
    }
  }
  return { text, end: at };
}

/** `# env-dep:NAME=VALUE`, or without `=` when it was not set. rustc escapes line ends and backslashes. */
function envDep(line: string): EnvironmentRead | undefined {
  const found = /^# env-dep:([^=]*)(?:=(.*))?$/.exec(line);
  if (found === null) return undefined;
  const unescaped = (value: string): string =>
    value.replaceAll(/\\(.)/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped,
    );
  const name = unescaped(found[1] ?? '');
  return found[2] === undefined ? { name } : { name, value: unescaped(found[2]) };
}
