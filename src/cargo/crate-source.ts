import { posix } from 'node:path';
import { parseJson } from '../base/parse-json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { sha256Of } from '../base/sha256.ts';
import { findInPath } from '../host/find-in-path.ts';
import type { Host } from '../host/host.ts';
import { loadConfig } from './config/load-config.ts';
import { type ConfigPlace, cargoAt } from './config/said-config.ts';
import { isVendoredCrate, localSources, vendoredCrate } from './config/vendored-crates.ts';
import { isUsualRegistry, type LockedPackage, parseLock } from './lock/lock.ts';
import { isTable } from './manifest/toml.ts';

export interface CrateWanted {
  readonly name: string;
  readonly version: string;
  /** Of the `.crate` archive. */
  readonly sha256: string;
}

/**
 * How far to go: `cache` looks only into files, `offline` asks Cargo without the network (vendored
 * folders of the user's configuration), `online` lets Cargo download.
 */
export type Reach = 'cache' | 'offline' | 'online';

export interface CrateSourceOptions {
  /** The project's, where its lock file lies. */
  readonly folder: string;
  /** Where Cargo looks for its configuration, if not in that folder. */
  readonly config?: ConfigPlace;
  /** Further crates that will be wanted: one run of Cargo brings them all. */
  readonly also?: readonly CrateWanted[];
}

/**
 * Gets crates through the user's Cargo, so that its registries, mirrors and vendored folders are
 * honoured. Answers the path of a `.crate` archive, or of a folder where Cargo's source is one; both
 * have the hash that was asked for. An error is a sentence.
 */
export function crateSource(
  host: Host,
  options: CrateSourceOptions,
): (crate: CrateWanted, reach: Reach) => Promise<Result<string, string>> {
  let brought: Promise<unknown> | undefined;
  let elsewhere: ReadonlySet<string> | undefined;
  const { folder, config = { folder, said: [] } } = options;
  const place = { folder, config };
  return async (crate, reach) => {
    if (!isCrate(crate)) return err(`"${crate.name} ${crate.version}" is not the name of a crate`);
    const cached = cachedCrate(host, crate);
    if (cached.kind === 'found') return ok(cached.path);
    const here = configuredCrate(host, config, crate);
    if (here !== undefined) return ok(here);
    if (reach === 'cache') return err(notThere(crate, cached.wrong));
    elsewhere ??= cratesElsewhere(host.files, folder);
    // Its name is nobody's business but its own registry's, which only the workspace's manifests say.
    if (elsewhere.has(keyOf(crate))) return await lockedCrate(host, { ...place, reach }, crate);
    const others = (options.also ?? []).filter(
      (one) => isCrate(one) && !elsewhere?.has(keyOf(one)),
    );
    const all = [crate, ...others];
    // Together first, since that is one run; versions that exclude each other need a run of their own.
    if (reach === 'online' && all.length > 1) {
      brought ??= runCargo(host, config, { crates: all, reach: 'online' });
      await brought;
      const found = cachedCrate(host, crate);
      if (found.kind === 'found') return ok(found.path);
    }
    const run = await runCargo(host, config, { crates: [crate], reach });
    let found = cachedCrate(host, crate);
    if (found.kind === 'found') return ok(found.path);
    const source = (run.ok ? run.value : []).find((one) =>
      isVendoredCrate(host.files, one, { ...crate, checksum: crate.sha256 }),
    );
    if (source !== undefined) return ok(source);
    // Of another registry, yanked, or like another version but for its build metadata: the workspace's own
    // manifests and lock file say what is meant.
    const locked = await fetchLocked(host, place, reach);
    if (locked?.ok === true) found = cachedCrate(host, crate);
    if (found.kind === 'found') return ok(found.path);
    if (locked?.ok === false) return err(`cargo could not get ${listed([crate])}: ${locked.error}`);
    return run.ok ? err(notThere(crate, found.wrong)) : run;
  };
}

interface FetchPlace {
  readonly folder: string;
  readonly config: ConfigPlace;
}

interface Reaching {
  readonly reach: 'offline' | 'online';
}

