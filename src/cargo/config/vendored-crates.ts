import { posix } from 'node:path';
import { parseJson } from '../../base/parse-json.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { sha256Of } from '../../base/sha256.ts';
import type { Files } from '../../host/host.ts';
import type { LockedPackage, LockedSource } from '../lock/lock.ts';
import { isTable } from '../manifest/toml.ts';
import { readLoneManifest } from '../units/packages/load-workspace.ts';
import { type ConfigValue, configAt, configEntries, plainTable } from './config-value.ts';

/** The folder of unpacked crates that `[source]` puts in the place of a source. */
export function directorySource(root: ConfigValue, source: LockedSource): string | undefined {
  const sources = configAt(root, 'source');
  const seen = new Set<string>();
  for (let name = sourceName(sources, source); name !== undefined; ) {
    if (seen.has(name)) return undefined;
    seen.add(name);
    const directory = configAt(sources, name, 'directory');
    if (directory?.kind === 'value') return posix.resolve(directory.base, String(directory.value));
    const next = configAt(sources, name, 'replace-with');
    name = next?.kind === 'value' ? String(next.value) : undefined;
  }
  return undefined;
}

/** All sources of the configuration that lie on this machine. */
export function localSources(
  root: ConfigValue,
): readonly { readonly kind: 'directory' | 'local-registry'; readonly path: string }[] {
  return configEntries(configAt(root, 'source')).flatMap(([, table]) =>
    (['directory', 'local-registry'] as const).flatMap((kind) => {
      const value = configAt(table, kind);
      return value?.kind === 'value'
        ? [{ kind, path: posix.resolve(value.base, String(value.value)) }]
        : [];
    }),
  );
}

/** What the configuration calls a source; a registry that it does not know is the usual one. */
function sourceName(sources: ConfigValue | undefined, source: LockedSource): string | undefined {
  if (source.kind !== 'registry' && source.kind !== 'git') return undefined;
  const plain = (url: unknown) =>
    String(url)
      .replace(/^sparse\+/, '')
      .replace(/\/$/, '');
  const found = configEntries(sources).find(([, table]) => {
    const { registry, git, branch, tag, rev } = plainTable(table);
    if (source.kind === 'registry') return plain(registry) === plain(source.url);
    const [reference = ''] = Object.entries({ branch, tag, rev }).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${String(value)}`],
    );
    return plain(git) === plain(source.url) && reference === source.reference;
  });
  return found?.[0] ?? (source.kind === 'registry' ? 'crates-io' : undefined);
}

type VendoredCrate = Pick<LockedPackage, 'name' | 'version' | 'checksum'>;

/** A crate in a folder of unpacked ones, each file as its checksums say. */
export function vendoredCrate(
  files: Files,
  directory: string,
  { name, version, checksum }: VendoredCrate,
): Result<string, string> {
  const listed = files.list(directory);
  const all = listed.ok ? listed.value : [];
  const likely = [`${name}-${version}`, name].filter((one) => all.includes(one));
  const others = all.filter((one) => one.startsWith(`${name}-`) && !likely.includes(one));
  for (const folder of [...likely, ...others].map((one) => posix.join(directory, one))) {
    if (!isOf(files, folder, { name, version })) continue;
    const wrong = changedFile(files, folder, checksum);
    if (wrong === undefined) return ok(folder);
    return err(`${wrong} is not ${files.isFile(wrong) ? 'as its checksum says' : 'there'}`);
  }
  return err(`${name} ${version} is not in ${directory}, which stands for its source`);
}

/** Whether a folder is a vendored crate, each file as its checksums say. */
export function isVendoredCrate(files: Files, folder: string, crate: VendoredCrate): boolean {
  return isOf(files, folder, crate) && changedFile(files, folder, crate.checksum) === undefined;
}

function isOf(
  files: Files,
  folder: string,
  { name, version }: Pick<VendoredCrate, 'name' | 'version'>,
): boolean {
  const manifest = readLoneManifest(files, folder);
  if (!manifest.ok) return false;
  const { package: found } = manifest.value;
  return found.name === name && found.version === version;
}

/** A file that is another than the one that was vendored. */
function changedFile(
  files: Files,
  folder: string,
  checksum: string | undefined,
): string | undefined {
  const path = `${folder}/.cargo-checksum.json`;
  const text = files.readText(path);
  const sums = text.ok ? parseJson(text.value) : undefined;
  if (!isTable(sums) || !isTable(sums['files'])) return path;
  if (checksum !== undefined && sums['package'] !== checksum) return path;
  for (const [file, sum] of Object.entries(sums['files'])) {
    const bytes = files.readBytes(`${folder}/${file}`);
    if (!bytes.ok || sha256Of(bytes.value) !== sum) return `${folder}/${file}`;
  }
  return undefined;
}
