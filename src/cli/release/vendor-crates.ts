import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { sha256Of } from '../../base/sha256.ts';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { crateSource } from '../../cargo/crate-source.ts';
import { type CargoLock, lockedCrates, parseLock } from '../../cargo/lock/lock.ts';
import { isTable, parseToml, type Table } from '../../cargo/manifest/toml.ts';
import { filesBelow } from '../../host/files-below.ts';
import type { Host } from '../../host/host.ts';
import { lockedPackages } from '../../wrap/locked-packages.ts';
import { prepareSubproject } from '../../wrap/prepare.ts';
import { recordName } from '../../wrap/record.ts';
import { configFolder } from '../cargo/config-folder.ts';
import type { Session } from '../session.ts';
import { userCache } from '../user-cache.ts';
import type { Staging } from './staging.ts';

/** The file by which Cargo trusts a folder of vendored sources. */
const checksumName = '.cargo-checksum.json';

/**
 * Puts every crate of the project's lock files into the archive, those of other platforms too, as
 * Cargo wants all of them; and tells Cargo to take them from there. kaon and Cargo use the same folders.
 */
export async function vendorCrates(
  session: Session,
  staging: Staging,
  lockFiles: readonly string[],
): Promise<Result<void, string>> {
  const { host } = session;
  const locks: CargoLock[] = [];
  for (const path of lockFiles) {
    const text = host.files.readText(path);
    const lock = text.ok ? parseLock({ path, text: text.value }) : undefined;
    if (lock?.ok !== true) return err(`${path} cannot be read`);
    locks.push(lock.value);
  }
  if (locks.length === 0) return ok(undefined);
  for (const lock of locks) {
    const laid = await layLocked(session, staging, lock);
    if (!laid.ok) return laid;
  }
  const folder = posix.join(staging.root, staging.plan.subprojectDir);
  const summed = writeChecksums(host, staging, { folder, locks });
  return summed.ok ? writeConfiguration(host, staging, locks) : summed;
}

async function layLocked(
  session: Session,
  { root, sourceRoot, plan }: Staging,
  lock: CargoLock,
): Promise<Result<void, string>> {
  const { host } = session;
  const crates = lockedCrates(lock, dependencyName);
  if (!crates.ok) return err(crates.error.map(({ message }) => message).join('\n'));
  const subprojects = posix.join(root, plan.subprojectDir);
  const missing = crates.value.filter(
    ({ directory }) => !host.files.exists(posix.join(subprojects, directory)),
  );
  // The folder of rules is the archive's, where bundled rules lie now; these crates come without.
  const packages = lockedPackages(host, posix.join(root, '.no-rules'), missing);
  const also = missing.flatMap(({ from }) =>
    from.kind === 'registry'
      ? [{ name: from.crate, version: from.version, sha256: from.sha256 }]
      : [],
  );
  const config = { folder: configFolder(host, sourceRoot), said: [] };
  const fetchCrate = crateSource(host, { folder: sourceRoot, config, also });
  for (const { name, directory } of missing) {
    const made = await prepareSubproject(host, {
      name,
      wraps: { ...packages, hasFolder: true },
      wrapMode: 'default',
      sourceRoot: root,
      subprojects,
      store: `${userCache(host)}/sources`,
      fetchCrate,
    });
    if (!made.ok) return err(made.error.diagnostic.message);
    for (const each of [recordName, '.git'])
      host.files.remove(posix.join(subprojects, directory, each));
  }
  return ok(undefined);
}

