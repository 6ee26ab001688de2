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
    const name = value.slice(0, at);
    if (list === 'environment' && name === 'RUSTC_BOOTSTRAP')
      return 'cannot set RUSTC_BOOTSTRAP: set it outside, if the compiler shall take unstable features';
    into[list].push([name, value.slice(at + 1)]);
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

/** Reads a script's output. A fault is a sentence that quotes the line. */
export function parseDirectives(output: string): {
  readonly directives: Directives;
  readonly faults: readonly string[];
} {
  const into: Growing = {
    ...{ search: [], libraries: [], linkArgs: [], cfgs: [], checkCfgs: [], environment: [] },
    ...{ metadata: [], warnings: [], errors: [], rerun: undefined },
  };
  const faults: string[] = [];
  for (const line of output.split('\n')) {
    const [, colons, key = '', text = ''] = /^cargo(::?)([^=]*)=(.*)$/s.exec(line.trimEnd()) ?? [];
    if (colons === undefined) continue;
    const value = text.trimEnd();
    const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
    // With one colon, what is no directive of Cargo's is for scripts of dependents.
    if (colons === ':' && (reader === undefined || key === 'metadata' || key === 'error'))
      into.metadata.push([key, value]);
    else if (reader === undefined) faults.push(`"${line}": there is no directive "${key}"`);
    else {
      const fault = reader(into, value);
      if (fault !== undefined) faults.push(`"${line}": ${key} ${fault}`);
    }
  }
  return { directives: into, faults };
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
