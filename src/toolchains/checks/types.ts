import type { Started } from './memory.ts';
import type { Answer, Checker } from './probe.ts';
import { type CheckInput, startUnderstands } from './sources.ts';

/** `has_type()`. */
export function startHasType(
  checker: Checker,
  type: string,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const code = `${input.prefix ?? ''}\nvoid bar(void) {\n    (void) sizeof(${type});\n}`;
  return startUnderstands(checker, code, input);
}

/** `has_member()` and `has_members()`. */
export function startHasMembers(
  checker: Checker,
  { type, members }: { readonly type: string; readonly members: readonly string[] },
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const uses = members.map((member) => `(void) ( foo.${member} );\n`).join('');
  const code = `${input.prefix ?? ''}\nvoid bar(void) {\n${type} foo;\n${uses}(void) foo;\n}`;
  return startUnderstands(checker, code, input);
}
