import { posix } from 'node:path';
import { makeRule } from '../../base/make-rule.ts';

/** A depfile over a package's own files, given from its folder on, and over others, by whole paths. */
export function packageRule(output: string, inputs: readonly string[], source: string): string {
  return makeRule(output, new Set(inputs.map((path) => posix.resolve(source, path))));
}
