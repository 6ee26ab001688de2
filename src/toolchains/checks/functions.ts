import { type Joint, type JointKind, type JointPart, partsInError } from './joint.ts';
import type { Started } from './memory.ts';
import { type Answer, type Checker, once, startProbe } from './probe.ts';
import { type CheckInput, linksAlike, probeOf, startLinks } from './sources.ts';
import { undefinedNames } from './undefined-names.ts';

/** `has_function()`: the linker finds it, a header of `prefix` provides it, or it is built into the compiler. */
export function startHasFunction(
  checker: Checker,
  name: string,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const told = checker.property(`has_function_${name}`.replaceAll(' ', '_'));
  if (typeof told === 'boolean') return once(() => ({ value: told, cached: false }));
  const prefix = input.prefix ?? '';
  const code = prefix.includes('#include')
    ? withPrototype(name, prefix)
    : withoutPrototype(name, prefix);
  const builtin = { kind: 'code', code: asBuiltin(name, prefix) } as const;
  // The preprocessor alone says no to most names, at a fifth of the price of a link.
  const likely = once(() => {
    const joint = { kind: builtins, before: prefix, part: builtinPart(name, prefix) };
    const probe = probeOf(builtin, 'preprocess', input);
    return startProbe(checker, isIdentifier(name) ? { ...probe, joint } : probe);
  });
  const declared = prefix.includes('#include');
  const probe = probeOf({ kind: 'code', code }, 'link', input);
  const joint: Joint = {
    kind: functions,
    before: `${prefix}\n#include <limits.h>`,
    part: declared ? declaredPart(name) : undeclaredPart(name),
    settled: (found) => {
      if (!found.ok) likely.finish();
    },
  };
  const joins =
    isIdentifier(name) && (declared || onlyDefines(prefix)) && linksAlike(checker, probe);
  const linked = startProbe(checker, joins ? { ...probe, joint } : probe);
  return once(() => {
    const found = linked.finish();
    if (found.ok) return { value: true, cached: found.cached };
    const isLikely = likely.finish().finish();
    // The preprocessor sees no libraries: what it said may be from another check.
    if (!isLikely.ok) return { value: false, cached: found.cached };
    return startLinks(checker, builtin, input).finish();
  });
}

const isIdentifier = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && name !== 'main';

const onlyDefines = (prefix: string): boolean => /^(\s*#\s*define\b.*(\n|$)|\s)*$/.test(prefix);

/** glibc has functions that only fail with ENOSYS, and says so by these macros. */
const noStub = (name: string): string => `
#if defined __stub_${name} || defined __stub___${name}
fail fail fail this function is not going to work
#endif
`;

/** As Autoconf: a prototype of our own that no real one agrees with. */
function withoutPrototype(name: string, prefix: string): string {
  return `
#define ${name} kaon_disable_define_of_${name}
${prefix}
#include <limits.h>
#undef ${name}
#ifdef __cplusplus
extern "C"
#endif
char ${name} (void);
${noStub(name)}
int main(void) {
  return ${name} ();
}`;
}

/** With the headers the user names: a declaration there decides. */
function withPrototype(name: string, prefix: string): string {
  return `${prefix}
#include <limits.h>
${noStub(name)}
int main(void) {
    void *a = (void*) &${name};
    long long b = (long long) a;
    return (int) b;
}`;
}

/** A builtin has no address; and one that a given header does not define counts as missing. */
function asBuiltin(name: string, prefix: string): string {
  const isBuiltin = name.startsWith('__builtin_');
  const builtin = isBuiltin ? name : `__builtin_${name}`;
  const noIncludes = !prefix.includes('#include');
  return `${prefix}
int main(void) {
#if !${Number(noIncludes)} && !defined(${name}) && !${Number(isBuiltin)}
    #error "No definition for ${builtin} found in the prefix"
#endif
#ifdef __has_builtin
    #if !__has_builtin(${builtin})
        #error "${builtin} not found"
    #endif
#elif ! defined(${name})
    ${builtin};
#endif
return 0;
}`;
}

/** Functions are called or named side by side; the linker says which of them there are not. */
const functions: JointKind = {
  name: 'functions',
  tail: (numbers) =>
    `int main(void) { return ${numbers.map((n) => `(int) kaon_${n}()`).join(' + ')}; }`,
  read: (run) => {
    const missing = run.ok ? new Set<string>() : undefinedNames(run.stderr);
    if (missing !== undefined) {
      const known = run.parts.map(({ name }) => name);
      if (![...missing].every((name) => known.includes(name))) return new Map();
      return new Map(run.parts.map(({ name }, number) => [number, { ok: !missing.has(name) }]));
    }
    // What does not compile is not linked either; the others are still to be linked.
    const wrong = partsInError(run) ?? [];
    return new Map([...wrong].map((number) => [number, { ok: false }]));
  },
};

function undeclaredPart(name: string): JointPart {
  return {
    name,
    head: `#define ${name} kaon_disable_define_of_${name}`,
    body: (number) => `#undef ${name}
#ifdef __cplusplus
extern "C"
#endif
char ${name} (void);
${noStub(name)}
static int kaon_${number}(void) { return ${name} (); }`,
  };
}

function declaredPart(name: string): JointPart {
  return {
    name,
    body: (number) => `${noStub(name)}
static int kaon_${number}(void) {
    void *a = (void*) &${name};
    long long b = (long long) a;
    return (int) b;
}`,
  };
}

/** The preprocessor leaves a mark for each that may be built in. */
const builtins: JointKind = {
  name: 'builtins',
  read: ({ ok, stdout, parts }) =>
    new Map(parts.flatMap((_, n) => (ok ? [[n, { ok: stdout.includes(likelyMark(n)) }]] : []))),
};

const likelyMark = (number: number): string => `KAON_LIKELY_${number}_`;

function builtinPart(name: string, prefix: string): JointPart {
  const isBuiltin = name.startsWith('__builtin_');
  const builtin = isBuiltin ? name : `__builtin_${name}`;
  const needsMacro = !isBuiltin && prefix.includes('#include');
  return {
    name,
    body: (number) => `#if !${Number(needsMacro)} || defined(${name})
#ifdef __has_builtin
#if __has_builtin(${builtin})
${likelyMark(number)}
#endif
#else
${likelyMark(number)}
#endif
#endif`,
  };
}
