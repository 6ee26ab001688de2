import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import type { Component } from '../../release/cyclonedx.ts';
import { runTool } from '../../release/run-tool.ts';
import {
  type LockedNpmPackage,
  lockIn,
  packedFolder,
  packedName,
  readPackageLock,
  whyNotPacked,
} from '../../toolchains/typescript/package-lock.ts';
import type { Session } from '../session.ts';
import type { Staging } from './staging.ts';

/** The systems an archive is for unless others are named: it must not depend on the machine that makes it. */
export const defaultPlatforms: readonly string[] = ['linux-x64', 'linux-arm64'];

export interface VendorNpm {
  /** Folders with a lock file; absolute, in the source tree. */
  readonly folders: readonly string[];
  /** `linux-x64`, `linux-x64-musl`, …; `all`. */
  readonly platforms: readonly string[];
}

/** Puts the npm packages of lock files into the archive as tarballs; each is compared with its integrity. */
export async function vendorNpm(
  { host }: Session,
  { root, sourceRoot, components }: Staging,
  { folders, platforms }: VendorNpm,
): Promise<Result<void, string>> {
  for (const source of folders) {
    const folder = posix.join(root, posix.relative(sourceRoot, source));
    const path = lockIn(host.files, folder);
    const text = host.files.readText(path);
    if (!text.ok) return err(`${path}: ${text.error.reason}`);
    const reason = whyNotPacked(text.value);
    if (reason !== undefined) return err(`${posix.relative(root, path)}: ${reason}`);
    const wanted = readPackageLock(text.value).filter((each) => runsOn(each, platforms));
    const target = posix.join(folder, packedFolder);
    const packed = await pack(host, { source, target, wanted, scratch: `${root}.npm` });
    host.files.remove(`${root}.npm`);
    if (!packed.ok) return packed;
    for (const each of wanted) {
      const known = components.some(
        ({ kind, name, version }) =>
          kind === 'npm' && name === each.name && version === each.version,
      );
      if (!known) components.push(componentOf(each));
    }
  }
  return ok(undefined);
}

/** Whether a package is for one of some platforms, each `SYSTEM-PROCESSOR[-LIBC]` in npm's words; `all` is each. */
export function runsOn(
  { systems, processors, libcs }: LockedNpmPackage,
  platforms: readonly string[],
): boolean {
  return platforms.some((platform) => {
    if (platform === 'all') return true;
    const [system = '', processor = '', libc = 'glibc'] = platform.split('-');
    const fits = (allowed: readonly string[], own: string): boolean =>
      allowed.length === 0 ||
      allowed.includes(own) ||
      (allowed.every((each) => each.startsWith('!')) && !allowed.includes(`!${own}`));
    return fits(systems, system) && fits(processors, processor) && fits(libcs, libc);
  });
}

/** How many packages one run of npm gets: command lines are not endless. */
const atOnce = 100;

interface Packing {
  readonly source: string;
  readonly target: string;
  readonly wanted: readonly LockedNpmPackage[];
  readonly scratch: string;
}

async function pack(
  host: Host,
  { source, target, wanted, scratch }: Packing,
): Promise<Result<void, string>> {
  for (let at = 0; at < wanted.length; at += atOnce) {
    const some = wanted.slice(at, at + atOnce);
    const made = host.files.makeDirectory(scratch);
    if (!made.ok) return err(`${scratch}: ${made.error.reason}`);
    // In the project's folder, so that its .npmrc says where packages come from.
    const ran = await runTool(host, {
      argv: [
        ...['npm', 'pack', '--ignore-scripts', '--prefer-offline', '--loglevel=error'],
        ...['--pack-destination', scratch],
        ...some.map(({ name, version }) => `${name}@${version}`),
      ],
      folder: source,
      environment: { npm_config_update_notifier: 'false' },
    });
    if (!ran.ok) return ran;
  }
  for (const each of wanted) {
    const from = posix.join(scratch, npmName(each));
    const bytes = host.files.readBytes(from);
    if (!bytes.ok) return err(`npm did not bring ${each.name} ${each.version}`);
    if (!hasIntegrity(bytes.value, each.integrity))
      return err(
        `${each.name} ${each.version} is not what its lock file promises (${each.integrity})`,
      );
    const to = posix.join(target, packedName(each));
    const folder = host.files.makeDirectory(posix.dirname(to));
    const written = folder.ok ? host.files.write(to, bytes.value) : folder;
    if (!written.ok) return err(`${to}: ${written.error.reason}`);
  }
  return ok(undefined);
}

/** As npm names what it packs: `scope-name-1.0.0.tgz`. */
function npmName({ name, version }: LockedNpmPackage): string {
  return `${name.replace(/^@/, '').replaceAll('/', '-')}-${version}.tgz`;
}

/** Whether content has the strongest of the hashes that are promised. */
export function hasIntegrity(bytes: Uint8Array, integrity: string): boolean {
  const promised = integrity.trim().split(/\s+/);
  for (const algorithm of ['sha512', 'sha384', 'sha256', 'sha1']) {
    const own = promised.filter((each) => each.startsWith(`${algorithm}-`));
    if (own.length === 0) continue;
    const actual = `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;
    return own.includes(actual);
  }
  return false;
}

function componentOf({
  name,
  version,
  integrity,
  license,
  development,
}: LockedNpmPackage): Component {
  const sha512 = integrity.split(/\s+/).find((each) => each.startsWith('sha512-'));
  const hex = Buffer.from(sha512?.slice('sha512-'.length) ?? '', 'base64').toString('hex');
  return {
    kind: 'npm',
    name,
    version,
    development,
    ...(license !== undefined && { license }),
    ...(sha512 !== undefined && { hash: { algorithm: 'SHA-512', hex } }),
  };
}
