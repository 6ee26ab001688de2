// What a build file asks of Meson's version: an `if` narrows by it what is new.
import type { Expression } from '../../lang/tree.ts';
import { flattened } from '../argument-type.ts';
import type { RawArguments } from './bind-arguments.ts';
import { currentPlace, type Frame } from './frame.ts';

/** Remembers the requirement of a `version_compare()` of Meson's own version, for the `if` around it. */
export function noteVersionCheck(
  frame: Frame,
  receiver: Expression,
  { positional }: RawArguments,
): void {
  const isOfMeson = isMesonVersion(frame, receiver);
  const checks = [...flattened(positional)].filter((value) => typeof value === 'string');
  const several = { kind: 'new', place: currentPlace(frame) } as const;
  if (checks.length > 1)
    frame.evaluation.features.use(
      frame.scope,
      isOfMeson
        ? {
            ...several,
            feature: 'meson.version().version_compare() with multiple arguments',
            since: '1.10.0',
            extra: 'From 1.8.0 - 1.9.* it failed to match str.version_compare',
          }
        : { ...several, feature: 'version_compare() with multiple arguments', since: '1.8.0' },
    );
  if (isOfMeson && !checks.some((check) => check.trim().startsWith('!')))
    frame.versionCheck = checks;
}

/** Remembers whether a variable that was just assigned holds Meson's version. */
export function noteVersionName(frame: Frame, name: string, value: Expression): void {
  const { names } = frame.scope.mesonVersion;
  if (isMesonVersion(frame, value)) names.add(name);
  else names.delete(name);
}

function isMesonVersion(frame: Frame, node: Expression): boolean {
  if (node.kind === 'parentheses') return isMesonVersion(frame, node.inner);
  if (node.kind === 'identifier') return frame.scope.mesonVersion.names.has(node.name);
  return (
    node.kind === 'method-call' &&
    node.name === 'version' &&
    node.object.kind === 'identifier' &&
    node.object.name === 'meson'
  );
}
