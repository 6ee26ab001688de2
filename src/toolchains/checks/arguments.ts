import type { Started } from './memory.ts';
import { type Answer, answer, type Checker, startProbe } from './probe.ts';

/** `has_argument()` and `has_multi_arguments()`: all of them together. */
export function startHasArguments(
  checker: Checker,
  args: readonly string[],
): Started<Answer<boolean>> {
  const { toolchain, compile } = checker.family;
  const { language } = toolchain;
  if (language === 'rust') return startTries(checker, args, 'compile');
  const started = startProbe(checker, {
    source: { kind: 'code', code: compile.program ?? 'extern int i;\nint i;\n' },
    mode: 'compile',
    args: args.flatMap(withPositiveForm),
  });
  return answer(started, ({ ok, stderr }) => ok && !isForOtherLanguage(language, stderr));
}

/** `has_link_argument()` and `has_multi_link_arguments()`. */
export function startHasLinkArguments(
  checker: Checker,
  args: readonly string[],
): Started<Answer<boolean>> {
  const { toolchain, compile, link, rust } = checker.family;
  const strict = link?.fatalWarnings ?? [];
  if (rust !== undefined) return startTries(checker, [...strict, ...rust.linkArgs(args)], 'link');
  const started = startProbe(checker, {
    source: { kind: 'code', code: compile.program ?? 'int main(void) { return 0; }\n' },
    mode: 'link',
    args: [...strict, ...args],
  });
  return answer(started, ({ ok, stderr }) => ok && !isForOtherLanguage(toolchain.language, stderr));
}

function startTries(
  checker: Checker,
  args: readonly string[],
  mode: 'compile' | 'link',
): Started<Answer<boolean>> {
  const code = 'fn main() { std::process::exit(0) }\n';
  const started = startProbe(checker, { source: { kind: 'code', code }, mode, args });
  return answer(started, ({ ok }) => ok);
}

const wantsNumber = [
  'alloc-size-larger-than',
  'alloca-larger-than',
  'frame-larger-than',
  'stack-usage',
  'vla-larger-than',
];

/** gcc takes any `-Wno-…` without a word, so the warning itself is asked for as well. */
function withPositiveForm(arg: string): readonly string[] {
  if (!arg.startsWith('-Wno-') || arg.startsWith('-Wno-attributes=')) return [arg];
  const name = arg.slice('-Wno-'.length);
  return [wantsNumber.includes(name) ? `-W${name}=1000` : `-W${name}`, arg];
}

/** gcc only warns of a flag that another language has. */
function isForOtherLanguage(language: string, stderr: string): boolean {
  if (language === 'cpp' || language === 'objcpp') return stderr.includes('is valid for C/ObjC');
  return (language === 'c' || language === 'objc') && stderr.includes('is valid for C++/ObjC++');
}
