import { posix } from 'node:path';
import { NumberRow } from '../../base/number-row.ts';
import type { ActionLog } from '../../store/log/action-log.ts';
import type { ContentId } from '../../store/log/action-record.ts';

/** Tells whether a content of the log has the name of one of some files, whatever folders they lie in. */
export function namedLike(
  log: Pick<ActionLog, 'content'>,
  paths: Iterable<string>,
): (content: ContentId) => boolean {
  const names = new Set([...paths].map((path) => posix.basename(path)));
  /** 1 for no, 2 for yes. */
  const known = new NumberRow();
  return (content) => {
    if (known.get(content) === 0)
      known.set(content, names.has(posix.basename(log.content(content).path)) ? 2 : 1);
    return known.get(content) === 2;
  };
}
