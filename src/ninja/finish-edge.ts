import { errorAt, type Place } from '../diag/diagnostic.ts';
import type { Edge } from './manifest.ts';
import { ManifestError } from './reader.ts';
import { expand, type Rule, type Scope } from './template.ts';

/** A `build` statement whose rule is not expanded yet. */
export interface EdgeDraft
  extends Pick<
    Edge,
    'outputs' | 'implicitOutputs' | 'inputs' | 'implicitInputs' | 'orderOnly' | 'validations'
  > {
  readonly ruleName: string;
  readonly rule: Rule;
  readonly scope: Scope;
  /** The variables below the statement. */
  readonly own: ReadonlyMap<string, string>;
  readonly place: Place;
}

/** Expands what a rule says for one edge: the edge's variables win over the rule's, and these over the file's. */
export function finishEdge(draft: EdgeDraft, pools: ReadonlyMap<string, number>): Edge {
  const { outputs, implicitOutputs, inputs, implicitInputs, orderOnly, validations } = draft;
  const phony = draft.ruleName === 'phony';
  const escaped = variables(draft, quotePath);
  // Paths of files are no words of a shell.
  const plain = variables(draft, (path) => path);
  const pool = phony ? '' : escaped('pool');
  if (pool !== '' && !pools.has(pool)) fault(draft, `unknown pool name '${pool}'`);
  const deps = phony ? '' : escaped('deps');
  if (deps !== '' && deps !== 'gcc' && deps !== 'msvc') fault(draft, `unknown deps type '${deps}'`);
  const dyndep = plain('dyndep');
  if (dyndep !== '' && ![...inputs, ...implicitInputs, ...orderOnly].includes(dyndep)) {
    fault(draft, `dyndep '${dyndep}' is not an input`);
  }
  const { place } = draft;
  const paths = { outputs, implicitOutputs, inputs, implicitInputs, orderOnly, validations };
  if (phony) return { rule: 'phony', ...paths, ...nothing, dyndep, place };
  return {
    rule: draft.ruleName,
    ...paths,
    command: escaped('command'),
    description: escaped('description'),
    depfile: plain('depfile'),
    deps,
    msvcDepsPrefix: deps === 'msvc' ? escaped('msvc_deps_prefix') : '',
    dyndep,
    pool,
    restat: escaped('restat') !== '',
    generator: escaped('generator') !== '',
    rspfile: plain('rspfile'),
    rspfileContent: escaped('rspfile_content'),
    place,
  };
}

const nothing = {
  command: '',
  description: '',
  depfile: '',
  deps: '',
  msvcDepsPrefix: '',
  pool: '',
  restat: false,
  generator: false,
  rspfile: '',
  rspfileContent: '',
} as const;

function variables(draft: EdgeDraft, quote: (path: string) => string): (name: string) => string {
  const { own, rule, scope } = draft;
  const open: string[] = [];
  const lookUp = (name: string): string => {
    if (name === 'in') return draft.inputs.map(quote).join(' ');
    if (name === 'in_newline') return draft.inputs.map(quote).join('\n');
    if (name === 'out') return draft.outputs.map(quote).join(' ');
    const given = own.get(name);
    if (given !== undefined) return given;
    const template = rule.get(name);
    if (template === undefined) return scope.variable(name);
    if (open.includes(name)) {
      fault(draft, `cycle in rule variables: ${[...open, name].join(' -> ')}`);
    }
    open.push(name);
    const text = expand(template, lookUp);
    open.pop();
    return text;
  };
  return lookUp;
}

/** A path as ninja puts it into a command. */
export function quotePath(path: string): string {
  return /^[\w+\-./]*$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

function fault({ place }: EdgeDraft, message: string): never {
  throw new ManifestError(errorAt(place, message));
}
