import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import type { ToolOutcome } from './tool-outcome.ts';

/** A Makefile rule over the package's own files, given from its folder on, and over others, by whole paths. */
export function makeRule(output: string, inputs: readonly string[], source: string): string {
  const escaped = inputs.map((path) =>
    posix
      .resolve(source, path)
      .replace(/([ #\\])/g, '\\$1')
      .replaceAll('$', '$$$$'),
  );
  return `${output.replaceAll(' ', '\\ ')}: ${[...new Set(escaped)].join(' \\\n  ')}\n`;
}

/** The outcome of a tool, once a file is written that goes with it. */
export function written(
  host: Host,
  { path, text }: { readonly path: string; readonly text: string },
  outcome: ToolOutcome,
): ToolOutcome {
  host.files.makeDirectory(posix.dirname(path));
  const done = host.files.replace(path, text);
  return done.ok
    ? outcome
    : { code: 1, output: `${outcome.output}kaon: ${path}: ${done.error.reason}\n` };
}
