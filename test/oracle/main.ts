import { resolve } from 'node:path';
import { err, ok } from '../../src/base/result.ts';
import { type LockedPackage, parseLock } from '../../src/cargo/lock/lock.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../src/cargo/units/packages/package-set.ts';
import { type UnitRequest, unitGraph } from '../../src/cargo/units/unit-graph.ts';
import { plainError } from '../../src/diag/diagnostic.ts';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { commandLines, quickCommandLines } from './compare-commands.ts';
import { compareRandom, without } from './compare-random.ts';
import { compareRandomBuilds, compareRandomCommands } from './compare-random-builds.ts';
import { testLines } from './compare-tests.ts';
import { type CargoUnits, linesOf, linesOfCargo } from './compare-units.ts';
import { machine } from './our-graph.ts';
import { type Subject, subjects, workspaces } from './subjects.ts';
import { cargo, checkedOut, layOut, unpacked } from './workshop.ts';

/** Compares kaon's unit graphs with Cargo's, of all subjects or of those that are named. */
export function oracle(root: string, words: readonly string[]): number {
  const random = words.findIndex((word) => word.startsWith('--random'));
  if (random !== -1) {
    const [count, first] = [Number(words[random + 1] ?? 50), Number(words[random + 2] ?? 1)];
    const kaon = `${root}/bin/kaon`;
    const wrong =
      words[random] === '--random-builds'
        ? compareRandomBuilds(kaon, count, first)
        : words[random] === '--random-commands'
          ? compareRandomCommands(kaon, count, first)
          : compareRandom(count, first);
    return wrong === 0 ? 0 : 1;
  }
  const names = words.filter((word) => !word.startsWith('--'));
  if (words.includes('--commands'))
    return compareRuns({ root, names, few: built, how: commandLines });
  if (words.includes('--quick-commands'))
    return compareRuns({ root, names, few: built, how: quickCommandLines });
  if (words.includes('--tests')) return compareRuns({ root, names, few: tested, how: testLines });
  const chosen = names.length === 0 ? [...subjects, ...workspaces] : subjectsNamed(names);
  let wrong = 0;
  let compared = 0;
  for (const subject of chosen) {
    const laid = layOut(subject);
    if ('error' in laid) {
      console.log(`${subject.crate}: not compared: ${laid.error.trim().split('\n').at(-1)}`);
      wrong++;
      continue;
    }
    for (const features of subject.features ?? [[]])
      for (const purpose of ['build', 'test', 'bench'] as const)
        for (const release of [false, true]) {
          const words = [purpose, ...features, ...(release ? ['--release'] : [])];
          if (purpose === 'bench' && release) continue;
          const differences = compare(laid.folder, { purpose, features, release });
          compared++;
          if (differences.length === 0) continue;
          wrong++;
          console.log(`${subject.crate}: cargo ${words.join(' ')}`);
          for (const line of differences.slice(0, 12)) console.log(`    ${line}`);
        }
  }
  console.log(`${compared} graphs compared, ${wrong} differ`);
  return wrong === 0 ? 0 : 1;
}

/** Those of the names; one that the list lacks is a published package, or a workspace at that path. */
function subjectsNamed(names: readonly string[]): readonly Subject[] {
  const known = [...subjects, ...workspaces].filter(({ crate }) => names.includes(crate));
  const others = names.filter((name) => !known.some(({ crate }) => crate === name));
  return [
    ...known,
    ...others.map((crate) => (crate.includes('/') ? { crate, folder: resolve(crate) } : { crate })),
  ];
}

/** Packages that are small enough to be built by both: the smallest first. */
export const built: readonly string[] = [
  ...['libc', 'kvm-bindings', 'num-traits', 'libz-sys', 'either', 'log', 'once_cell', 'smallvec'],
  ...['serde_derive', 'parking_lot', 'openssl-sys', 'semver', 'thiserror', 'bitflags', 'hexyl'],
  ...['anyhow', 'heck', 'fnv', 'memoffset', 'cfg-if', 'scopeguard', 'shlex'],
];

/** Packages whose tests say much in little time. */
export const tested: readonly string[] = [
  ...['kvm-bindings', 'log', 'ryu', 'either', 'once_cell', 'itoa', 'semver', 'smallvec', 'anyhow'],
  ...['thiserror', 'bitflags', 'serde_derive', 'indexmap', 'memchr', 'qemu-command-builder'],
  ...['heck', 'cfg-if', 'memoffset', 'linkme', 'ctor', 'shlex', 'scopeguard', 'fnv'],
  ...['unicode-ident', 'arrayvec', 'vm-superio', 'autocfg', 'lz4-sys', 'bzip2-sys', 'kvm-ioctls'],
  'walkdir',
];

