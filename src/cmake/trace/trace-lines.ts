import { fieldOf, numberOf, readJson, textOf, textsOf } from '../file-api/json.ts';

/** One command that CMake ran, its variables replaced: a line of `--trace-format=json-v1`. */
export interface TraceLine {
  /** Lower case: CMake does not tell `SET` from `set`. */
  readonly command: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
  /** The source folder of the directory that CMake was in: what CMAKE_CURRENT_SOURCE_DIR was. */
  readonly sourceDir: string;
}

export interface TraceText {
  readonly lines: readonly TraceLine[];
  /** What of the text could not be read; the first such line. */
  readonly fault: { readonly line: number; readonly reason: string } | undefined;
}

/**
 * Reads the commands that are wanted out of a trace. Traces are long and nearly all of it is of no
 * interest, so lines are looked at before they are parsed.
 *
 * CMake does not say in which directory a command ran, but how deep: `frame` counts from the
 * CMakeLists.txt being read, `global_frame` from the top. Their difference tells nested directories
 * apart, and a line of frame 1 stands in its directory's CMakeLists.txt.
 */
export function readTraceLines(text: string, wanted: ReadonlySet<string>): TraceText {
  const lines: TraceLine[] = [];
  const directories: string[] = [];
  let fault: TraceText['fault'];
  let number = 0;
  for (const raw of linesOf(text)) {
    number++;
    if (number === 1) {
      if (majorVersion(raw) === 1) continue;
      return { lines, fault: { line: 1, reason: 'it does not begin with its version' } };
    }
    if (raw.trim() === '') continue;
    const command = /"cmd":"(\w+)"/.exec(raw)?.[1]?.toLowerCase();
    const isTop = raw.includes('"frame":1,') || raw.includes('"frame":1}');
    const isWanted = command !== undefined && wanted.has(command);
    // A line that has no command is broken, and is parsed to say so.
    if (!isTop && !isWanted && command !== undefined) continue;
    const read = readLine(raw);
    if (typeof read === 'string') {
      fault ??= { line: number, reason: read };
      continue;
    }
    const { depth, ...line } = read;
    if (read.frame === 1) {
      directories.length = Math.min(directories.length, depth);
      directories[depth] = folderOf(read.file);
    }
    if (wanted.has(line.command))
      lines.push({ ...line, sourceDir: nearest(directories, depth) ?? folderOf(read.file) });
  }
  return { lines, fault };
}

function* linesOf(text: string): Iterable<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    yield end === -1 ? text.slice(start) : text.slice(start, end);
    if (end === -1) return;
    start = end + 1;
  }
}

function majorVersion(line: string): number | undefined {
  return numberOf(fieldOf(fieldOf(readJson(line), 'version'), 'major'));
}

interface ReadLine extends Omit<TraceLine, 'sourceDir'> {
  readonly frame: number;
  /** How many directories are above this one. Bounded: the numbers are another program's. */
  readonly depth: number;
}

function readLine(raw: string): ReadLine | string {
  const value = readJson(raw);
  if (value === undefined) return 'it is no JSON';
  const command = textOf(fieldOf(value, 'cmd'));
  const args = textsOf(fieldOf(value, 'args'));
  const file = textOf(fieldOf(value, 'file'));
  const line = numberOf(fieldOf(value, 'line'));
  if (command === undefined || args === undefined || file === undefined || line === undefined)
    return 'it is no command with its arguments and its place';
  const frame = numberOf(fieldOf(value, 'frame')) ?? 1;
  const globalFrame = numberOf(fieldOf(value, 'global_frame')) ?? frame;
  const depth = Math.min(1000, Math.max(0, Math.trunc(globalFrame - frame)));
  return { command: command.toLowerCase(), args, file, line, frame, depth };
}

function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

/** The directory at a depth; CMake before 3.21 tells no depth, and the last one seen counts. */
function nearest(directories: readonly string[], depth: number): string | undefined {
  for (let at = Math.min(depth, directories.length - 1); at >= 0; at--)
    if (directories[at] !== undefined) return directories[at];
  return undefined;
}
