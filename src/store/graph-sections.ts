import { addAll } from '../base/add-all.ts';
import type { FileId, FileListId, Goal, Graph, Pool, PoolId } from '../graph/graph.ts';
import { LazyRows } from './format/lazy-rows.ts';
import { numberLists } from './format/number-lists.ts';
import { StringTable, StringTableWriter } from './format/string-table.ts';
import { decodeAction, encodeAction } from './log/action-words.ts';

/** A part of the graph file. */
type Section = Uint8Array | Uint32Array;

/** How many sections a graph's file has. */
export const sectionCount = 9;

/**
 * The sections, in order: where strings start, the strings, the string of each file; where file
 * lists start, their files; where actions start, their words (action-words.ts); pools (name, depth,
 * console); goals (name, files, actions).
 */
export function encodeGraph(graph: Graph): readonly Section[] {
  const strings = new StringTableWriter();
  const files = Uint32Array.from(graph.files.values(), (path) => strings.id(path));
  const lists = numberLists(graph.fileLists.values());
  const actions = numberLists(
    (function* () {
      for (const action of graph.actions.values()) {
        yield encodeAction(action, (text) => strings.id(text));
      }
    })(),
  );
  const pools: number[] = [];
  for (const { name, depth, console } of graph.pools.values()) {
    pools.push(strings.id(name), Math.min(depth, 0xffffffff), console ? 1 : 0);
  }
  const goals: number[] = [];
  for (const [name, goal] of graph.goals) {
    goals.push(strings.id(name), goal.files.length);
    addAll(goals, goal.files);
    goals.push(goal.actions.length);
    addAll(goals, goal.actions);
  }
  const { starts, bytes } = strings.finish();
  return [
    starts,
    bytes,
    files,
    lists.starts,
    lists.items,
    actions.starts,
    actions.items,
    Uint32Array.from(pools),
    Uint32Array.from(goals),
  ];
}

/**
 * Sections with other strings for those that have one of some marks in them; undefined where there is no
 * other. `other` is told a letter for each byte.
 */
export function withOtherStrings(
  sections: readonly Uint8Array[],
  marks: readonly string[],
  other: (text: string) => string | undefined,
): readonly Section[] | undefined {
  const [startBytes, bytes, ...rest] = sections;
  if (startBytes === undefined || bytes === undefined) return undefined;
  const starts = new Uint32Array(startBytes.buffer, startBytes.byteOffset, startBytes.length >> 2);
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const places = marks.flatMap((mark) => placesOf(whole, mark)).sort((a, b) => a - b);
  const pieces: string[] = [];
  const placed = new Uint32Array(starts.length);
  let growth = 0;
  let done = 0;
  let next = 0;
  for (let id = 0; id + 1 < starts.length; id++) {
    const [start = 0, end = 0] = [starts[id], starts[id + 1]];
    placed[id] = start + growth;
    if ((places[next] ?? whole.length) >= end) continue;
    while ((places[next] ?? whole.length) < end) next++;
    const before = whole.slice(start, end);
    const text = other(before);
    if (text === undefined) return undefined;
    pieces.push(whole.slice(done, start), text);
    done = end;
    growth += text.length - before.length;
  }
  pieces.push(whole.slice(done));
  placed[starts.length - 1] = whole.length + growth;
  return [placed, Buffer.from(pieces.join(''), 'latin1'), ...rest];
}

function placesOf(text: string, mark: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) places.push(at);
  return places;
}

/** Rows are decoded when they are asked for. The bytes are those that `encodeGraph` made. */
export function decodeGraph(sections: readonly Uint8Array[]): Graph {
  const bytes = (number: number): Uint8Array => sections[number] ?? new Uint8Array();
  const words = (number: number): Uint32Array => {
    const section = bytes(number);
    return new Uint32Array(section.buffer, section.byteOffset, section.length >> 2);
  };
  const strings = new StringTable(words(0), bytes(1));
  const files = words(2);
  const listStarts = words(3);
  const listItems = words(4);
  const actionStarts = words(5);
  const actionWords = words(6);
  const poolWords = words(7);
  return {
    files: new LazyRows(files.length, (id) => strings.get(files[id] ?? 0)),
    fileLists: new LazyRows<FileListId, readonly FileId[]>(
      listStarts.length - 1,
      // Row numbers come back as they were stored.
      (id) => Array.from(listItems.subarray(listStarts[id], listStarts[id + 1])) as FileId[],
    ),
    actions: new LazyRows(actionStarts.length - 1, (id) =>
      decodeAction(actionWords, actionStarts[id] ?? 0, (string) => strings.get(string)),
    ),
    pools: new LazyRows<PoolId, Pool>(poolWords.length / 3, (id) => ({
      name: strings.get(poolWords[id * 3] ?? 0),
      depth: poolWords[id * 3 + 1] ?? 1,
      console: poolWords[id * 3 + 2] === 1,
    })),
    goals: decodeGoals(words(8), strings),
  };
}

function decodeGoals(words: Uint32Array, strings: StringTable): ReadonlyMap<string, Goal> {
  const goals = new Map<string, Goal>();
  let at = 0;
  const list = (): number[] => {
    const count = words[at++] ?? 0;
    at += count;
    return Array.from(words.subarray(at - count, at));
  };
  while (at < words.length) {
    const name = strings.get(words[at++] ?? 0);
    // Row numbers come back as they were stored.
    const goal = { files: list(), actions: list() } as unknown as Goal;
    goals.set(name, goal);
  }
  return goals;
}
