import { err, ok, type Result } from '../../base/result.ts';
import type { Started } from './memory.ts';
import { type Answer, type Checker, once, startProbe } from './probe.ts';
import { type CheckInput, probeOf } from './sources.ts';

/** `get_define()`: what a macro stands for, undefined when there is none. */
export function startGetDefine(
  checker: Checker,
  name: string,
  input: CheckInput = {},
): Started<Result<Answer<string | undefined>, string>> {
  const code = `
${input.prefix ?? ''}
#ifndef ${name}
# define ${name} "${none}"
#endif
"${begin}"
${name}
"${end}"`;
  const started = startProbe(checker, probeOf({ kind: 'code', code }, 'preprocess', input));
  return once(() => {
    const { ok: preprocessed, stdout, cached } = started.finish();
    if (!preprocessed) return err(`Could not get define '${name}'`);
    // A macro that stands for nothing leaves nothing between the marks; compilers of Fortran indent all.
    const value = between.exec(stdout)?.[1]?.trim() ?? '';
    const isNone = value === `"${none}"`;
    return ok({ value: isNone ? undefined : joinedLiterals(value), cached });
  });
}

const begin = 'KAON_GET_DEFINE_BEGIN';
const end = 'KAON_GET_DEFINE_END';
const none = 'KAON_GET_DEFINE_UNDEFINED';

const between = new RegExp(`"${begin}"\\n([^]*)^\\s*"${end}"`, 'm');

/** `"a" "b"` is `"ab"`, as the compiler would read it. */
export function joinedLiterals(text: string): string {
  const joined = text.replace(/((?:^|[^\\])"(?:[^\\"]|\\.)*)"\s+"/, '$1');
  return joined === text ? text : joinedLiterals(joined);
}
