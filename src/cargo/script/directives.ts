import { versionMatches } from '../../base/version.ts';
import type { ScriptOwner } from '../../model/script-request.ts';

/** What a build script says on its standard output. */
export interface Directives {
  /** `-L` values: `native=/x`. */
  readonly search: readonly string[];
  /** `-l` values. */
  readonly libraries: readonly string[];
  readonly linkArgs: readonly LinkArgument[];
  readonly cfgs: readonly string[];
  readonly checkCfgs: readonly string[];
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly metadata: readonly (readonly [key: string, value: string])[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** Undefined where the script names neither files nor variables: then all of the package counts. */
  readonly rerun:
    | { readonly files: readonly string[]; readonly variables: readonly string[] }
    | undefined;
}

export interface LinkArgument {
  readonly for:
    | 'all'
    | 'bins'
    | 'tests'
    | 'examples'
    | 'benches'
    | 'cdylib'
    | { readonly bin: string };
  readonly value: string;
}

type Growing = {
  -readonly [K in keyof Directives]: Directives[K] extends readonly (infer T)[]
    ? T[]
    : Directives[K];
};

type Reader = (into: Growing, value: string) => string | undefined;

const linkArgument =
  (target: LinkArgument['for']): Reader =>
  (into, value) => {
    into.linkArgs.push({ for: target, value });
    return undefined;
  };

const rerun =
  (kind: 'files' | 'variables'): Reader =>
  (into, value) => {
    const { files, variables } = into.rerun ?? { files: [], variables: [] };
    into.rerun =
      kind === 'files'
        ? { files: [...files, value], variables }
        : { files, variables: [...variables, value] };
    return undefined;
  };

const pair =
  (list: 'environment' | 'metadata'): Reader =>
  (into, value) => {
    const at = value.indexOf('=');
    if (at === -1) return `expects KEY=VALUE, not "${value}"`;
    into[list].push([value.slice(0, at), value.slice(at + 1)]);
    return undefined;
  };

const add =
  (list: 'search' | 'libraries' | 'cfgs' | 'checkCfgs' | 'warnings' | 'errors'): Reader =>
  (into, value) => {
    into[list].push(value);
    return undefined;
  };

const readers: Readonly<Record<string, Reader>> = {
  'rustc-link-lib': add('libraries'),
  'rustc-link-search': add('search'),
  'rustc-flags': flags,
  'rustc-link-arg': linkArgument('all'),
  'rustc-link-arg-bins': linkArgument('bins'),
  'rustc-link-arg-tests': linkArgument('tests'),
  'rustc-link-arg-examples': linkArgument('examples'),
  'rustc-link-arg-benches': linkArgument('benches'),
  'rustc-link-arg-cdylib': linkArgument('cdylib'),
  'rustc-cdylib-link-arg': linkArgument('cdylib'),
  'rustc-link-arg-bin': (into, value) => {
    const at = value.indexOf('=');
    if (at === -1) return `expects BIN=ARG, not "${value}"`;
    return linkArgument({ bin: value.slice(0, at) })(into, value.slice(at + 1));
  },
  'rustc-cfg': add('cfgs'),
  'rustc-check-cfg': add('checkCfgs'),
  'rustc-env': pair('environment'),
  metadata: pair('metadata'),
  warning: add('warnings'),
  error: add('errors'),
  'rerun-if-changed': rerun('files'),
  'rerun-if-env-changed': rerun('variables'),
};

/**
 * Reads a script's output. A fault is a sentence that quotes the line. What has no owner stands in a
 * configuration in place of a script.
 */
export function parseDirectives(
  output: string,
  owner?: ScriptOwner,
): {
  readonly directives: Directives;
  readonly faults: readonly string[];
} {
  const into: Growing = {
    ...{ search: [], libraries: [], linkArgs: [], cfgs: [], checkCfgs: [], environment: [] },
    ...{ metadata: [], warnings: [], errors: [], rerun: undefined },
  };
  const faults = output.split('\n').flatMap((line) => {
    if (line.includes(notUtf8)) return [];
    const fault = readLine(into, line.trim(), owner);
    return fault === undefined ? [] : [`"${line.trim()}": ${fault}`];
  });
  return { directives: into, faults };
}

/** What our reader puts in the place of bytes that are no UTF-8: such lines mean nothing to Cargo. */
const notUtf8 = '\uFFFD';

function readLine(into: Growing, line: string, owner: ScriptOwner | undefined): string | undefined {
  const [, colons, key = '', text] = /^cargo(::?)([^=]*)(?:=(.*))?$/s.exec(line) ?? [];
  if (colons === undefined) return undefined;
  const promised = owner?.rustVersion ?? '';
  if (colons === '::' && promised !== '' && !versionMatches(promised, '>=1.77'))
    return `two colons came with Rust 1.77, and the package promises to be built by ${promised} (rust-version): say it with one`;
  if (text === undefined) return `a directive is ${colons === ':' ? 'cargo:' : 'cargo::'}KEY=VALUE`;
  const value = text.trimEnd();
  const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
  // With one colon, what is no directive of Cargo's is for scripts of dependents.
  if (colons === ':' && (reader === undefined || key === 'metadata' || key === 'error')) {
    into.metadata.push([key, value]);
    return undefined;
  }
  if (reader === undefined) return `there is no directive "${key}"`;
  const fault = reader(into, value);
  if (fault !== undefined) return `${key} ${fault}`;
  return owner === undefined ? undefined : missingTarget(key, value, owner.targets);
}

const linkedKinds: Readonly<Record<string, string>> = {
  'rustc-link-arg-bins': 'bin',
  'rustc-link-arg-tests': 'test',
  'rustc-link-arg-examples': 'example',
  'rustc-link-arg-benches': 'bench',
};

/** Arguments for the linker of targets that the package does not have. */
function missingTarget(key: string, value: string, targets: readonly string[]): string | undefined {
  if (key === 'rustc-link-arg-bin') {
    const name = value.slice(0, value.indexOf('='));
    return targets.includes(`bin=${name}`) ? undefined : `the package has no program "${name}"`;
  }
  const kind = Object.hasOwn(linkedKinds, key) ? linkedKinds[key] : undefined;
  if (kind === undefined || targets.some((one) => one.split('=')[0] === kind)) return undefined;
  return `the package has no ${kind} target`;
}

/** `-l x -L y`, with or without blanks behind the letter. */
function flags(into: Growing, value: string): string | undefined {
  const words = value.split(/\s+/).filter((word) => word !== '');
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const flag = word.slice(0, 2);
    if (flag !== '-l' && flag !== '-L') return `takes only -l and -L, not "${word}"`;
    const said = word.length > 2 ? word.slice(2) : (words[++at] ?? '');
    if (flag === '-l') into.libraries.push(said);
    else into.search.push(said);
  }
  return undefined;
}
