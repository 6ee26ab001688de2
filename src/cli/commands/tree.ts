import { posix } from 'node:path';
import { dependencyName } from '../../cargo/crate-abi.ts';
import type { CargoLock, LockedPackage } from '../../cargo/lock/lock.ts';
import { crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import type { Package } from '../../wrap/wrap-set.ts';
import { findSubprojects } from '../crates/cargo-project.ts';
import { dependencyTree } from '../crates/dependency-tree.ts';
import { exitCodes, type Session } from '../session.ts';
import { readPromises, type SubprojectPromises } from '../subprojects/subproject-promises.ts';
import { refuse } from '../terminal/refuse.ts';
import { shownDiagnostic } from '../terminal/terminal.ts';
import { flag, number, type ParsedOptions, parseWords, text } from '../words/parse-words.ts';

/** `kaon tree` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { terminal } = session;
  const parsed = parseWords(
    terminal,
    {
      name: 'tree',
      summary: 'Show what the crates of a project need, and its other subprojects.',
      define: (command) =>
        command
          .argument('[name]', 'Show only this package and what it needs')
          .option('-i, --invert <name>', 'Show what needs this package')
          .option('-d, --duplicates', 'Show what is there in more than one version')
          .option('--depth <n>', 'How deep to go')
          .option('--sourcedir <dir>', 'The project', '.'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const place = findSubprojects(session, text(options, 'sourcedir') ?? '.');
  if (!place.ok) return refuse(session, place.error);
  const promises = readPromises(session, place.value);
  if (!promises.ok) {
    for (const each of promises.error) terminal.print(shownDiagnostic(each, terminal));
    return exitCodes.wrong;
  }
  const wanted = text(options, 'invert') ?? operands[0];
  let shown = 0;
  for (const lock of promises.value.locks) {
    const roots = rootsOf(lock, { wanted, duplicates: flag(options, 'duplicates') });
    if (roots.length === 0) continue;
    shown += roots.length;
    terminal.print(`${lock.source.path}`);
    for (const line of linesOf(lock, roots, { promises: promises.value, options }))
      terminal.print(line);
  }
  if (wanted !== undefined && shown === 0) return refuse(session, `Nothing is called '${wanted}'.`);
  if (wanted === undefined && !flag(options, 'duplicates'))
    shown += tellOthers(session, promises.value, place.value.folder);
  if (shown === 0)
    terminal.print(
      flag(options, 'duplicates')
        ? 'Nothing is there in more than one version.'
        : 'No crates are locked here, and there are no other subprojects.',
    );
  return exitCodes.ok;
}

function linesOf(
  lock: CargoLock,
  roots: readonly LockedPackage[],
  { promises, options }: { readonly promises: SubprojectPromises; readonly options: ParsedOptions },
): readonly string[] {
  return dependencyTree(lock, {
    roots,
    inverted: text(options, 'invert') !== undefined || flag(options, 'duplicates'),
    depth: number(options, 'depth', Number.POSITIVE_INFINITY),
    note: (made) => broughtBy(made, promises),
  });
}

function rootsOf(
  { packages }: CargoLock,
  { wanted, duplicates }: { readonly wanted: string | undefined; readonly duplicates: boolean },
): readonly LockedPackage[] {
  if (duplicates)
    return packages.filter(
      ({ name }) => packages.filter((other) => other.name === name).length > 1,
    );
  if (wanted === undefined) return packages.filter(({ source }) => source.kind === 'path');
  const [name, version] = wanted.split('@');
  return packages.filter(
    (each) => each.name === name && (version === undefined || each.version.startsWith(version)),
  );
}

/** How kaon gets it and by which rules it is built. */
function broughtBy(
  { name, version, source }: LockedPackage,
  { wraps, bundled }: SubprojectPromises,
): string {
  if (source.kind === 'path') return '';
  const own = dependencyName(name, version);
  const made = wraps.packages.get(own) ?? bundled.packages.get(own);
  const crate = made?.wrap && crateOfWrap(made.wrap);
  if (made?.wrap === undefined) return source.kind === 'git' ? ' (git)' : '';
  if (crate !== undefined && crate.version !== version)
    return made.origin === 'bundled' ? '' : ` (its wrap is of ${crate.version})`;
  const rules = made.wrap.patchDirectory === undefined ? '' : ', rules';
  return made.origin === 'bundled' ? ' (kaon’s rules)' : ` (wrap${rules})`;
}

/** Subprojects that are no crates; how many. */
function tellOthers(
  { terminal, host }: Session,
  { wraps, display }: SubprojectPromises,
  folder: string,
): number {
  const others = [...wraps.packages.values()]
    .filter((made) => made.wrap === undefined || crateOfWrap(made.wrap) === undefined)
    .filter(({ wrap }) => wrap?.method?.value !== 'cargo')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (others.length === 0) return 0;
  terminal.print(display);
  for (const made of others) {
    const isHere = host.files.isDirectory(posix.join(folder, made.directory));
    terminal.print(`  ${made.name} (${kindOf(made)})${isHere ? '' : ', not downloaded'}`);
  }
  return others.length;
}

function kindOf({ wrap }: Package): string {
  return wrap === undefined ? 'folder' : wrap.kind;
}
