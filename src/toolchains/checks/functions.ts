import type { Started } from './memory.ts';
import { type Answer, type Checker, once, startProbe } from './probe.ts';
import { type CheckInput, probeOf, startLinks } from './sources.ts';

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
  const linked = startLinks(checker, { kind: 'code', code }, input);
  return once(() => {
    const found = linked.finish();
    if (found.value) return found;
    const builtin = { kind: 'code', code: asBuiltin(name, prefix) } as const;
    // The preprocessor alone says no to most names, at a fifth of the price of a link.
    const likely = startProbe(checker, probeOf(builtin, 'preprocess', input)).finish();
    if (!likely.ok) return { value: false, cached: likely.cached };
    return startLinks(checker, builtin, input).finish();
  });
}

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
