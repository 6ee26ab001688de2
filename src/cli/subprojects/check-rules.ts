import { posix } from 'node:path';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { type Diagnostic, errorAt, type Place } from '../../diag/diagnostic.ts';
import { lineText, positionAt } from '../../diag/source.ts';
import type { Files } from '../../host/host.ts';
import { crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import { dependencyProvider, type Package } from '../../wrap/wrap-set.ts';
import { dependenciesOf } from '../crates/locked-dependencies.ts';
import type { SubprojectPromises } from './subproject-promises.ts';

/** Rules that lie over a crate, against its wrap and the lock. Rules of other projects are their own. */
export function checkRules(
  files: Files,
  made: Package,
  all: SubprojectPromises,
): readonly Diagnostic[] {
  const { wrap, packageFiles } = made;
  const crate = wrap && crateOfWrap(wrap);
  if (wrap?.patchDirectory === undefined || crate === undefined) return [];
  const inside = posix.join(wrap.patchDirectory.value, 'meson.build');
  const text = files.readText(posix.join(packageFiles, inside));
  if (!text.ok) return [];
  const rules: Rules = { path: `${all.display}/packagefiles/${inside}`, text: text.value };
  return [
    ...checkVersion(rules, crate),
    ...checkOverride(rules, made),
    ...checkDependencies(rules, made, all),
  ];
}

interface Rules {
  readonly path: string;
  readonly text: string;
}

function warningAt(place: Place, message: string): Diagnostic {
  return { ...errorAt(place, message), severity: 'warning' };
}

/** `version:` of `project()` says which version the rules were written for. */
function checkVersion(
  rules: Rules,
  crate: { readonly name: string; readonly version: string; readonly place: Place },
): readonly Diagnostic[] {
  const [project] = found(rules, /^\s*project\([^)]*?\bversion\s*:\s*'([^']*)'/gm);
  if (project === undefined || project.name === crate.version) return [];
  return [
    {
      ...errorAt(
        project.place,
        `the rules are for ${crate.name} ${project.name}, but its wrap brings ${crate.version}`,
        'See what its Cargo.toml and build.rs changed, then say the new version here.',
      ),
      related: [{ place: crate.place, message: lineAt(crate.place) }],
    },
  ];
}

function lineAt({ source, span }: Place): string {
  return lineText(source, positionAt(source, span.start).line).trim();
}

/** Rules must give the dependency that the wrap promises. */
function checkOverride(rules: Rules, { name, wrap }: Package): readonly Diagnostic[] {
  const promised = [...(wrap?.provides.dependencies ?? [])];
  if (wrap === undefined || promised.some(([, variable]) => variable !== undefined)) return [];
  const given = found(rules, /\bmeson\.override_dependency\(\s*'([^']*)'/g);
  const [first] = given;
  if (first === undefined) return [];
  const names = promised.map(([each]) => each);
  if (given.some((each) => names.includes(each.name.toLowerCase()))) return [];
  return [
    {
      ...warningAt(first.place, `the rules give '${first.name}', but the wrap promises '${name}'`),
      related: [{ place: wrap.header, message: `of ${name}.wrap` }],
    },
  ];
}

/** The crates that rules ask for must be those that the lock says this one needs. */
function checkDependencies(
  rules: Rules,
  { wrap }: Package,
  { locks, wraps, bundled }: SubprojectPromises,
): readonly Diagnostic[] {
  const crate = wrap && crateOfWrap(wrap);
  const [locked] = locks.flatMap((lock) =>
    lock.packages
      .filter(({ name, version }) => name === crate?.name && version === crate.version)
      .map((own) => ({ lock, own })),
  );
  const needed = locked === undefined ? [] : dependenciesOf(locked.lock, locked.own);
  const isLocked = (name: string): boolean =>
    locks.some(({ packages }) =>
      packages.some((each) => dependencyName(each.name, each.version) === name),
    );
  return found(rules, /\b(?:dependency|subproject)\(\s*'([^']*-rs)'/g).flatMap(
    ({ name, place }) => {
      const other = needed.find(
        (each) =>
          dependencyName(each.name, each.version) !== name &&
          name.replace(/-[\d.]+-rs$/, '') === each.name,
      );
      const isNeeded = needed.some((each) => dependencyName(each.name, each.version) === name);
      if (other !== undefined && !isNeeded) {
        const message = `the rules ask for ${name}, but ${crate?.name} needs ${other.name} ${other.version}`;
        const related = [
          { place: other.place, message: `${lineAt(other.place)} (of ${other.name})` },
        ];
        return [{ ...errorAt(place, message), related }];
      }
      const provided =
        dependencyProvider(wraps, name) ?? dependencyProvider(bundled, name) ?? isLocked(name);
      return provided ? [] : [warningAt(place, `the rules ask for ${name}, which no wrap brings`)];
    },
  );
}

/** Where a pattern's first group stands in rules, comments left out. */
function found(
  { path, text }: Rules,
  pattern: RegExp,
): readonly { readonly name: string; readonly place: Place }[] {
  const bare = text.replace(/^(\s*)#.*$/gm, (comment) => ' '.repeat(comment.length));
  return [...bare.matchAll(pattern)].map((match) => {
    const [whole, name = ''] = match;
    const start = match.index + whole.lastIndexOf(`'${name}'`);
    return {
      name,
      place: { source: { path, text }, span: { start, end: start + name.length + 2 } },
    };
  });
}
