import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, plainError } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import { type EdgeDraft, finishEdge } from './finish-edge.ts';
import type { Manifest } from './manifest.ts';
import { ManifestError, Reader, type Token } from './reader.ts';
import { expand, Scope, type Template } from './template.ts';

/** Gives the text of a manifest; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

/** What ninja's own options say of reading (`-w`). */
export interface ManifestOptions {
  /** A phony statement that names itself is a cycle as any other, and not just warned of. */
  readonly strictPhony?: boolean;
}

/**
 * Reads a `build.ninja` with all it includes; the first fault ends the reading, worded as ninja words it
 * and at the line that it tells.
 */
export function parseManifest(
  path: string,
  read: ReadFile,
  options: ManifestOptions = {},
): Result<Manifest, Diagnostic> {
  try {
    return ok(new ManifestParser(read, options).parse(path));
  } catch (error) {
    if (error instanceof ManifestError) return err(error.diagnostic);
    throw error;
  }
}

/** The version of ninja whose command line and manifests are understood. */
export const ninjaVersion = '1.13.2';

const ruleVariables = new Set([
  'command',
  'depfile',
  'deps',
  'description',
  'dyndep',
  'generator',
  'msvc_deps_prefix',
  'pool',
  'restat',
  'rspfile',
  'rspfile_content',
]);

/** Includes this deep are a circle. */
const deepest = 100;

class ManifestParser {
  readonly #read: ReadFile;
  readonly #strictPhony: boolean;
  readonly #top = new Scope();
  readonly #drafts: EdgeDraft[] = [];
  readonly #producers = new Map<string, EdgeDraft>();
  readonly #pools = new Map<string, number>([['console', 1]]);
  readonly #defaults: string[] = [];
  readonly #files: string[] = [];
  readonly #warnings: string[] = [];

  constructor(read: ReadFile, { strictPhony = false }: ManifestOptions) {
    this.#read = read;
    this.#strictPhony = strictPhony;
    this.#top.addRule('phony', new Map());
  }

  parse(path: string): Manifest {
    const text = this.#read(path);
    if (text === undefined) throw new ManifestError(plainError(notThere(path)));
    this.#file({ path, text }, this.#top);
    // Only now, as a rule's variables may be set further down.
    const edges = this.#drafts.map((draft) => finishEdge(draft, this.#pools));
    return {
      edges,
      rules: this.#top.descriptions(),
      pools: this.#pools,
      defaults: this.#defaults,
      builddir: this.#top.variable('builddir') || undefined,
      files: this.#files,
      warnings: this.#warnings,
    };
  }

  #file(source: Source, scope: Scope): void {
    if (this.#files.length > 10_000) throw new ManifestError(plainError('too many includes'));
    this.#files.push(source.path);
    const reader = new Reader(source);
    for (let token = reader.token(); token !== 'eof'; token = reader.token()) {
      if (token === 'lexing error') reader.failAtToken();
      if (token !== 'newline') this.#statement(reader, scope, token);
    }
  }

