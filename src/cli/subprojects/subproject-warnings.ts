import { posix } from 'node:path';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Model } from '../../model/model.ts';
import type { Session } from '../session.ts';
import { asWarning, checkSubprojects } from './check-subprojects.ts';
import { readPromises } from './subproject-promises.ts';

/**
 * What `kaon check-subprojects` would find, told by every setup. What the build uses has been compared
 * before, and a difference there has ended it: the rest stops nothing.
 */
export function subprojectWarnings(
  session: Session,
  { sourceRoot, subprojectDir = 'subprojects' }: Pick<Model, 'sourceRoot' | 'subprojectDir'>,
): readonly Diagnostic[] {
  const folder = posix.join(sourceRoot, subprojectDir);
  if (!session.host.files.isDirectory(folder)) return [];
  const promises = readPromises(session, { sourceRoot, folder });
  return promises.ok ? checkSubprojects(session.host.files, promises.value).map(asWarning) : [];
}
