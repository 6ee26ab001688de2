import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tarGzOf } from '../../support/hostile-tar.ts';

/** A crate of a test. Its library is one function that has the crate's name. */
export interface LocalCrate {
  readonly name: string;
  readonly version: string;
  /** Names with requirements. */
  readonly needs?: Readonly<Record<string, string>>;
  /** The same, each only with the feature of its name. */
  readonly mayNeed?: Readonly<Record<string, string>>;
  readonly rustVersion?: string;
  readonly features?: readonly string[];
}

/** A registry in a folder, as Cargo reads one; answers the configuration that makes Cargo use it alone. */
export function localRegistry(folder: string, crates: readonly LocalCrate[]): string {
  const index = new Map<string, string[]>();
  mkdirSync(folder, { recursive: true });
  for (const crate of crates) {
    const archive = archiveOf(crate);
    writeFileSync(join(folder, `${crate.name}-${crate.version}.crate`), archive);
    const checksum = createHash('sha256').update(archive).digest('hex');
    index.set(crate.name, [...(index.get(crate.name) ?? []), indexLine(crate, checksum)]);
  }
  for (const [name, lines] of index) {
    const path = join(folder, 'index', indexPath(name));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
  }
  return [
    '[source.crates-io]',
    'replace-with = "local"',
    '[source.local]',
    `local-registry = "${folder}"`,
    '',
  ].join('\n');
}

function archiveOf(crate: LocalCrate) {
  const { name, version, needs = {}, mayNeed = {}, rustVersion, features = [] } = crate;
  const manifest = [
    '[package]',
    `name = "${name}"`,
    `version = "${version}"`,
    'edition = "2021"',
    'license = "MIT"',
    ...(rustVersion === undefined ? [] : [`rust-version = "${rustVersion}"`]),
    '[features]',
    ...features.map((each) => `${each} = []`),
    '[dependencies]',
    ...Object.entries(needs).map(([each, requirement]) => `${each} = "${requirement}"`),
    ...Object.entries(mayNeed).map(
      ([each, requirement]) => `${each} = { version = "${requirement}", optional = true }`,
    ),
    '',
  ].join('\n');
  const calls = Object.keys(needs).map((each) => ` + ${each}::${each}()`);
  const also = Object.keys(mayNeed).map(
    (each) => `#[cfg(feature = "${each}")]\npub use ${each};\n`,
  );
  const code = `${also.join('')}pub fn ${name}() -> i32 { ${version.split('.')[0]}${calls.join('')} }\n`;
  return tarGzOf([
    { path: `${name}-${version}/Cargo.toml`, content: manifest },
    { path: `${name}-${version}/src/lib.rs`, content: code },
  ]);
}

function indexLine(
  { name, version, needs = {}, mayNeed = {}, rustVersion, features = [] }: LocalCrate,
  checksum: string,
): string {
  return JSON.stringify({
    name,
    vers: version,
    deps: Object.entries({ ...needs, ...mayNeed }).map(([each, requirement]) => ({
      name: each,
      req: requirement,
      features: [],
      optional: mayNeed[each] !== undefined,
      default_features: true,
      target: null,
      kind: 'normal',
    })),
    cksum: checksum,
    features: Object.fromEntries(features.map((each) => [each, []])),
    yanked: false,
    ...(rustVersion === undefined ? {} : { rust_version: rustVersion }),
  });
}

function indexPath(name: string): string {
  if (name.length < 3) return `${name.length}/${name}`;
  if (name.length === 3) return `3/${name[0]}/${name}`;
  return `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`;
}
