import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { crateSource } from '../../cargo/crate-source.ts';
import { parseLock } from '../../cargo/lock/lock.ts';
import { filesBelow } from '../../host/files-below.ts';
import type { Host } from '../../host/host.ts';
import { missingTool } from '../../release/archive/compress.ts';
import type { ArchiveFormat } from '../../release/archive/formats.ts';
import type { Archive } from '../../release/archive/make-archives.ts';
import { readTree } from '../../release/archive/tree.ts';
import { archiveTime, findRepository } from '../../release/source/source-tree.ts';
import { lockNames, packedFolder } from '../../toolchains/typescript/package-lock.ts';
import { crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import { prepareSubproject } from '../../wrap/prepare.ts';
import { recordName } from '../../wrap/record.ts';
import { bundledWraps, loadWraps, mergeWraps, type Package } from '../../wrap/wrap-set.ts';
import { configFolder } from '../cargo/config-folder.ts';
import { lockFilesOf } from '../crates/cargo-project.ts';
import type { Session } from '../session.ts';
import { subprojectDirOf } from '../subprojects/open-subprojects.ts';
import { userCache } from '../user-cache.ts';
import { pack } from './make-dist.ts';
import type { Staging } from './staging.ts';
import { vendorCrates } from './vendor-crates.ts';
import { vendorNpm } from './vendor-npm.ts';
import { layRules } from './vendor-subprojects.ts';

export interface SourceArchive {
  /** Absolute. */
  readonly sourceRoot: string;
  readonly revision: string;
  /** Absolute. */
  readonly output: string;
  readonly format: ArchiveFormat;
  /** The archive's one folder; none when empty. */
  readonly top: string;
  readonly platforms: readonly string[];
  /** The only subprojects that come along, by the names of their wraps; all of them when empty. */
  readonly subprojects: readonly string[];
}

/**
 * Archives any commit with the subprojects that its wraps name: nothing is configured or built, so it
 * cannot be known which of them a build would use.
 */
export async function archiveSource(
  session: Session,
  request: SourceArchive,
): Promise<Result<Archive, string>> {
  const { files, system } = session.host;
  const { output, format } = request;
  const work = posix.join(
    posix.dirname(output),
    `.${posix.basename(output)}.kaon-${system.processId}`,
  );
  try {
    const made = await makeArchive(session, request, work);
    const [archive] = made.ok ? made.value : [];
    if (!made.ok || archive === undefined) return made.ok ? err('nothing was archived') : made;
    const moved = files.rename(archive.path, output);
    return moved.ok
      ? ok({ ...archive, path: output, format })
      : err(`${output}: ${moved.error.reason}`);
  } finally {
    files.remove(work);
  }
}

async function makeArchive(
  session: Session,
  { sourceRoot, revision, top, format, platforms, subprojects }: SourceArchive,
  work: string,
): Promise<Result<readonly Archive[], string>> {
  const { host, terminal } = session;
  const missing = missingTool(host, [format]);
  if (missing !== undefined) return err(missing);
  const repository = await findRepository(host, sourceRoot);
  if (!repository.ok) return repository;
  const root = `${work}/content`;
  const made = host.files.makeDirectory(work);
  if (!made.ok) return err(`${work}: ${made.error.reason}`);
  const laid = await repository.value.lay({ sourceRoot, revision, into: root });
  if (!laid.ok) return laid;
  const warn = (message: string): void => terminal.printError(`WARNING: ${message}`);
  for (const warning of laid.value.warnings) warn(warning);
  const subprojectDir = subprojectDirOf(session, root);
  const staging: Staging = {
    root,
    // Of the commit, not of what is checked out.
    sourceRoot: root,
    plan: { subprojects: [], subprojectDir },
    included: new Map(),
    components: [],
    warn,
  };
  const vendored = await vendor(session, staging, {
    cache: `${work}/cache`,
    platforms,
    wanted: subprojects,
  });
  if (!vendored.ok) return vendored;
  const tree = readTree(host.files, root, { modes: 'plain' });
  if (!tree.ok) return tree;
  const timeSeconds = archiveTime(host, laid.value.timeSeconds);
  const packing = { tree: tree.value, top, work, timeSeconds, formats: [format] };
  return pack(session, packing);
}

interface Vendoring {
  readonly cache: string;
  readonly platforms: readonly string[];
  readonly wanted: readonly string[];
}

async function vendor(
  session: Session,
  staging: Staging,
  { cache, platforms, wanted }: Vendoring,
): Promise<Result<void, string>> {
  const { host, terminal, json } = session;
  const { root, sourceRoot, plan } = staging;
  const subprojects = posix.join(root, plan.subprojectDir);
  const locks = lockFilesOf(host.files, root);
  const own = loadWraps(host, subprojects, plan.subprojectDir);
  const bundled = bundledWraps(host, session.home);
  if (!own.ok || !bundled.ok) return err(`The wraps of ${plan.subprojectDir} cannot be read`);
  const wraps = { ...mergeWraps(own.value, bundled.value), hasFolder: true };
  const withCache = ownCache(host, cache);
  const stranger = wanted.find((name) => wraps.packages.get(name) === undefined);
  if (stranger !== undefined) return err(`No wrap of ${plan.subprojectDir} is named ${stranger}`);
  for (const made of wraps.packages.values()) {
    const { name, directory, origin } = made;
    if (made.wrap === undefined || host.files.exists(posix.join(subprojects, directory))) continue;
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (wanted.length === 0 && origin === 'bundled' && !isLocked(host, made, locks)) continue;
    if (!json) terminal.print(`Adding ${name}`);
    // As if it were the project's own, it is laid into the project.
    const packages = new Map(wraps.packages).set(name, {
      ...made,
      origin: 'project',
      home: subprojects,
    });
    const prepared = await prepareSubproject(withCache, {
      name,
      wraps: { ...wraps, packages },
      wrapMode: 'default',
      sourceRoot: root,
      subprojects,
      store: `${userCache(host)}/sources`,
      // Configuration is that of the project's own folder and those above: the copy stands alone.
      fetchCrate: crateSource(host, {
        folder: root,
        config: { folder: configFolder(host, sourceRoot), said: [] },
      }),
    });
    if (!prepared.ok) return err(prepared.error.diagnostic.message);
    for (const each of [recordName, '.git', '.hg', '.svn'])
      host.files.remove(posix.join(subprojects, directory, each));
    const rules = origin === 'bundled' ? layRules(host, staging, made) : ok(undefined);
    if (!rules.ok) return rules;
  }
  const crates = await vendorCrates(session, staging, locks);
  if (!crates.ok) return crates;
  return vendorNpm(session, staging, { folders: packageFolders(host, staging), platforms });
}

/** Whether a lock file wants just the crate that one of kaon's own packages brings. */
function isLocked({ files }: Host, { wrap }: Package, locks: readonly string[]): boolean {
  const crate = wrap && crateOfWrap(wrap);
  return locks.some((path) => {
    const text = files.readText(path);
    const lock = text.ok ? parseLock({ path, text: text.value }) : undefined;
    const packages = lock?.ok === true ? lock.value.packages : [];
    return packages.some((each) => each.name === crate?.name && each.version === crate.version);
  });
}

/** Folders with packages of npm, where a build file asks for them. */
function packageFolders({ files }: Host, { root, plan }: Staging): readonly string[] {
  const others = ['node_modules', plan.subprojectDir, packedFolder];
  const own = filesBelow(files, root, { enters: (name) => !others.includes(name) });
  const paths = own.map(({ path }) => posix.join(root, path));
  const asks = paths.some((path) => {
    const text = posix.basename(path) === 'meson.build' ? files.readText(path) : undefined;
    return text?.ok === true && /\bimport\(\s*'typescript'\s*\)/.test(text.value);
  });
  if (!asks) return [];
  const locks = paths.filter((path) => lockNames.includes(posix.basename(path)));
  return [...new Set(locks.map((path) => posix.dirname(path)))];
}

/** Downloads go to a folder of ours, where the user has none for them. */
function ownCache(host: Host, folder: string): Host {
  const { environment } = host.system;
  const said = environment['MESON_PACKAGE_CACHE_DIR'];
  if (said !== undefined && said !== '') return host;
  const changed = { ...environment, MESON_PACKAGE_CACHE_DIR: folder };
  return { ...host, system: { ...host.system, environment: changed } };
}
