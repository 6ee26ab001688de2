import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, plainError } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import { type Edge, edgesByOutput, type Manifest } from './manifest.ts';
import { normalPath, type ReadFile } from './parse-manifest.ts';
import { ManifestError, Reader } from './reader.ts';
import { expand, type Template } from './template.ts';

/** The manifest with all that some files say of further inputs and outputs, once they are there. */
export function loadDyndeps(
  manifest: Manifest,
  files: readonly string[],
  read: ReadFile,
): Result<Manifest, Diagnostic> {
  const found = new Map<Edge, Addition>();
  const byOutput = new Map(edgesByOutput(manifest));
  try {
    for (const path of files) {
      const text = read(path);
      if (text === undefined) {
        return err(plainError(`loading '${path}': No such file or directory`));
      }
      const told = readDyndep({ path, text }, byOutput);
      for (const [edge, addition] of told) {
        if (edge.dyndep !== path) fault(notOfThisFile(path, edge));
        addOutputs(edge, addition, byOutput);
        found.set(edge, addition);
      }
    }
    const silent = manifest.edges.find((edge) => files.includes(edge.dyndep) && !found.has(edge));
    if (silent !== undefined) {
      fault(`'${silent.outputs[0]}' not mentioned in its dyndep file '${silent.dyndep}'`);
    }
  } catch (error) {
    if (error instanceof ManifestError) return err(error.diagnostic);
    throw error;
  }
  const edges = manifest.edges.map((edge) => {
    const more = found.get(edge);
    if (more === undefined) return edge;
    return {
      ...edge,
      implicitOutputs: [...edge.implicitOutputs, ...more.outputs],
      implicitInputs: [...edge.implicitInputs, ...more.inputs],
      told: more.inputs,
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

function fault(message: string): never {
  throw new ManifestError(plainError(message));
}

function notOfThisFile(path: string, { outputs: [first] }: Edge): string {
  return `dyndep file '${path}' mentions output '${first}' whose build statement does not have a dyndep binding for the file`;
}

function addOutputs(edge: Edge, { outputs }: Addition, byOutput: Map<string, Edge>): void {
  for (const output of outputs) {
    if (byOutput.has(output)) fault(`multiple rules generate ${output}`);
    byOutput.set(output, edge);
  }
}

const noVersion = "expected 'ninja_dyndep_version = ...'";

/** `ninja_dyndep_version = 1`, then `build OUT | MORE: dyndep | MORE` for each edge. */
function readDyndep(
  source: Source,
  byOutput: ReadonlyMap<string, Edge>,
): ReadonlyMap<Edge, Addition> {
  const found = new Map<Edge, Addition>();
  const reader = new Reader(source);
  let versioned = false;
  for (let token = reader.token(); token !== 'eof'; token = reader.token()) {
    if (token === 'newline') continue;
    if (token === "'build'") {
      if (!versioned) reader.fail(noVersion);
      readStatement(reader, byOutput, found);
    } else if (token === 'identifier' && !versioned) {
      readVersion(reader);
      versioned = true;
    } else if (token === 'lexing error') reader.failAtToken();
    else reader.fail(`unexpected ${token}`);
  }
  if (!versioned) reader.fail(noVersion);
  return found;
}

function readVersion(reader: Reader): void {
  reader.back();
  const { variable, value } = reader.binding();
  if (variable !== 'ninja_dyndep_version') reader.fail(noVersion);
  const version = expand(value, () => '');
  if (!/^1(?:\.0)?(?:$|\D)/.test(version)) {
    reader.fail(`unsupported 'ninja_dyndep_version = ${version}'`);
  }
}

function readStatement(
  reader: Reader,
  byOutput: ReadonlyMap<string, Edge>,
  found: Map<Edge, Addition>,
): void {
  const output = filePath(reader, reader.path() ?? reader.fail('expected path'));
  const edge = byOutput.get(output) ?? reader.fail(`no build statement exists for '${output}'`);
  if (found.has(edge)) reader.fail(`multiple statements for '${output}'`);
  if (reader.path() !== undefined) reader.fail('explicit outputs not supported');
  const outputs = reader.next("'|'") ? paths(reader) : [];
  reader.expect("':'");
  if (reader.name() !== 'dyndep') reader.fail("expected build command name 'dyndep'");
  if (reader.path() !== undefined) reader.fail('explicit inputs not supported');
  const inputs = reader.next("'|'") ? paths(reader) : [];
  if (reader.next("'||'")) reader.fail('order-only inputs not supported');
  reader.expect('newline');
  let restat = false;
  if (reader.next('indent')) {
    const { variable, value } = reader.binding();
    if (variable !== 'restat') reader.fail("binding is not 'restat'");
    restat = expand(value, () => '') !== '';
  }
  found.set(edge, { outputs, inputs, restat });
}

function paths(reader: Reader): readonly string[] {
  return reader.paths().map((template) => filePath(reader, template));
}

function filePath(reader: Reader, template: Template): string {
  const path = expand(template, () => '');
  if (path === '') reader.fail('empty path');
  return normalPath(path);
}
