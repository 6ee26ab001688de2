import type { Joint, JointKind, JointPart } from './joint.ts';
import { isName, meaning } from './meaning.ts';
import type { Started } from './memory.ts';
import { type Answer, answer, type Checker, once, type Probe, startProbe } from './probe.ts';
import { type CheckInput, probeOf, startCompiles, startUnderstands } from './sources.ts';

/** `has_header()`: the header is there, whether or not it compiles. */
export function startHasHeader(
  checker: Checker,
  header: string,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const { imports } = checker.family.compile;
  if (imports !== undefined)
    return startCompiles(checker, importing(imports, header, input), input);
  const plain = `${input.prefix ?? ''}\n#include <${header}>`;
  const asking = `${input.prefix ?? ''}
#ifdef __has_include
 #if !__has_include("${header}")
  #error "Header '${header}' could not be found"
 #endif
#else
 #include <${header}>
#endif`;
  const asks = checker.family.compile.testsIncludes !== false;
  const probe = probeOf({ kind: 'code', code: asks ? asking : plain }, 'preprocess', input);
  const alone = !asks || !/^[\w./+-]+$/.test(header);
  const joint = { kind: presentHeaders, before: input.prefix ?? '', part: headerPart(header) };
  return answer(startProbe(checker, alone ? probe : { ...probe, joint }), ({ ok }) => ok);
}

function importing(
  imports: (name: string) => string,
  name: string,
  { prefix = '' }: CheckInput,
): Probe['source'] {
  return { kind: 'code', code: `${prefix}\n${imports(name)}` };
}

const headerPart = (header: string): JointPart => ({
  name: header,
  body: (number) => `#if __has_include("${header}")\n${mark(number)}\n#endif`,
});

const mark = (number: number): string => `KAON_PRESENT_${number}_`;

/** The preprocessor leaves a mark for each header that is there. */
const presentHeaders: JointKind = {
  name: 'headers',
  read: ({ ok, stdout, parts }) =>
    new Map(
      parts.flatMap((_, number) => (ok ? [[number, { ok: stdout.includes(mark(number)) }]] : [])),
    ),
};

/** `check_header()`: code that includes it compiles. */
export function startCheckHeader(
  checker: Checker,
  header: string,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const { imports = (name: string) => `#include <${name}>` } = checker.family.compile;
  return startCompiles(checker, importing(imports, header, input), input);
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
  const isCpp = ['cpp', 'objcpp'].includes(checker.family.toolchain.language);
  const asType = once(() => {
    const part = partOf(symbol, `using ${symbol};`);
    const joint = isName(symbol) ? { kind: using, before: include, part } : undefined;
    const code = `${include}using ${symbol};\nint main(void) { return 0; }`;
    return startUnderstands(checker, { code, joint }, input);
  });
  const body = `#ifndef ${symbol}\n    ${symbol};\n#endif`;
  const joint: Joint = {
    kind: meaning,
    before: include,
    part: {
      name: symbol,
      body: (number) => `void kaon_${number}(void) {\n${body}\n}`,
    },
    settled: (found) => {
      if (isCpp && !found.ok) asType.finish();
    },
  };
  const first = startUnderstands(
    checker,
    { code: plain, joint: isName(symbol) ? joint : undefined },
    input,
  );
  if (!isCpp) return first;
  return once(() => {
    const found = first.finish();
    return found.value ? found : asType.finish().finish();
  });
}

/** Declarations that stand side by side. */
const using: JointKind = { ...meaning, name: 'using' };

const partOf = (name: string, body: string): JointPart => ({ name, body: () => body });
