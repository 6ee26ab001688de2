import { posix } from 'node:path';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { StoredTarget } from '../../store/setup/setup-state.ts';

/** What `[PATH/]NAME[.SUFFIX][:TYPE]` names among the targets. An error is a message for people. */
export function findTarget(
  targets: readonly StoredTarget[],
  given: string,
): Result<StoredTarget, string> {
  const wanted = parseTargetName(given);
  const refuse = (why: string) => err(`Can't invoke target \`${given}\`: ${why}`);
  if (wanted.type !== undefined && !types.has(wanted.type)) {
    return refuse(`unknown target type: \`${wanted.type}\``);
  }
  const all = targets.filter(({ name }) => name === wanted.name);
  // A program comes before an example of its name.
  const main = all.filter(({ program }) => program?.isExample !== true);
  const named = main.length > 0 ? main : all;
  const based = named.length > 0 ? named : targets.filter(({ name }) => name === wanted.baseName);
  const found = based.filter(
    (target) =>
      (wanted.type === undefined || wanted.type === target.type) &&
      (wanted.folder === undefined || wanted.folder === folderOf(target)),
  );
  const labels = found.map(labelOf);
  const [first, ...others] = chosen(targets, { found, labels, given, name: wanted.name });
  if (first === undefined) {
    const close = nearest(
      wanted.name,
      targets.map(({ name }) => name),
    );
    return refuse(`target not found${close === undefined ? '' : ` (did you mean \`${close}\`?)`}`);
  }
  if (others.length > 0) {
    const choices = found.map((each) => {
      return `- ${isAlone(labels, each) ? labelOf(each) : `./${each.outputs[0] ?? each.name}`}`;
    });
    return refuse(`${ambiguous} Add target type and/or path:\n${choices.join('\n')}`);
  }
  return ok(first);
}

const ambiguous = 'ambiguous name.';

/** Whether an error says that there are several: a file of that name is not meant then. */
export function saysSeveral(error: string): boolean {
  return error.includes(`: ${ambiguous}`);
}

/** The same where something is to be run: a library of the name is not meant. */
export function findProgram(
  targets: readonly StoredTarget[],
  given: string,
): Result<StoredTarget, string> {
  const runs = ({ type, program }: StoredTarget) => type === 'executable' || program !== undefined;
  const programs = findTarget(targets.filter(runs), given);
  return programs.ok ? programs : findTarget(targets, given);
}

interface Found {
  readonly found: readonly StoredTarget[];
  readonly labels: readonly string[];
  readonly given: string;
  readonly name: string;
}

/** Of several targets those that are meant by the file they make. */
function chosen(targets: readonly StoredTarget[], { found, labels, given, name }: Found) {
  if (found.length === 1) return found;
  // Two may differ by their suffix alone: one of them makes a file of just this name.
  const exact = name.includes('.')
    ? found.filter(({ outputs }) => outputs.some((path) => posix.basename(path) === name))
    : [];
  // Crates may make programs of one name, in other folders: no type and folder tells them apart.
  const made = targets.filter(
    (each) =>
      each.outputs.includes(posix.normalize(given)) &&
      (found.length === 0 || (found.includes(each) && !isAlone(labels, each))),
  );
  return [exact, made].find((some) => some.length === 1) ?? found;
}

function labelOf(target: StoredTarget): string {
  return `./${posix.join(folderOf(target), target.name)}:${target.type}`;
}

function isAlone(labels: readonly string[], target: StoredTarget): boolean {
  return labels.filter((label) => label === labelOf(target)).length === 1;
}

const types = new Set(
  'executable static_library shared_library shared_module custom alias run jar'.split(' '),
);

interface TargetName {
  readonly name: string;
  /** Without its last suffix. */
  readonly baseName: string;
  readonly folder: string | undefined;
  readonly type: string | undefined;
}

function parseTargetName(given: string): TargetName {
  const colon = given.lastIndexOf(':');
  const path = colon === -1 ? given : given.slice(0, colon);
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const dot = name.lastIndexOf('.');
  return {
    name,
    baseName: dot === -1 ? name : name.slice(0, dot),
    folder: slash === -1 ? undefined : posix.normalize(path.slice(0, slash)),
    type: colon === -1 ? undefined : given.slice(colon + 1),
  };
}

function folderOf({ subdir }: StoredTarget): string {
  return posix.normalize(subdir === '' ? '.' : subdir);
}
