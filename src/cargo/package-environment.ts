import type { Package } from './units/packages/package-set.ts';

/** `CARGO_PKG_…` and where the manifest lies: what each tool that works on a package is told. */
export function packageEnvironment({
  manifest,
  folder,
}: Pick<Package, 'manifest' | 'folder'>): Readonly<Record<string, string>> {
  const { package: fields } = manifest;
  const [numbers = '', ...pre] = fields.version.replace(/\+.*$/, '').split('-');
  const [major = '', minor = '', patch = ''] = numbers.split('.');
  return {
    CARGO_MANIFEST_DIR: folder,
    CARGO_MANIFEST_PATH: `${folder}/Cargo.toml`,
    CARGO_PKG_AUTHORS: fields.authors.join(':'),
    CARGO_PKG_DESCRIPTION: fields.description,
    CARGO_PKG_HOMEPAGE: fields.homepage,
    CARGO_PKG_LICENSE: fields.license,
    CARGO_PKG_LICENSE_FILE: fields.licenseFile,
    CARGO_PKG_NAME: fields.name,
    CARGO_PKG_README: fields.readme,
    CARGO_PKG_REPOSITORY: fields.repository,
    CARGO_PKG_RUST_VERSION: fields.rustVersion,
    CARGO_PKG_VERSION: fields.version,
    CARGO_PKG_VERSION_MAJOR: major,
    CARGO_PKG_VERSION_MINOR: minor,
    CARGO_PKG_VERSION_PATCH: patch,
    CARGO_PKG_VERSION_PRE: pre.join('-'),
  };
}