/** Gives each folder with a manifest the checksums that Cargo compares, of the files as they are now. */
function writeChecksums(
  host: Host,
  { components }: Staging,
  { folder, locks }: { readonly folder: string; readonly locks: readonly CargoLock[] },
): Result<void, string> {
  const { files } = host;
  const listed = files.list(folder);
  const packages = locks.flatMap((lock) => lock.packages);
  for (const name of listed.ok ? listed.value : []) {
    const crate = posix.join(folder, name);
    if (!files.isFile(`${crate}/Cargo.toml`)) continue;
    const known = manifestOf(host, crate);
    const locked = packages.find(
      (each) =>
        each.name === known?.name && each.version === known.version && each.source.kind !== 'path',
    );
    const checksum = locked?.checksum;
    const sums: Record<string, string> = {};
    for (const { path, kind } of filesBelow(files, crate)) {
      const bytes =
        kind === 'file' && path !== checksumName ? files.readBytes(`${crate}/${path}`) : undefined;
      if (bytes?.ok) sums[path] = sha256Of(bytes.value);
    }
    const text = JSON.stringify({
      files: sums,
      ...(checksum !== undefined && { package: checksum }),
    });
    const written = files.write(`${crate}/${checksumName}`, text);
    if (!written.ok) return err(`${crate}/${checksumName}: ${written.error.reason}`);
    if (locked === undefined || known === undefined) continue;
    const at = components.findIndex(
      (each) => each.kind === 'crate' && each.name === known.name && each.version === known.version,
    );
    const component = {
      kind: 'crate' as const,
      name: known.name,
      version: known.version,
      ...(known.license !== undefined && { license: known.license }),
      ...(checksum !== undefined && { hash: { algorithm: 'SHA-256' as const, hex: checksum } }),
    };
    if (at === -1) components.push(component);
    else components[at] = component;
  }
  return ok(undefined);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
}

function manifestOf({ files }: Host, folder: string): Manifest | undefined {
  const path = `${folder}/Cargo.toml`;
  const text = files.readText(path);
  const toml = text.ok ? parseToml({ path, text: text.value }) : undefined;
  const table: Table | undefined = toml?.ok === true ? toml.value : undefined;
  const made = table?.['package'];
  if (!isTable(made)) return undefined;
  const { name, version, license } = made;
  if (typeof name !== 'string' || typeof version !== 'string') return undefined;
  return { name, version, license: typeof license === 'string' ? license : undefined };
}

/** Tells Cargo, by the configuration of the archive's top folder, that its sources are there. */
function writeConfiguration(
  host: Host,
  { root, plan, warn }: Staging,
  locks: readonly CargoLock[],
): Result<void, string> {
  const path = posix.join(root, '.cargo/config.toml');
  const before = host.files.readText(path);
  const text = before.ok ? before.value : '';
  if (/^\s*\[source\b/m.test(text)) {
    warn(
      '.cargo/config.toml has sources of its own; Cargo is not told of the crates in the archive',
    );
    return ok(undefined);
  }
  const tables = new Set<string>(['[source.crates-io]\nreplace-with = "packed"']);
  for (const { source } of locks.flatMap((lock) => lock.packages)) {
    // The main registry has a name of its own, by which it is replaced already.
    if (source.kind === 'registry' && !source.url.endsWith('/crates.io-index'))
      tables.add(`[source."${source.url}"]\nregistry = "${source.url}"\nreplace-with = "packed"`);
  }
  for (const lock of locks) for (const table of gitSources(lock.source.text)) tables.add(table);
  tables.add(`[source.packed]\ndirectory = "${plan.subprojectDir}"`);
  const made = host.files.makeDirectory(posix.dirname(path));
  const whole = [...(text === '' ? [] : [text.trimEnd()]), ...tables].join('\n\n');
  const written = made.ok ? host.files.write(path, `${whole}\n`) : made;
  return written.ok ? ok(undefined) : err(`${path}: ${written.error.reason}`);
}

/** Repositories of a lock file, each with the branch, tag or revision that a manifest asks it for. */
export function gitSources(lock: string): readonly string[] {
  const sources = lock.matchAll(
    /^source = "git\+([^"?#]+)(?:\?(branch|tag|rev)=([^"#&]+))?[^"]*"$/gm,
  );
  return [...sources].map(([, url = '', kind, value = '']) => {
    const wanted = kind === undefined ? '' : `?${kind}=${value}`;
    return [
      `[source."git+${url}${wanted}"]`,
      `git = "${url}"`,
      ...(kind === undefined ? [] : [`${kind} = "${decodeURIComponent(value)}"`]),
      'replace-with = "packed"',
    ].join('\n');
  });
}
