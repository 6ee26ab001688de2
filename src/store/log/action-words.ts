import { unreachable } from '../../base/assert.ts';
import type { EnvironmentChange } from '../../base/environment.ts';
import type {
  Action,
  Command,
  CommandVariable,
  FileId,
  FileListId,
  PoolId,
  Work,
} from '../../graph/graph.ts';

/** The kinds of work by number; the order is part of the format. */
const workKinds: readonly Work['kind'][] = ['command', 'copy', 'symlink', 'write', 'symbols'];
/** When a variable counts, above the kind of its change. */
const countKinds: readonly CommandVariable['counts'][] = [undefined, 'where-read', 'never'];
const changeKinds: readonly EnvironmentChange['kind'][] = ['set', 'unset', 'append', 'prepend'];
const depfileFormats = ['make', 'esbuild'] as const;
const quotings = ['gcc', 'lines'] as const;

const alwaysRun = 1;
const removeOutputsFirst = 2;
const outputsOptional = 4;
const depfilePasses = 8;
/** What few actions have stands behind all the rest. */
const hasMore = 16;
const anyCommand = 32;
const depfileNeeded = 64;
const leavesMore = 128;
const lastWordIsAudience = 256;
const tellsBreakage = 512;

/** An action as numbers: texts by their number in the string table, lists after their length, what may be absent as 0 or number + 1. */
export function encodeAction(action: Action, string: (text: string) => number): readonly number[] {
  const { depfile, includeLines } = action;
  const command = action.work.kind === 'command' ? action.work : undefined;
  const given = command?.given;
  const more = [includeLines, given?.path, given?.content];
  const words = [
    (action.alwaysRun ? alwaysRun : 0) |
      (action.removeOutputsFirst ? removeOutputsFirst : 0) |
      (action.outputsOptional === true ? outputsOptional : 0) |
      (depfile?.passing === true ? depfilePasses : 0) |
      (depfile?.needed === true ? depfileNeeded : 0) |
      (action.anyCommand === true ? anyCommand : 0) |
      (action.leavesMore === true ? leavesMore : 0) |
      (action.tellsBreakage === true ? tellsBreakage : 0) |
      (command?.lastWordIsAudience === true ? lastWordIsAudience : 0) |
      (more.some((text) => text !== undefined) ? hasMore : 0),
    string(action.rule),
    string(action.description),
    action.pool === undefined ? 0 : action.pool + 1,
    depfile === undefined ? 0 : string(depfile.path) + 1,
    depfile === undefined ? 0 : depfileFormats.indexOf(depfile.format),
  ];
  for (const list of [action.inputs, action.orderOnly, action.outputs, action.earlyOutputs]) {
    words.push(list.length);
    for (const id of list) words.push(id);
  }
  words.push(workKinds.indexOf(action.work.kind));
  encodeWork(action.work, words, string);
  if (more.some((text) => text !== undefined)) {
    for (const text of more) words.push(text === undefined ? 0 : string(text) + 1);
  }
  return words;
}

function encodeWork(work: Work, words: number[], string: (text: string) => number): void {
  const optional = (text: string | undefined): number =>
    text === undefined ? 0 : string(text) + 1;
  const list = (texts: readonly string[]): void => {
    words.push(texts.length);
    for (const text of texts) words.push(string(text));
  };
  switch (work.kind) {
    case 'command':
      list(work.argv);
      words.push(optional(work.cwd), optional(work.stdin), optional(work.stdout));
      words.push(optional(work.response?.path), work.response?.from ?? 0);
      words.push(work.response === undefined ? 0 : quotings.indexOf(work.response.quoting));
      words.push(work.environment.length);
      for (const change of work.environment) {
        const counts = countKinds.indexOf(change.counts) * changeKinds.length;
        words.push(changeKinds.indexOf(change.kind) + counts, string(change.name));
        words.push(change.kind === 'unset' ? 0 : string(change.value));
        words.push('separator' in change ? string(change.separator) : 0);
      }
      return;
    case 'copy':
      words.push(string(work.from), string(work.to), work.linked === true ? 1 : 0);
      return;
    case 'symlink':
      words.push(string(work.target), string(work.path));
      return;
    case 'write':
      words.push(string(work.path), string(work.content));
      return;
    case 'symbols':
      words.push(string(work.library), string(work.output));
      list(work.tool);
      return;
    default:
      unreachable(work);
  }
}