  #statement(reader: Reader, scope: Scope, token: Token): void {
    switch (token) {
      case "'build'":
        this.#edge(reader, scope);
        break;
      case "'rule'":
        this.#rule(reader, scope);
        break;
      case "'pool'":
        this.#pool(reader, scope);
        break;
      case "'default'":
        this.#default(reader, scope);
        break;
      case "'include'":
        this.#include(reader, scope, scope);
        break;
      case "'subninja'":
        this.#include(reader, scope, new Scope(scope));
        break;
      case 'identifier':
        this.#variable(reader, scope);
        break;
      default:
        reader.fail(`unexpected ${token}`);
    }
  }

  #variable(reader: Reader, scope: Scope): void {
    reader.back();
    const { variable, value } = reader.binding();
    const text = expand(value, scope.variable);
    if (variable === 'ninja_required_version') {
      const warning = checkVersion(text);
      if (warning !== undefined) this.#warnings.push(warning);
    }
    scope.setVariable(variable, text);
  }

  #rule(reader: Reader, scope: Scope): void {
    const name = reader.name() ?? reader.fail('expected rule name');
    reader.expect('newline');
    if (scope.hasOwnRule(name)) reader.fail(`duplicate rule '${name}'`);
    const rule = new Map<string, Template>();
    while (reader.next('indent')) {
      const { variable, value } = reader.binding();
      if (!ruleVariables.has(variable)) reader.fail(`unexpected variable '${variable}'`);
      rule.set(variable, value);
    }
    const has = (variable: string): boolean => (rule.get(variable) ?? '').length > 0;
    if (has('rspfile') !== has('rspfile_content')) {
      reader.fail('rspfile and rspfile_content need to be both specified');
    }
    if (!has('command')) reader.fail("expected 'command =' line");
    scope.addRule(name, rule);
  }

  #pool(reader: Reader, scope: Scope): void {
    const name = reader.name() ?? reader.fail('expected pool name');
    reader.expect('newline');
    if (this.#pools.has(name)) reader.fail(`duplicate pool '${name}'`);
    let depth: number | undefined;
    while (reader.next('indent')) {
      const { variable, value } = reader.binding();
      if (variable !== 'depth') reader.fail(`unexpected variable '${variable}'`);
      const text = expand(value, scope.variable);
      if (!/^\d+$/.test(text)) reader.fail('invalid pool depth');
      depth = Number(text);
    }
    this.#pools.set(name, depth ?? reader.fail("expected 'depth =' line"));
  }

  #default(reader: Reader, scope: Scope): void {
    let template = reader.path() ?? reader.fail('expected target name');
    for (;;) {
      const path = filePath(reader, template, scope.variable);
      if (!this.#known(path)) reader.fail(`unknown target '${path}'`);
      this.#defaults.push(path);
      const next = reader.path();
      if (next === undefined) break;
      template = next;
    }
    reader.expect('newline');
  }

  /** Whether a statement has named a file. */
  #known(path: string): boolean {
    if (this.#producers.has(path)) return true;
    return this.#drafts.some(
      ({ inputs, implicitInputs, orderOnly, validations }) =>
        inputs.includes(path) ||
        implicitInputs.includes(path) ||
        orderOnly.includes(path) ||
        validations.includes(path),
    );
  }

  #include(reader: Reader, scope: Scope, into: Scope): void {
    const path = expand(reader.path() ?? '', scope.variable);
    const text = this.#read(path) ?? reader.fail(notThere(path));
    if (this.#files.filter((one) => one === path).length > deepest) {
      reader.fail(`'${path}' includes itself`);
    }
    this.#file({ path, text }, into);
    reader.expect('newline');
  }

  #edge(reader: Reader, scope: Scope): void {
    const outputs = reader.paths();
    const implicitOutputs = reader.next("'|'") ? reader.paths() : [];
    if (outputs.length + implicitOutputs.length === 0) reader.fail('expected path');
    reader.expect("':'");
    const ruleName = reader.name() ?? reader.fail('expected build command name');
    const rule = scope.rule(ruleName) ?? reader.fail(`unknown build rule '${ruleName}'`);
    const inputs = reader.paths();
    const implicitInputs = reader.next("'|'") ? reader.paths() : [];
    const orderOnly = reader.next("'||'") ? reader.paths() : [];
    const validations = reader.next("'|@'") ? reader.paths() : [];
    reader.expect('newline');
    const own = new Map<string, string>();
    while (reader.next('indent')) {
      const { variable, value } = reader.binding();
      own.set(variable, expand(value, scope.variable));
    }
    const lookUp = (variable: string): string => own.get(variable) ?? scope.variable(variable);
    const paths = (templates: readonly Template[]): readonly string[] =>
      templates.map((template) => filePath(reader, template, lookUp));
    const { source, last } = reader;
    this.#addEdge(reader, {
      ruleName,
      rule,
      scope,
      own,
      place: { source, span: { start: last, end: last } },
      outputs: paths(outputs),
      implicitOutputs: paths(implicitOutputs),
      inputs: paths(inputs),
      implicitInputs: paths(implicitInputs),
      orderOnly: paths(orderOnly),
      validations: paths(validations),
    });
  }

  #addEdge(reader: Reader, written: EdgeDraft): void {
    const draft = this.#strictPhony ? written : this.#withoutItself(written);
    const { outputs, implicitOutputs } = draft;
    for (const output of [...outputs, ...implicitOutputs]) {
      const other = this.#producers.get(output);
      if (other === draft) reader.fail(`${output} is defined as an output multiple times`);
      if (other !== undefined) reader.fail(`multiple rules generate ${output}`);
      this.#producers.set(output, draft);
    }
    this.#drafts.push(draft);
  }

  /** A phony edge that names itself: an old habit of generators, which means nothing. */
  #withoutItself(draft: EdgeDraft): EdgeDraft {
    const { ruleName, outputs, implicitOutputs, inputs, implicitInputs, orderOnly } = draft;
    const [only] = outputs;
    if (ruleName !== 'phony' || only === undefined || outputs.length > 1) return draft;
    if (implicitOutputs.length + implicitInputs.length > 0) return draft;
    if (![...inputs, ...orderOnly].includes(only)) return draft;
    this.#warnings.push(
      `phony target '${only}' names itself as an input; ignoring [-w phonycycle=warn]`,
    );
    const isOther = (path: string): boolean => path !== only;
    return { ...draft, inputs: inputs.filter(isOther), orderOnly: orderOnly.filter(isOther) };
  }
}

function notThere(path: string): string {
  return `loading '${path}': No such file or directory`;
}

function filePath(
  reader: Reader,
  template: Template,
  lookUp: (variable: string) => string,
): string {
  const path = expand(template, lookUp);
  if (path === '') reader.fail('empty path');
  return normalPath(path);
}

/** Refuses what needs a newer ninja; a warning where it was written for a much older one. */
function checkVersion(required: string): string | undefined {
  const ours = ninjaVersion;
  const [major = 0, minor = 0] = required.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [ourMajor = 0, ourMinor = 0] = ours.split('.').map(Number);
  if (ourMajor > major) {
    return `ninja executable version (${ours}) greater than build file ninja_required_version (${required}); versions may be incompatible.`;
  }
  if (ourMajor === major && ourMinor >= minor) return undefined;
  const message = `ninja version (${ours}) incompatible with build file ninja_required_version version (${required}).`;
  throw new ManifestError(plainError(message));
}

/** `./a//b/../c` is `a/c`. */
export function normalPath(path: string): string {
  if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  return path.startsWith('/') ? `/${parts.join('/')}` : parts.join('/') || '.';
}
