import type { CrateUnit, CrateUnitId } from '../../../model/crate-graph.ts';
import type { BuildTargetInstall } from '../../../model/target.ts';
import { bool, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { declareCrates, rootsOf } from '../../cargo/crate-build.ts';
import type { LinksWanted } from '../../cargo/crate-links.ts';
import { declareCrateTests, declareProduct } from '../../cargo/crate-targets.ts';
import { keyword, type MethodTable, methodOf, positional } from '../../declare.ts';
import { type CratesObject, cratesType } from '../../objects/crates.ts';
import { type CustomTargetIndexObject, customTargetIndexType } from '../../objects/target.ts';
import { joinPath, normalPath } from '../../paths.ts';
import { optionOf } from '../../targets/options.ts';

/** What `rust.workspace('FOLDER', …)` is given. */
export interface CratesKeywords {
  readonly packages: readonly string[] | undefined;
  readonly features: readonly string[] | undefined;
  readonly default_features: boolean | undefined;
  readonly all_features: boolean;
  readonly profile: string;
  readonly target: string;
  readonly locked: boolean;
  readonly ignore_rust_version: boolean;
  readonly link_with: LinksWanted['link_with'];
  readonly link_whole: LinksWanted['link_whole'];
  readonly dependencies: LinksWanted['dependencies'];
}

/** The crates of a folder of this project. */
export function cratesOf(call: Call, folder: string, keywords: CratesKeywords): CratesObject {
  const { evaluation, scope } = call;
  const path = normalPath(joinPath(evaluation.sourceRoot, scope.subdir, folder));
  if (!evaluation.host.files.isFile(`${path}/Cargo.toml`))
    call.fail(`rust.workspace(): ${folder} has no Cargo.toml`);
  const { packages = [], features = [] } = keywords;
  const crates = declareCrates(call, {
    folder: path,
    output: normalPath(joinPath(scope.buildSubdir, folder)).replace(/^\.$/, ''),
    packages: packages.length === 0 ? 'default' : packages,
    features: {
      features,
      all: keywords.all_features,
      withDefault: keywords.default_features !== false,
    },
    profile: keywords.profile,
    target: keywords.target,
    locked: keywords.locked,
    ignoresRustVersion: keywords.ignore_rust_version,
    links: keywords,
  });
  return { type: cratesType, crates };
}

const method = methodOf<CratesObject>();

const install = keyword(bool, false, 'Install it.');
const installDirectory = keyword(str, '', 'Where it is installed, if not where such are.');

const build = method({
  name: 'build',
  doc: 'Builds all that `cargo build` would.',
  keywords: { install: keyword(bool, false, 'Install the programs.') },
  returns: 'void',
  run: (call, { crates }, { keywords }) => {
    for (const id of rootsOf(crates, 'build')) {
      const { target } = crates.build.graph.units.get(id);
      const isInstalled = keywords.install && target.kind === 'bin';
      declareProduct(call, crates, {
        id,
        byDefault: true,
        install: isInstalled ? installOf(call, target, { folder: '' }) : undefined,
      });
    }
    return undefined;
  },
});

const test = method({
  name: 'test',
  doc: 'Runs all that `cargo test` would: unit tests, integration tests, documentation tests.',
  returns: 'void',
  run: (call, { crates }) => {
    declareCrateTests(call, crates);
    return undefined;
  },
});

const packages = method({
  name: 'packages',
  doc: 'Names of the packages that are built.',
  returns: 'array[str]',
  run: (_call, { crates }) => {
    const { graph } = crates.build;
    const names = rootsOf(crates, 'build').map((id) => packageOf(crates, graph.units.get(id)));
    return [...new Set(names)];
  },
});

const executable = method({
  name: 'executable',
  doc: 'A program of the workspace.',
  positional: [positional('name', str, 'Its name.')],
  keywords: { install, install_dir: installDirectory },
  returns: 'custom_idx',
  run: (call, self, { positional: [name], keywords }) =>
    product(call, self, {
      isWanted: ({ target }) => target.kind === 'bin' && target.name === name,
      missing: `there is no program "${name}" in this workspace`,
      type: 'bin',
      install: keywords.install ? keywords.install_dir : undefined,
    }),
});

const library = method({
  name: 'library',
  doc: 'A library of the workspace that C programs can link, or a procedural macro.',
  positional: [positional('package', str, "The package's name.")],
  keywords: {
    kind: keyword(
      oneOf<string>(str),
      'static',
      '`static` (staticlib), `shared` (cdylib) or `proc-macro`.',
      {
        check: (value) =>
          Object.hasOwn(crateTypes, value) ? undefined : 'must be static, shared or proc-macro',
      },
    ),
    install,
    install_dir: installDirectory,
  },
  returns: 'custom_idx',
  run: (call, self, { positional: [name], keywords }) => {
    const type = crateTypes[keywords.kind] ?? 'staticlib';
    return product(call, self, {
      isWanted: (unit) =>
        unit.target.kind === 'lib' &&
        unit.target.crateTypes.includes(type) &&
        packageOf(self.crates, unit) === name,
      missing: `package "${name}" of this workspace has no library of crate-type "${type}"`,
      type,
      install: keywords.install ? keywords.install_dir : undefined,
    });
  },
});

const crateTypes: Readonly<Record<string, string>> = {
  static: 'staticlib',
  shared: 'cdylib',
  'proc-macro': 'proc-macro',
};

interface Wanted {
  readonly isWanted: (unit: CrateUnit) => boolean;
  readonly missing: string;
  readonly type: string;
  /** The folder, empty for the usual one; undefined: not at all. */
  readonly install: string | undefined;
}

function product(call: Call, { crates }: CratesObject, wanted: Wanted): CustomTargetIndexObject {
  const { graph } = crates.build;
  const id: CrateUnitId =
    rootsOf(crates, 'build').find((root) => wanted.isWanted(graph.units.get(root))) ??
    call.fail(wanted.missing);
  const { target } = graph.units.get(id);
  const output = Math.max(0, target.crateTypes.indexOf(wanted.type));
  return {
    type: customTargetIndexType,
    target: declareProduct(call, crates, {
      id,
      byDefault: true,
      install:
        wanted.install === undefined
          ? undefined
          : installOf(call, target, { folder: wanted.install, output }),
    }),
    output,
  };
}

function packageOf({ build }: CratesObject['crates'], unit: CrateUnit): string {
  return build.graph.packages.get(unit.package).name;
}

/** Only the output that was asked for goes anywhere. */
function installOf(
  call: Call,
  target: CrateUnit['target'],
  { folder, output = 0 }: { readonly folder: string; readonly output?: number },
): BuildTargetInstall {
  const usual = String(optionOf(call, target.kind === 'bin' ? 'bindir' : 'libdir'));
  const directory = folder === '' ? usual : folder;
  const isRuntime = target.kind === 'bin' || target.crateTypes[output] !== 'staticlib';
  return {
    directories: target.crateTypes.map((_, at) => (at === output ? directory : undefined)),
    mode: undefined,
    tags: target.crateTypes.map(() => (isRuntime ? 'runtime' : 'devel')),
  };
}

export const rustCratesMethods: MethodTable = {
  type: cratesType,
  label: 'crates',
  doc: 'Crates that are built as Cargo builds them.',
  methods: [build, test, packages, executable, library],
};
