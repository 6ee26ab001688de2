import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, errorAt, plainError } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import { type Edge, edgesByOutput, isPhony, type Manifest } from './manifest.ts';
import { normalPath, type ReadFile } from './parse-manifest.ts';
import { ManifestError, Reader } from './reader.ts';
import { expand } from './template.ts';

/** The files that tell further inputs and outputs once they are built (ninja's manual, "Dynamic Dependencies"). */
export function dyndepFiles({ edges }: Manifest): readonly string[] {
  return [...new Set(edges.flatMap(({ dyndep }) => (dyndep === '' ? [] : [dyndep])))];
}

/** The manifest with all that these files say, once they are there. */
export function loadDyndeps(manifest: Manifest, read: ReadFile): Result<Manifest, Diagnostic> {
  const found = new Map<Edge, Addition>();
  const byOutput = edgesByOutput(manifest);
  for (const path of dyndepFiles(manifest)) {
    const text = read(path);
    if (text === undefined) return err(plainError(`loading '${path}': there is none`));
    try {
      readDyndep({ path, text }, byOutput, found);
    } catch (error) {
      if (error instanceof ManifestError) return err(error.diagnostic);
      throw error;
    }
  }
  const silent = manifest.edges.find((edge) => edge.dyndep !== '' && !found.has(edge));
  if (silent !== undefined) {
    const message = `'${silent.outputs[0]}' not mentioned in its dyndep file '${silent.dyndep}'`;
    return err(errorAt(silent.place, message));
  }
  const edges = manifest.edges.map((edge) => {
    const more = found.get(edge);
    if (more === undefined) return edge;
    return {
      ...edge,
      implicitOutputs: [...edge.implicitOutputs, ...more.outputs],
      implicitInputs: [...edge.implicitInputs, ...more.inputs],
      restat: edge.restat || more.restat,
      dyndep: '',
    };
  });
  return ok({ ...manifest, edges });
}

interface Addition {
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  readonly restat: boolean;
}

/** `ninja_dyndep_version = 1`, then `build OUT | MORE: dyndep | MORE` for each edge. */
function readDyndep(
  source: Source,
  byOutput: ReadonlyMap<string, Edge>,
  found: Map<Edge, Addition>,
): void {
  const reader = new Reader(source);
  let versioned = false;
  for (reader.skipLines(); !reader.atEnd(); reader.skipLines()) {
    const start = reader.at;
    const word = reader.name();
    if (word === 'build' && versioned) {
      readStatement(reader, start, byOutput, found);
      continue;
    }
    if (word === undefined || !reader.sign('=')) reader.fail('expected a statement', start);
    const value = expand(reader.value(), () => '');
    if (word !== 'ninja_dyndep_version') reader.fail(`unexpected variable '${word}'`, start);
    if (!/^1(?:\.0)?(?:$|-)/.test(value))
      reader.fail(`unsupported 'ninja_dyndep_version = ${value}'`, start);
    versioned = true;
  }
  if (!versioned) reader.fail("expected 'ninja_dyndep_version = ...'");
}

function readStatement(
  reader: Reader,
  start: number,
  byOutput: ReadonlyMap<string, Edge>,
  found: Map<Edge, Addition>,
): void {
  const [output, ...others] = paths(reader);
  if (output === undefined || others.length > 0)
    reader.fail('explicit outputs not supported', start);
  const edge = byOutput.get(output);
  if (edge === undefined || isPhony(edge)) {
    reader.fail(`no build statement exists for '${output}'`, start);
  }
  if (found.has(edge)) reader.fail(`multiple statements for '${output}'`, start);
  const outputs = reader.sign('|') ? paths(reader) : [];
  if (!reader.sign(':') || reader.name() !== 'dyndep') {
    reader.fail("expected build command name 'dyndep'");
  }
  const inputs = reader.sign('|') ? paths(reader) : [];
  reader.endLine();
  let restat = false;
  for (reader.skipComments(); reader.indented(); reader.skipComments()) {
    const variable = reader.name();
    if (variable !== 'restat' || !reader.sign('=')) reader.fail("binding is not 'restat'", start);
    restat = expand(reader.value(), () => '') !== '';
  }
  found.set(edge, { outputs, inputs, restat });
}

function paths(reader: Reader): readonly string[] {
  const found: string[] = [];
  for (let path = reader.path(); path !== undefined; path = reader.path()) {
    found.push(normalPath(expand(path, () => '')));
  }
  return found;
}
