import { err, ok, type Result } from '../base/result.ts';

/** A `cfg(…)` condition. */
export type Cfg =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'equal'; readonly name: string; readonly value: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Cfg[] }
  | { readonly kind: 'not'; readonly of: Cfg }
  | { readonly kind: 'constant'; readonly value: boolean };

/** What rustc says of a machine. A name that has values need not be set itself. */
export interface CfgSet {
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads the lines of `rustc --print=cfg`; a name may have several values. */
export function parseCfgSet(lines: Iterable<string>): CfgSet {
  const names = new Set<string>();
  const values = new Map<string, Set<string>>();
  for (const line of lines) {
    const [, name, value] = /^\s*([^=\s]+)\s*(?:=\s*"?(.*?)"?\s*)?$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (value === undefined) names.add(name);
    else values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return { names, values };
}

/**
 * Whether a key of a manifest's `[target]` table means this machine: a condition in `cfg(…)`, or a
 * target triple.
 */
export function targetApplies(
  key: string,
  machine: { readonly cfgs: CfgSet; readonly triple: string | undefined },
): Result<boolean, string> {
  if (!key.startsWith('cfg(')) return ok(key === machine.triple);
  const condition = parseCfg(key);
  return condition.ok ? ok(holds(condition.value, machine.cfgs)) : condition;
}

/**
 * Whether a condition of `[target.'cfg(…)']` holds for what rustc says of the machine. A key may have
 * several values.
 */
export function holds(condition: Cfg, set: CfgSet): boolean {
  switch (condition.kind) {
    case 'name':
      return set.names.has(condition.name);
    case 'equal':
      return set.values.get(condition.name)?.has(condition.value) === true;
    case 'all':
      return condition.of.every((part) => holds(part, set));
    case 'any':
      return condition.of.some((part) => holds(part, set));
    case 'not':
      return !holds(condition.of, set);
    case 'constant':
      return condition.value;
  }
}

const maxDepth = 128;

/** Reads `cfg(all(unix, not(target_os = "macos")))`. An error is a sentence without its end. */
export function parseCfg(text: string): Result<Cfg, string> {
  const tokens = text.match(/"[^"]*"|r?#?[A-Za-z_][A-Za-z0-9_]*|[^\s]/g) ?? [];
  let at = 0;
  let wrong: string | undefined;
  const fail = (expected: string): Cfg => {
    wrong ??= `${expected} expected in ${text}${tokens[at] === undefined ? '' : ` at ${tokens[at]}`}`;
    return { kind: 'constant', value: false };
  };
  const eat = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const list = (depth: number): Cfg[] => {
    const parts: Cfg[] = [];
    if (!eat('(')) fail('"("');
    while (wrong === undefined && !eat(')')) {
      parts.push(condition(depth + 1));
      if (wrong === undefined && tokens[at] !== ')' && !eat(',')) fail('"," or ")"');
    }
    return parts;
  };
  const condition = (depth: number): Cfg => {
    if (depth > maxDepth) return fail('less nesting');
    const name = tokens[at];
    if (name === undefined || !/^(r#)?[A-Za-z_]/.test(name)) return fail('a name');
    at++;
    if ((name === 'all' || name === 'any') && tokens[at] === '(')
      return { kind: name, of: list(depth) };
    if (name === 'not' && tokens[at] === '(') {
      const [of, ...more] = list(depth);
      if (of === undefined || more.length > 0) return fail('one condition');
      return { kind: 'not', of };
    }
    const plain = name.replace(/^r#/, '');
    if (!eat('='))
      return plain === 'true' || plain === 'false'
        ? { kind: 'constant', value: plain === 'true' }
        : { kind: 'name', name: plain };
    const value = tokens[at];
    if (value === undefined || !/^".*"$/s.test(value)) return fail('a string');
    at++;
    return { kind: 'equal', name: plain, value: value.slice(1, -1) };
  };
  if (!eat('cfg')) fail('"cfg"');
  const [only, ...more] = list(0);
  if (only === undefined || more.length > 0) fail('one condition');
  if (at < tokens.length) fail('the end');
  return wrong !== undefined || only === undefined ? err(wrong ?? text) : ok(only);
}
