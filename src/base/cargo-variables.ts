import type { Environment } from './environment.ts';

/** What profiles say that variables may say. */
export const profileSettings = [
  'opt-level',
  'debug',
  'split-debuginfo',
  'strip',
  'debug-assertions',
  'overflow-checks',
  'lto',
  'panic',
  'incremental',
  'codegen-units',
  'rpath',
  'inherits',
];

const plain = [
  ...['RUSTFLAGS', 'RUSTDOCFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_ENCODED_RUSTDOCFLAGS'],
  ...['RUSTC', 'RUSTDOC', 'RUSTC_WRAPPER', 'RUSTC_WORKSPACE_WRAPPER', 'RUSTUP_TOOLCHAIN'],
  ...['CARGO_HOME', 'CARGO_INCREMENTAL'],
];

const ofBuild = ['TARGET', 'RUSTC', 'RUSTDOC', 'RUSTC_WRAPPER', 'RUSTC_WORKSPACE_WRAPPER']
  .concat('RUSTFLAGS', 'RUSTDOCFLAGS', 'INCREMENTAL')
  .map((key) => `CARGO_BUILD_${key}`);

/** What variables say of how a build is told: they decide nothing of what is built. */
export const termVariables = {
  quiet: 'CARGO_TERM_QUIET',
  verbose: 'CARGO_TERM_VERBOSE',
  color: 'CARGO_TERM_COLOR',
  progress: 'CARGO_TERM_PROGRESS_WHEN',
} as const;

const ofTargets = /^CARGO_TARGET_.+_(?:LINKER|RUNNER|RUSTFLAGS|RUSTDOCFLAGS)$/;

function isHeeded(name: string): boolean {
  return (
    plain.includes(name) ||
    ofBuild.includes(name) ||
    ofTargets.test(name) ||
    name.startsWith('CARGO_PROFILE_')
  );
}

/** Variables that decide how Cargo builds a workspace: it looks at them each time. */
export function heededVariables(environment: Environment): ReadonlyMap<string, string> {
  const found = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && isHeeded(name) ? [[name, value] as const] : [],
  );
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The first of them that is another than it was. */
export function changedVariable(
  before: ReadonlyMap<string, string>,
  environment: Environment,
): string | undefined {
  const now = heededVariables(environment);
  return [...new Set([...before.keys(), ...now.keys()])].find(
    (name) => isHeeded(name) && before.get(name) !== now.get(name),
  );
}

/**
 * Names of such variables, for who can only look up names: those that are set, and those that people
 * set for the machine they sit at and the usual profiles.
 */
export function namesOfHeeded(
  {
    environment,
    platform,
    machine,
  }: {
    readonly environment: Environment;
    readonly platform: string;
    readonly machine: string;
  },
  profile: string | undefined,
): readonly string[] {
  const systems =
    platform === 'darwin' ? ['APPLE_DARWIN'] : ['UNKNOWN_LINUX_GNU', 'UNKNOWN_LINUX_MUSL'];
  const cpu = machine === 'arm64' ? 'AARCH64' : machine.toUpperCase();
  const targets = systems.flatMap((system) =>
    ['LINKER', 'RUNNER', 'RUSTFLAGS'].map((key) => `CARGO_TARGET_${cpu}_${system}_${key}`),
  );
  const names = ['dev', 'release', 'test', 'bench', ...(profile === undefined ? [] : [profile])];
  const profiles = names.flatMap((name) =>
    [name, `${name}-build-override`].flatMap((table) =>
      profileSettings.map((key) =>
        `CARGO_PROFILE_${table}_${key}`.toUpperCase().replaceAll('-', '_'),
      ),
    ),
  );
  return [
    ...new Set([
      ...plain,
      ...ofBuild,
      ...targets,
      ...profiles,
      ...heededVariables(environment).keys(),
    ]),
  ];
}