/** The action whose words begin at a place. Large graphs are decoded more than once: it makes as little as can be. */
export function decodeAction(
  words: Uint32Array,
  start: number,
  string: (id: number) => string,
): Action {
  let at = start;
  const next = (): number => words[at++] ?? 0;
  const list = (): number[] => {
    const items: number[] = [];
    for (let left = next(); left > 0; left--) items.push(next());
    return items;
  };
  const flags = next();
  const rule = string(next());
  const description = string(next());
  const pool = next();
  const depfile = next();
  const format = depfileFormats[next()] ?? 'make';
  const how = {
    ...((flags & depfilePasses) === 0 ? {} : { passing: true as const }),
    ...((flags & depfileNeeded) === 0 ? {} : { needed: true as const }),
  };
  const action: Action = {
    rule,
    description,
    // Row numbers come back as they were stored.
    inputs: list() as FileId[],
    orderOnly: list() as FileListId[],
    outputs: list() as FileId[],
    earlyOutputs: list() as FileId[],
    work: decodeWork(next, string, flags),
    alwaysRun: (flags & alwaysRun) !== 0,
    removeOutputsFirst: (flags & removeOutputsFirst) !== 0,
    ...((flags & outputsOptional) === 0 ? {} : { outputsOptional: true }),
    ...((flags & anyCommand) === 0 ? {} : { anyCommand: true }),
    ...((flags & leavesMore) === 0 ? {} : { leavesMore: true }),
    ...((flags & tellsBreakage) === 0 ? {} : { tellsBreakage: true }),
    ...(depfile === 0 ? {} : { depfile: { path: string(depfile - 1), format, ...how } }),
    ...(pool === 0 ? {} : { pool: (pool - 1) as PoolId }),
  };
  if ((flags & hasMore) === 0) return action;
  const [includeLines, path, content] = [next(), next(), next()];
  const given =
    path === 0 ? {} : { given: { path: string(path - 1), content: string(content - 1) } };
  return {
    ...action,
    ...(includeLines === 0 ? {} : { includeLines: string(includeLines - 1) }),
    ...(action.work.kind === 'command' && { work: { ...action.work, ...given } }),
  };
}

function decodeWork(next: () => number, string: (id: number) => string, flags: number): Work {
  const text = (): string => string(next());
  const texts = (): readonly string[] => {
    const items: string[] = [];
    for (let left = next(); left > 0; left--) items.push(text());
    return items;
  };
  const kind = workKinds[next()] ?? 'command';
  switch (kind) {
    case 'command': {
      const command = decodeCommand(texts(), next, string);
      if ((flags & lastWordIsAudience) === 0) return command;
      return { ...command, lastWordIsAudience: true };
    }
    case 'copy':
      return { kind, from: text(), to: text(), ...(next() === 1 && { linked: true as const }) };
    case 'symlink':
      return { kind, target: text(), path: text() };
    case 'write':
      return { kind, path: text(), content: text() };
    case 'symbols':
      return { kind, library: text(), output: text(), tool: texts() };
    default:
      return unreachable(kind);
  }
}

function decodeCommand(
  argv: readonly string[],
  next: () => number,
  string: (id: number) => string,
): Command {
  const [cwd, stdin, stdout, response, from, quoting] = [
    next(),
    next(),
    next(),
    next(),
    next(),
    next(),
  ];
  const environment: CommandVariable[] = [];
  for (let left = next(); left > 0; left--) {
    const word = next();
    const kind = changeKinds[word % changeKinds.length] ?? 'set';
    const counted = countKinds[Math.floor(word / changeKinds.length)];
    const counts = counted === undefined ? {} : { counts: counted };
    const [name, value, separator] = [string(next()), next(), next()];
    if (kind === 'unset') environment.push({ kind, name, ...counts });
    else if (kind === 'set') environment.push({ kind, name, value: string(value), ...counts });
    else {
      const [added, between] = [string(value), string(separator)];
      environment.push({ kind, name, value: added, separator: between, ...counts });
    }
  }
  return {
    kind: 'command',
    argv,
    environment,
    ...(cwd === 0 ? {} : { cwd: string(cwd - 1) }),
    ...(stdin === 0 ? {} : { stdin: string(stdin - 1) }),
    ...(stdout === 0 ? {} : { stdout: string(stdout - 1) }),
    ...(response === 0
      ? {}
      : { response: { path: string(response - 1), from, quoting: quotings[quoting] ?? 'gcc' } }),
  };
}