/** Does the same with Cargo and with kaon, and compares what each of them tells of it. */
function compareRuns(about: {
  readonly root: string;
  readonly names: readonly string[];
  readonly few: readonly string[];
  readonly how: typeof commandLines;
}): number {
  const { root, names, few, how } = about;
  const chosen = names.length > 0 ? names : few;
  let wrong = 0;
  for (const subject of subjectsNamed(chosen)) {
    const laid = layOut(subject);
    for (const words of how === quickCommandLines ? (subject.features ?? [[]]) : [[]]) {
      const compared = 'error' in laid ? laid : how(`${root}/bin/kaon`, laid.folder, words);
      const differences = 'error' in compared ? [compared.error] : differing(compared);
      const count = 'error' in compared ? 0 : compared.theirs.length;
      const name = [subject.crate, ...words].join(' ');
      console.log(`${name}: ${differences.length === 0 ? `the same, ${count} lines` : 'differs'}`);
      for (const line of differences.slice(0, 20)) console.log(`    ${line}`);
      if (differences.length > 0) wrong++;
    }
  }
  return wrong === 0 ? 0 : 1;
}

function differing(compared: {
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}): readonly string[] {
  const { theirs, ours } = compared;
  const left = without(ours, theirs);
  const said = without(theirs, ours).map((line) => {
    const like = mostLike(line, left);
    if (like === undefined) return `only Cargo: ${line}`;
    left.splice(left.indexOf(like), 1);
    return wordsApart(line, like);
  });
  return [...said, ...left.map((line) => `only kaon:  ${line}`)];
}

/** The line that shares most of its words with one, if these are many. */
function mostLike(line: string, others: readonly string[]): string | undefined {
  const words = line.split(' ');
  const shares = (other: string): number => {
    const its = new Set(other.split(' '));
    return words.filter((word) => its.has(word)).length;
  };
  const [best] = [...others].sort((a, b) => shares(b) - shares(a));
  return best !== undefined && words.length > 12 && shares(best) > words.length * 0.8
    ? best
    : undefined;
}

/** Two long lines that are nearly the same: only what differs, behind their first words. */
function wordsApart(theirs: string, ours: string): string {
  const apart = (one: string, other: string): string =>
    without(one.split(' '), other.split(' ')).join(' ') ||
    `(another order: ${orderOf(one, other)})`;
  const name = theirs.split(' ').slice(0, 4).join(' ');
  return `${name} …: only Cargo: ${apart(theirs, ours)}: only kaon: ${apart(ours, theirs)}`;
}

/** The first few words of a line that stand elsewhere in the other. */
function orderOf(one: string, other: string): string {
  const [words, others] = [one.split(' '), other.split(' ')];
  const at = words.findIndex((word, index) => word !== others[index]);
  return words.slice(at, at + 4).join(' ');
}

interface Comparison {
  readonly purpose: UnitRequest['purpose'];
  readonly features: readonly string[];
  readonly release: boolean;
}

function compare(folder: string, { purpose, features, release }: Comparison): readonly string[] {
  const printed = cargo(
    folder,
    [
      purpose,
      ...features,
      ...(release ? ['--release'] : []),
      ...['--unit-graph', '-Z', 'unstable-options', '--locked', '--offline'],
      // Nothing is compiled: a newer compiler may be asked for.
      '--ignore-rust-version',
    ],
    { RUSTC_BOOTSTRAP: '1' },
  );
  if (!printed.ok) return [`cargo: ${printed.text.trim().split('\n')[0]}`];
  const theirs = linesOfCargo(JSON.parse(printed.text) as CargoUnits); // as Cargo prints it
  const ours = ourLines(folder, { purpose, features, release });
  return differing({ theirs, ours });
}

function ourLines(folder: string, { purpose, features, release }: Comparison): string[] {
  const { files } = nodeHost();
  const workspace = loadWorkspace(files, folder);
  if (!workspace.ok) return workspace.error.map((one) => renderDiagnostic(one));
  const text = files.readText(`${folder}/Cargo.lock`);
  const lock = text.ok ? parseLock({ path: 'Cargo.lock', text: text.value }) : undefined;
  if (lock?.ok !== true) return ['no lock file'];
  const world = {
    files,
    folderOf: ({ name, version, source }: LockedPackage) => {
      const found =
        source.kind === 'git' ? checkedOut(name, source.revision) : unpacked(name, version);
      return found === undefined ? err(plainError(`${name} ${version} is not here`)) : ok(found);
    },
  };
  const target = wordBehind(features, '--target');
  const graph = unitGraph(new PackageSet(world, workspace.value, lock.value), {
    purpose,
    packages: wantedPackages(features),
    features: wantedFeatures(features),
    profile: release ? 'release' : 'dev',
    isCross: target !== undefined,
    compiler: () => '',
    platform: (side) => machine(side === 'host' ? target : undefined),
  });
  return graph.ok ? linesOf(graph.value, target) : graph.error.map((one) => renderDiagnostic(one));
}

function wordBehind(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at === -1 ? undefined : words[at + 1];
}

function wantedPackages(words: readonly string[]): UnitRequest['packages'] {
  const named = words.filter((_word, at) => words[at - 1] === '-p');
  if (named.length > 0) return named;
  return words.includes('--workspace') ? ['*'] : 'default';
}

function wantedFeatures(words: readonly string[]): UnitRequest['features'] {
  return {
    features: wordBehind(words, '--features')?.split(',') ?? [],
    all: words.includes('--all-features'),
    withDefault: !words.includes('--no-default-features'),
  };
}
