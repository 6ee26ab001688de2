import { closeMatch } from '../../base/close-match.ts';
import type { CrateTargetName } from '../../model/crate-target-name.ts';

/** That crates have no target of a name, or of a pattern, in Cargo's words, and which they have. */
export function noSuchTarget(
  kind: CrateTargetName['kind'],
  wanted: string,
  there: readonly string[],
): string {
  const isPattern = /[*?[]/.test(wanted);
  const close = closeMatch(wanted, there);
  const help =
    close !== undefined
      ? `\nhelp: a target with a similar name exists: \`${close}\``
      : there.length > 0
        ? `\nhelp: available ${kind} targets: ${[...new Set(there)].join(', ')}`
        : '';
  return `no ${kind} target ${isPattern ? 'matches pattern' : 'named'} \`${wanted}\`${help}`;
}
