import { customCommand } from './trace-custom.ts';
import type { Trace } from './trace-facts.ts';
import { readTraceLines, type TraceLine } from './trace-lines.ts';
import { traceProperties } from './trace-properties.ts';

type Handler = (trace: Trace, line: TraceLine) => void;

const handlers: Readonly<Record<string, Handler>> = {
  add_executable: addExecutable,
  add_library: addLibrary,
  add_custom_command: customCommand,
  add_custom_target: customCommand,
  add_dependencies: addDependencies,
  message,
  ...traceProperties,
};

const wanted: ReadonlySet<string> = new Set(Object.keys(handlers));

/** What a trace tells, or why it cannot be read. */
export type TraceAnswer =
  | { readonly kind: 'read'; readonly trace: Trace }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string };

/** What CMake's trace (`--trace-format=json-v1`) says of targets; the first line that cannot be read is a fault. */
export function readTrace(text: string): TraceAnswer {
  const { lines, fault } = readTraceLines(text, wanted);
  if (fault !== undefined) return { kind: 'broken', ...fault };
  const trace: Trace = { targets: new Map(), customCommands: [], unsupported: [], errors: [] };
  for (const line of lines) handlers[line.command]?.(trace, line);
  return { kind: 'read', trace };
}

/** The last error that a project told of; a trace that ends in the middle does not matter. */
export function lastError(text: string): string | undefined {
  const { lines } = readTraceLines(text, new Set(['message']));
  const trace: Trace = { targets: new Map(), customCommands: [], unsupported: [], errors: [] };
  for (const line of lines) message(trace, line);
  return trace.errors.at(-1);
}

function message({ errors }: Trace, { args }: TraceLine): void {
  const [kind = '', ...words] = args;
  if (['FATAL_ERROR', 'SEND_ERROR'].includes(kind.toUpperCase().trim()))
    errors.push(words.join(' '));
}

interface NamedTarget {
  readonly name: string;
  readonly type: string;
  readonly imported?: boolean;
  readonly links?: string;
}

function target({ targets }: Trace, { name, type, imported = false, links }: NamedTarget): void {
  targets.set(name, {
    name,
    type,
    imported,
    properties: new Map(links === undefined ? [] : [['INTERFACE_LINK_LIBRARIES', [links]]]),
    depends: [],
  });
}

function addExecutable(trace: Trace, { args }: TraceLine): void {
  const [name, keyword, original] = args;
  if (name === undefined) return;
  if (keyword === 'ALIAS') target(trace, { name, type: 'ALIAS', links: original ?? '' });
  else target(trace, { name, type: 'EXECUTABLE', imported: args.includes('IMPORTED') });
}

function addLibrary(trace: Trace, { args }: TraceLine): void {
  const [name, kind, original] = args;
  if (name === undefined) return;
  const imported = args.includes('IMPORTED');
  if (args.includes('INTERFACE')) target(trace, { name, type: 'INTERFACE', imported });
  else if (imported) target(trace, { name, type: kind ?? 'UNKNOWN', imported });
  // As if it linked the other one: whatever that needs, this one needs.
  else if (kind === 'ALIAS') target(trace, { name, type: 'ALIAS', links: original ?? '' });
  else target(trace, { name, type: kind === 'OBJECT' ? 'OBJECT' : 'NORMAL' });
}

function addDependencies({ targets }: Trace, { args }: TraceLine): void {
  const [name = '', ...depends] = args;
  targets.get(name)?.depends.push(...depends.flatMap((one) => one.split(';')));
}
