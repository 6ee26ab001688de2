import { posix } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { Listener } from '../../events/event.ts';
import { traceReporter } from '../../events/trace-reporter.ts';
import type { Graph } from '../../graph/graph.ts';
import type { FileFault, Host } from '../../host/host.ts';

/** Writes a trace of a build. */
export interface Tracer {
  readonly listener: Listener;
  /** Why the trace could not be written in the end. */
  fault(): FileFault | undefined;
}

/** Where a trace was asked for. Whether it can be written is known before anything is built. */
export function openTrace(
  { files, system }: Host,
  graph: Graph,
  trace: string | undefined,
): Result<Tracer, FileFault> | undefined {
  if (trace === undefined) return undefined;
  const path = posix.resolve(system.workingDirectory, trace);
  const tried = files.replace(path, '');
  if (!tried.ok) return tried;
  let fault: FileFault | undefined;
  const listener = traceReporter(graph, (text) => {
    const written = files.replace(path, text);
    if (!written.ok) fault = written.error;
  });
  return ok({ listener, fault: () => fault });
}

/** Tells a trace as well, where one was asked for. */
export function traced(listener: Listener, tracer: Tracer | undefined): Listener {
  if (tracer === undefined) return listener;
  return (event) => {
    listener(event);
    tracer.listener(event);
  };
}
