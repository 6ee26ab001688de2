import type { Joint, JointPart } from './joint.ts';
import { isPlainType, meaning } from './meaning.ts';
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
  const part = {
    name: type,
    body: (number: number) => `void kaon_${number}(void) {\n    (void) sizeof(${type});\n}`,
  };
  return startUnderstands(checker, { code, joint: jointOf(input, part, [type]) }, input);
}

function jointOf(
  { prefix = '' }: CheckInput,
  part: JointPart,
  words: readonly string[],
): Joint | undefined {
  return words.every(isPlainType) ? { kind: meaning, before: prefix, part } : undefined;
}

/** `has_member()` and `has_members()`. */
export function startHasMembers(
  checker: Checker,
  { type, members }: { readonly type: string; readonly members: readonly string[] },
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const uses = members.map((member) => `(void) ( foo.${member} );\n`).join('');
  const code = `${input.prefix ?? ''}\nvoid bar(void) {\n${type} foo;\n${uses}(void) foo;\n}`;
  const part = {
    name: type,
    body: (number: number) => `void kaon_${number}(void) {\n${type} foo;\n${uses}(void) foo;\n}`,
  };
  const joint = jointOf(input, part, [type, ...members]);
  return startUnderstands(checker, { code, joint }, input);
}
