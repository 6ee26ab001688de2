import { complaints, isSummary, type JointAnswer, type JointKind, type JointRun } from './joint.ts';
import type { Started } from './memory.ts';
import { type Answer, answer, type Checker, type Probe, startProbe } from './probe.ts';
import { joinsWell } from './sources.ts';

/** `has_argument()` and `has_multi_arguments()`: all of them together. */
export function startHasArguments(
  checker: Checker,
  args: readonly string[],
): Started<Answer<boolean>> {
  const { toolchain, compile } = checker.family;
  const { language } = toolchain;
  if (language === 'rust') return startTries(checker, args, 'compile');
  const code = compile.program ?? 'extern int i;\nint i;\n';
  const [arg = ''] = args;
  const probe: Probe = {
    source: { kind: 'code', code },
    mode: 'compile',
    args: args.flatMap(withPositiveForm),
  };
  const joins = args.length === 1 && standsAlone(arg) && joinsWell(checker, { ...probe, args: [] });
  const part = { name: arg, args: probe.args ?? [] };
  const joint = { kind: knownArguments(language), before: code, part, sharedArgs: [] };
  const started = startProbe(checker, joins ? { ...probe, joint } : probe);
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

/**
 * Arguments that neither need nor exclude others: each means the same among others. Where two do not
 * get along all the same, the compiler complains and they are tried alone.
 */
function standsAlone(arg: string): boolean {
  if (/^-W(?!error|no-error|fatal|[alp],)[\w+=-]+$/.test(arg)) return true;
  const independent =
    /^-f(no-|stack-|strict-|visibility|function-sections$|data-sections$|common$|wrapv|unwind-|asynchronous-|exceptions$|diagnostics-|signed-|unsigned-|omit-|merge-|math-|zero-|trivial-|cf-protection|delete-null)[\w=-]*$/;
  return independent.test(arg) && !/sanit|prof|cov|lto|plugin|xray|module|syntax/.test(arg);
}

const kinds = new Map<string, JointKind>();

/** The compiler names each argument that it does not know. */
function knownArguments(language: string): JointKind {
  const kind = kinds.get(language) ?? {
    name: 'arguments',
    read: (run) => readArguments(run, language),
  };
  kinds.set(language, kind);
  return kind;
}

const unknownArgument =
  /error: (?:unrecognized command[- ]line option|unknown argument:?|unknown warning option|argument unused during compilation:|optimization flag) '(-[^']+)'/;

function readArguments(
  { ok, stderr, parts }: JointRun,
  language: string,
): ReadonlyMap<number, JointAnswer> {
  const answers = new Map<number, JointAnswer>();
  const answerFor = (word: string, given: JointAnswer): boolean => {
    const named = parts.flatMap(({ args = [] }, number) => (args.includes(word) ? [number] : []));
    for (const number of named) answers.set(number, given);
    return named.length > 0;
  };
  for (const line of stderr.split('\n')) {
    const word = /'(-[^']+)'/.exec(line)?.[1] ?? '';
    if (isForOtherLanguage(language, line)) {
      if (!answerFor(word, { ok: false })) return new Map();
    }
  }
  for (const line of complaints(stderr)) {
    if (isSummary(line)) continue;
    const unknown = unknownArgument.exec(line)?.[1];
    const word = unknown ?? /'(-[^']+)'/.exec(line)?.[1] ?? '';
    if (!answerFor(word, unknown === undefined ? 'alone' : { ok: false })) return new Map();
  }
  if (ok)
    for (const number of parts.keys())
      if (!answers.has(number) && !isOverridden(parts, number)) answers.set(number, { ok });
  return answers;
}

/** Of options with a value clang reads the last alone: success tells nothing of those before. */
function isOverridden(parts: JointRun['parts'], number: number): boolean {
  const { name } = parts[number] ?? { name: '' };
  const option = optionOf(name);
  return (
    name.includes('=') && parts.slice(number + 1).some((later) => optionOf(later.name) === option)
  );
}

const optionOf = (arg: string): string => arg.replace(/=.*/s, '').replace(/^-(.)no-/, '-$1');
