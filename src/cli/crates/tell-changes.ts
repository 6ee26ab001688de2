import { posix } from 'node:path';
import { diffLines } from 'diff';
import { shownChange } from '../../cargo/lock/lock-changes.ts';
import { editedFiles, readRecord } from '../../wrap/record.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import type { FileChange } from './all-or-nothing.ts';
import type { CargoProject } from './cargo-project.ts';
import type { CrateChange } from './change-crates.ts';

/** Prints what was changed, file by file, and tidies folders that nothing brings any more. */
export function tellChanges(
  session: Session,
  project: CargoProject,
  { dryRun, ...done }: CrateChange & { readonly dryRun: boolean },
): number {
  const { terminal, host } = session;
  const shown = (path: string): string => posix.relative(host.system.workingDirectory, path) || '.';
  if (done.changes.length === 0 && done.lock.length === 0) {
    terminal.print('Nothing to change.');
    return exitCodes.ok;
  }
  const [manifests, others] = split(done.changes, ({ path }) => path.endsWith('/Cargo.toml'));
  for (const change of manifests) {
    terminal.print(shown(change.path));
    for (const line of changedLines(change)) terminal.print(`  ${line}`);
  }
  if (done.lock.length > 0) {
    terminal.print(shown(project.lock));
    for (const change of done.lock) terminal.print(`  ${shownChange(change)}`);
  }
  for (const { path, before, after } of others) {
    const what = before === undefined ? 'new' : after === undefined ? 'removed' : 'changed';
    terminal.print(`${shown(path)}  (${what})`);
  }
  const notes = [...done.notes, ...(dryRun ? [] : tidied(session, project, done.left))];
  for (const note of notes) terminal.print(`Note: ${note}`);
  if (dryRun) terminal.print('Nothing was written: this was a dry run.');
  return exitCodes.ok;
}

/** Tells why something was left as it is; what to exit with. */
export function refuseChange(session: Session, what: string, why: string): number {
  refuse(session, `${what}: ${why}\nNothing was changed.`);
  return exitCodes.failed;
}

function changedLines({ before = '', after = '' }: FileChange): readonly string[] {
  return diffLines(before, after).flatMap(({ added, removed, value }) =>
    added || removed
      ? value
          .trimEnd()
          .split('\n')
          .map((line) => `${added ? '+' : '-'} ${line}`)
      : [],
  );
}

/** Removes sources that kaon laid out and nobody edited; tells of the others. */
function tidied(
  { host: { files } }: Session,
  { subprojects }: CargoProject,
  left: readonly string[],
): readonly string[] {
  return left.flatMap((name) => {
    const folder = posix.join(subprojects, name);
    if (!files.isDirectory(folder)) return [];
    const record = readRecord(files, folder);
    if (record === undefined || editedFiles(files, folder, record).length > 0)
      return [`${folder} is not used any more; it is left, since it is not as kaon laid it out`];
    files.remove(folder);
    return [];
  });
}

function split<T>(all: readonly T[], passes: (one: T) => boolean): [T[], T[]] {
  return [all.filter(passes), all.filter((one) => !passes(one))];
}
