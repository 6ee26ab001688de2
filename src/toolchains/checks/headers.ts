import type { Started } from './memory.ts';
import { type Answer, answer, type Checker, once, startProbe } from './probe.ts';
import { type CheckInput, probeOf, startCompiles, startUnderstands } from './sources.ts';

/** `has_header()`: the header is there, whether or not it compiles. */
export function startHasHeader(
  checker: Checker,
  header: string,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const plain = `${input.prefix ?? ''}\n#include <${header}>`;
  const asking = `${input.prefix ?? ''}
#ifdef __has_include
 #if !__has_include("${header}")
  #error "Header '${header}' could not be found"
 #endif
#else
 #include <${header}>
#endif`;
  const code = checker.family.compile.testsIncludes === false ? plain : asking;
  const probe = probeOf({ kind: 'code', code }, 'preprocess', input);
  return answer(startProbe(checker, probe), ({ ok }) => ok);
}

/** `check_header()`: code that includes it compiles. */
export function startCheckHeader(
  checker: Checker,
  header: string,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const code = `${input.prefix ?? ''}\n#include <${header}>`;
  return startCompiles(checker, { kind: 'code', code }, input);
}

/** `has_header_symbol()`: a macro, a variable or function; in C++ also a class or template. */
export function startHasHeaderSymbol(
  checker: Checker,
  { header, symbol }: { readonly header: string; readonly symbol: string },
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const include = `${input.prefix ?? ''}\n#include <${header}>\n`;
  const plain = `${include}int main(void) {
/* A macro need not be a value. */
#ifndef ${symbol}
    ${symbol};
#endif
return 0;
}`;
  const first = startUnderstands(checker, plain, input);
  if (!['cpp', 'objcpp'].includes(checker.family.toolchain.language)) return first;
  return once(() => {
    const found = first.finish();
    if (found.value) return found;
    const asType = `${include}using ${symbol};\nint main(void) { return 0; }`;
    return startUnderstands(checker, asType, input).finish();
  });
}
