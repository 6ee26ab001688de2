import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, type Place, plainError } from '../diag/diagnostic.ts';
import { type EdgeDraft, finishEdge } from './finish-edge.ts';
import type { Manifest } from './manifest.ts';
import { ManifestError, Reader } from './reader.ts';
import { expand, type Rule, Scope, type Template } from './template.ts';

/** Gives the text of a manifest; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

/** Reads a `build.ninja` with all it includes; the first fault ends the reading. */
export function parseManifest(path: string, read: ReadFile): Result<Manifest, Diagnostic> {
  try {
    return ok(new ManifestParser(read).parse(path));
  } catch (error) {
    if (error instanceof ManifestError) return err(error.diagnostic);
    throw error;
  }
}

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
  readonly #top = new Scope();
  readonly #drafts: EdgeDraft[] = [];
  readonly #producers = new Map<string, Place>();
  readonly #pools = new Map<string, number>([['console', 1]]);
  readonly #defaults: { readonly paths: readonly string[]; readonly place: Place }[] = [];
  readonly #files: string[] = [];

  constructor(read: ReadFile) {
    this.#read = read;
    this.#top.addRule('phony', new Map());
  }

  parse(path: string): Manifest {
    const text = this.#read(path);
    if (text === undefined) throw new ManifestError(plainError(`loading '${path}': there is none`));
    this.#file({ path, text }, this.#top);
    // Only now, as a rule's variables may be set further down.
    const edges = this.#drafts.map((draft) => finishEdge(draft, this.#pools));
    const defaults = this.#defaults.flatMap(({ paths, place }) => {
      const unknown = paths.find((one) => !this.#known(one));
      if (unknown === undefined) return paths;
      throw new ManifestError({ ...plainError(`unknown target '${unknown}'`), place });
    });
    const builddir = this.#top.variable('builddir') || undefined;
    return { edges, pools: this.#pools, defaults, builddir, files: this.#files };
  }

  #known(path: string): boolean {
    if (this.#producers.has(path)) return true;
    return this.#drafts.some(
      ({ inputs, implicitInputs, orderOnly }) =>
        inputs.includes(path) || implicitInputs.includes(path) || orderOnly.includes(path),
    );
  }

  #file(source: { readonly path: string; readonly text: string }, scope: Scope): void {
    if (this.#files.length > 10_000) throw new ManifestError(plainError('too many includes'));
    this.#files.push(source.path);
    const reader = new Reader(source);
    for (;;) {
      reader.skipLines();
      if (reader.atEnd()) return;
      this.#statement(reader, scope);
    }
  }

  #statement(reader: Reader, scope: Scope): void {
    const start = reader.at;
    const word = reader.name();
    if (word === undefined) reader.fail('expected a statement', start);
    switch (word) {
      case 'build':
        this.#edge(reader, scope, start);
        break;
      case 'rule':
        this.#rule(reader, scope);
        break;
      case 'pool':
        this.#pool(reader, scope);
        break;
      case 'default':
        this.#default(reader, scope, start);
        break;
      case 'include':
      case 'subninja':
        this.#include(reader, word === 'include' ? scope : new Scope(scope), scope);
        break;
      default:
        if (!reader.sign('=')) reader.fail("expected '='");
        scope.setVariable(word, expand(reader.value(), scope.variable));
    }
  }

  #rule(reader: Reader, scope: Scope): void {
    const start = reader.at;
    const name = reader.name();
    if (name === undefined) reader.fail('expected rule name');
    reader.endLine();
    const rule = this.#bindings(reader, (variable, at) => {
      if (!ruleVariables.has(variable)) reader.fail(`unexpected variable '${variable}'`, at);
    });
    if (!rule.has('command')) reader.fail("expected 'command =' line", start);
    if (rule.has('rspfile') !== rule.has('rspfile_content')) {
      reader.fail('rspfile and rspfile_content need to be both specified', start);
    }
    if (!scope.addRule(name, rule)) reader.fail(`duplicate rule '${name}'`, start);
  }

  #pool(reader: Reader, scope: Scope): void {
    const start = reader.at;
    const name = reader.name();
    if (name === undefined) reader.fail('expected pool name');
    reader.endLine();
    const bindings = this.#bindings(reader, (variable, at) => {
      if (variable !== 'depth') reader.fail(`unexpected variable '${variable}'`, at);
    });
    if (this.#pools.has(name)) reader.fail(`duplicate pool '${name}'`, start);
    const depth = expand(bindings.get('depth') ?? '', scope.variable);
    if (!/^\d+$/.test(depth)) reader.fail("expected 'depth =' line with a number", start);
    this.#pools.set(name, Number(depth));
  }

  #default(reader: Reader, scope: Scope, start: number): void {
    const paths = this.#paths(reader, scope);
    if (paths.length === 0) reader.fail('expected target name');
    const span = { start, end: reader.at };
    reader.endLine();
    this.#defaults.push({ paths, place: { source: reader.source, span } });
  }

  #include(reader: Reader, into: Scope, scope: Scope): void {
    const start = reader.at;
    const template = reader.path();
    if (template === undefined) reader.fail('expected a file');
    reader.endLine();
    const path = expand(template, scope.variable);
    const text = this.#read(path);
    if (text === undefined) reader.fail(`loading '${path}': there is none`, start);
    if (this.#files.filter((one) => one === path).length > deepest) {
      reader.fail(`'${path}' includes itself`, start);
    }
    this.#file({ path, text }, into);
  }

  #edge(reader: Reader, scope: Scope, start: number): void {
    const outputs = this.#templates(reader);
    const implicitOutputs = reader.sign('|') ? this.#templates(reader) : [];
    if (outputs.length + implicitOutputs.length === 0) reader.fail('expected path');
    if (!reader.sign(':')) reader.fail("expected ':'");
    const ruleAt = reader.at;
    const name = reader.name();
    if (name === undefined) reader.fail('expected build command name');
    const rule = scope.rule(name);
    if (rule === undefined) reader.fail(`unknown build rule '${name}'`, ruleAt);
    const inputs = this.#templates(reader);
    const implicitInputs = this.#templatesAfter(reader, '|');
    const orderOnly = reader.sign('||') ? this.#templates(reader) : [];
    const validations = reader.sign('|@') ? this.#templates(reader) : [];
    const place = { source: reader.source, span: { start, end: reader.at } };
    reader.endLine();
    const own = new Map<string, string>();
    for (const [variable, value] of this.#bindings(reader)) {
      own.set(variable, expand(value, scope.variable));
    }
    const lookUp = (variable: string): string => own.get(variable) ?? scope.variable(variable);
    const paths = (templates: readonly Template[]): readonly string[] =>
      templates.map((template) => normalPath(expand(template, lookUp)));
    const draft: EdgeDraft = {
      ruleName: name,
      rule,
      scope,
      own,
      place,
      outputs: paths(outputs),
      implicitOutputs: paths(implicitOutputs),
      inputs: paths(inputs),
      implicitInputs: paths(implicitInputs),
      orderOnly: paths(orderOnly),
      validations: paths(validations),
    };
    this.#addEdge(reader, draft);
  }

  #addEdge(reader: Reader, draft: EdgeDraft): void {
    for (const output of [...draft.outputs, ...draft.implicitOutputs]) {
      if (this.#producers.has(output)) {
        reader.fail(`multiple rules generate ${output}`, draft.place.span.start);
      }
      this.#producers.set(output, draft.place);
    }
    this.#drafts.push(draft);
  }

  /** `| a b`, but neither `||` nor `|@`. */
  #templatesAfter(reader: Reader, sign: '|'): readonly Template[] {
    const next = reader.source.text.slice(reader.at, reader.at + 2);
    return next !== '||' && next !== '|@' && reader.sign(sign) ? this.#templates(reader) : [];
  }

  #templates(reader: Reader): readonly Template[] {
    const templates: Template[] = [];
    for (let path = reader.path(); path !== undefined; path = reader.path()) templates.push(path);
    return templates;
  }

  #paths(reader: Reader, scope: Scope): readonly string[] {
    return this.#templates(reader).map((path) => normalPath(expand(path, scope.variable)));
  }

  /** The indented lines below a statement. */
  #bindings(reader: Reader, check?: (variable: string, at: number) => void): Rule {
    const bindings = new Map<string, Template>();
    for (;;) {
      reader.skipComments();
      if (!reader.indented()) return bindings;
      const start = reader.at;
      const variable = reader.name();
      if (variable === undefined) reader.fail('expected variable name');
      check?.(variable, start);
      if (!reader.sign('=')) reader.fail("expected '='");
      bindings.set(variable, reader.value());
    }
  }
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