/** A crate of a registry that the workspace's lock file names. */
async function lockedCrate(
  host: Host,
  place: FetchPlace & Reaching,
  crate: CrateWanted,
): Promise<Result<string, string>> {
  const fetched = await fetchLocked(host, place, place.reach);
  const found = cachedCrate(host, crate);
  if (found.kind === 'found') return ok(found.path);
  const why =
    fetched === undefined
      ? 'Cargo.lock does not fit the manifests, or there is no cargo'
      : fetched.ok
        ? notThere(crate, found.wrong)
        : fetched.error;
  return err(`cargo could not get ${listed([crate])}: ${why}`);
}

/** The crates that a workspace's lock file has from other registries than crates.io. */
function cratesElsewhere(files: Host['files'], folder: string): ReadonlySet<string> {
  const name = `${folder}/Cargo.lock`;
  const text = files.readText(name);
  const lock = text.ok ? parseLock({ path: name, text: text.value }) : undefined;
  const packages = lock?.ok === true ? lock.value.packages : [];
  const isElsewhere = ({ source }: LockedPackage): boolean =>
    source.kind === 'registry' && !isUsualRegistry(source.url);
  return new Set(packages.filter(isElsewhere).map(keyOf));
}

function keyOf({ name, version }: Pick<CrateWanted, 'name' | 'version'>): string {
  return `${name} ${version}`;
}

/** What may stand in a manifest of ours. */
function isCrate({ name, version }: CrateWanted): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name) && /^[0-9]+([.+-][0-9A-Za-z-]+)*$/.test(version);
}

type Cached =
  | { readonly kind: 'found'; readonly path: string }
  /** `wrong`: an archive of that name with another hash. */
  | { readonly kind: 'missing'; readonly wrong: string | undefined };

/** Looks through the archives that Cargo keeps, of all registries. */
function cachedCrate({ files, system }: Host, { name, version, sha256 }: CrateWanted): Cached {
  const home = cargoHome(system);
  const registries = files.list(`${home}/registry/cache`);
  let wrong: string | undefined;
  for (const registry of registries.ok ? registries.value : []) {
    const path = `${home}/registry/cache/${registry}/${name}-${version}.crate`;
    if (!files.isFile(path)) continue;
    const bytes = files.readBytes(path);
    if (bytes.ok && sha256Of(bytes.value) === sha256) return { kind: 'found', path };
    wrong = path;
  }
  return { kind: 'missing', wrong };
}

/** A crate in a registry or folder of the user's configuration that is on this machine. */
function configuredCrate(
  { files, system }: Host,
  place: ConfigPlace,
  { name, version, sha256 }: CrateWanted,
): string | undefined {
  const config = loadConfig(files, place, cargoHome(system));
  if (!config.ok) return undefined;
  for (const { kind, path } of localSources(config.value.root)) {
    if (kind === 'directory') {
      const found = vendoredCrate(files, path, { name, version, checksum: sha256 });
      if (found.ok) return found.value;
      continue;
    }
    const archive = `${path}/${name}-${version}.crate`;
    const bytes = files.isFile(archive) ? files.readBytes(archive) : undefined;
    if (bytes?.ok === true && sha256Of(bytes.value) === sha256) return archive;
  }
  return undefined;
}

/** Lets Cargo get what a workspace's lock file names; undefined where that was not tried, or says nothing. */
async function fetchLocked(
  host: Host,
  { folder, config }: FetchPlace,
  reach: 'offline' | 'online',
): Promise<Result<undefined, string> | undefined> {
  const cargo = findCargo(host);
  if (cargo === undefined || !host.files.isFile(`${folder}/Cargo.lock`)) return undefined;
  const { workingDirectory, words } = cargoAt(config);
  const { ended, stderr } = await host.processes.spawn({
    argv: [
      ...[cargo, 'fetch', '--locked', ...(reach === 'offline' ? ['--offline'] : []), ...words],
      ...['--manifest-path', `${folder}/Cargo.toml`],
    ],
    workingDirectory,
    environment: { ...host.system.environment, CARGO_TERM_COLOR: 'never' },
  }).done;
  if (ended.kind === 'exited' && ended.code === 0) return ok(undefined);
  // A manifest that was edited since has nothing to do with the crate.
  return /--locked/.test(stderr) ? undefined : err(reasonIn(stderr));
}

/** Cargo's home: `CARGO_HOME`, else `.cargo` in the user's. */
export function cargoHome({ environment, homeDirectory }: Host['system']): string {
  const said = environment['CARGO_HOME'];
  return said === undefined || said === '' ? `${homeDirectory}/.cargo` : said;
}

