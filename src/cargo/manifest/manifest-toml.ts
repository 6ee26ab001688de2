import { ok, type Result } from '../../base/result.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import { parseToml, type Table } from './toml.ts';

/** Whether a manifest that could be read calls its package so. */
export function callsItProject(source: Source): boolean {
  const toml = parseToml(source);
  return toml.ok && toml.value['project'] !== undefined && toml.value['package'] === undefined;
}

/** Reads the text of a `Cargo.toml`. Old ones call the package `[project]`, which Cargo still takes. */
export function parseManifestToml(source: Source): Result<Table, Diagnostic> {
  const toml = parseToml(source);
  if (!toml.ok || toml.value['project'] === undefined || toml.value['package'] !== undefined)
    return toml;
  const { project, ...others } = toml.value;
  return ok({ package: project, ...others });
}