function notThere({ name, version }: CrateWanted, wrong: string | undefined): string {
  return wrong === undefined
    ? `crate ${name} ${version} is not on this machine`
    : `crate ${name} ${version} is here with another content than was promised (${wrong})`;
}

/** Lets Cargo resolve a manifest that wants exactly these crates; answers their source folders. */
async function runCargo(
  host: Host,
  config: ConfigPlace,
  { crates, reach }: { readonly crates: readonly CrateWanted[] } & Reaching,
): Promise<Result<readonly string[], string>> {
  const { files, system, clock } = host;
  const cargo = findCargo(host);
  if (cargo === undefined)
    return err(
      `cargo is not installed, which gets ${listed(crates)}; packages named "cargo" bring it, with Homebrew "rust"`,
    );
  const scratch = posix.join(
    system.temporaryDirectory,
    `kaon-crates-${system.processId}-${clock.nowMs()}-${crates.length}`,
  );
  const written = writeManifest(files, scratch, crates);
  if (!written.ok) return err(`${written.error.path}: ${written.error.reason}`);
  const { workingDirectory, words } = cargoAt(config);
  const run = async (...args: string[]) => {
    const finished = await host.processes.spawn({
      argv: [cargo, ...args, ...words, '--manifest-path', `${scratch}/Cargo.toml`],
      workingDirectory,
      environment: { ...system.environment, CARGO_TERM_COLOR: 'never' },
    }).done;
    const isDone = finished.ended.kind === 'exited' && finished.ended.code === 0;
    return { isDone, ...finished };
  };
  const fetched = await run('fetch', ...(reach === 'offline' ? ['--offline'] : []));
  const metadata = fetched.isDone
    ? await run('metadata', '--format-version=1', '--offline')
    : undefined;
  files.remove(scratch);
  if (!fetched.isDone)
    return err(`cargo could not get ${listed(crates)}: ${reasonIn(fetched.stderr)}`);
  return ok(metadata?.isDone === true ? sourceFolders(metadata.stdout) : []);
}

/** The user's Cargo: that of PATH, else the one rustup lays down. */
export function findCargo(host: Host): string | undefined {
  const own = `${cargoHome(host.system)}/bin/cargo`;
  return findInPath(host, 'cargo') ?? (host.files.isFile(own) ? own : undefined);
}

function writeManifest(files: Host['files'], folder: string, crates: readonly CrateWanted[]) {
  const wanted = crates.map(
    ({ name, version }, at) =>
      `c${at} = { package = "${name}", version = "=${version}", default-features = false }`,
  );
  const text = [
    '[package]',
    'name = "wanted"',
    'version = "0.0.0"',
    'edition = "2021"',
    '[lib]',
    'path = "lib.rs"',
    '[dependencies]',
    ...wanted,
    '[workspace]',
    '',
  ].join('\n');
  const made = files.makeDirectory(folder);
  if (!made.ok) return made;
  const manifest = files.write(`${folder}/Cargo.toml`, text);
  return manifest.ok ? files.write(`${folder}/lib.rs`, '') : manifest;
}

function listed(crates: readonly CrateWanted[]): string {
  return crates.map(({ name, version }) => `${name} ${version}`).join(', ');
}

/**
 * What cargo says, without what it says of its tries, of our own manifest, and in general, and without
 * the secrets that a registry's address may hold.
 */
function reasonIn(stderr: string): string {
  const noise =
    /^(Updating|warning:|Locking |Caused by:|required by package|As a reminder|Downloading)/;
  const lines = stderr
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^error: /, '')
        .replace(/ as a dependency of package .*$/, ''),
    )
    .filter((line) => line !== '' && !noise.test(line));
  return lines
    .slice(0, 4)
    .join('; ')
    .replace(/\b([a-z+]+:\/\/)[^/\s@]*@/gi, '$1');
}

function sourceFolders(metadata: string): string[] {
  const value = parseJson(metadata);
  const packages = isTable(value) && Array.isArray(value['packages']) ? value['packages'] : [];
  return packages.flatMap((one: unknown) => {
    const path = isTable(one) ? one['manifest_path'] : undefined;
    return typeof path === 'string' ? [posix.dirname(path)] : [];
  });
}
