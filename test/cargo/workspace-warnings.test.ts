import { expect, test } from 'vitest';
import { err } from '../../src/base/result.ts';
import { parseLock } from '../../src/cargo/lock/lock.ts';
import { overrideFault } from '../../src/cargo/units/faults/override-fault.ts';
import { unstableKeys } from '../../src/cargo/units/faults/unstable-keys.ts';
import {
  graphWarnings,
  workspaceWarnings,
} from '../../src/cargo/units/faults/workspace-warnings.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../src/cargo/units/packages/package-set.ts';
import { excludedWarnings } from '../../src/cargo/units/packages/selected-packages.ts';
import { writtenManifests } from '../../src/cargo/units/packages/written-manifest.ts';
import { type Diagnostic, placePosition, plainError } from '../../src/diag/diagnostic.ts';
import { MemoryHost } from '../support/memory-host.ts';

const own = '[package]\nname = "own"\nversion = "1.0.0"\nedition = "2024"\n';

/** What is told of a workspace: lines as `Cargo.toml:LINE: message`. */
function told(
  files: Readonly<Record<string, string>>,
  lock = 'version = 4\n',
  wanted: readonly string[] = [],
) {
  const { files: world } = new MemoryHost({ 'src/lib.rs': '', ...files });
  const workspace = loadWorkspace(world, '/project');
  if (!workspace.ok) throw new Error(workspace.error[0]?.message);
  const manifests = writtenManifests(world, workspace.value);
  const parsed = parseLock({ path: 'Cargo.lock', text: lock });
  const packages = new PackageSet(
    { files: world, folderOf: ({ name }) => err(plainError(name)) },
    workspace.value,
    parsed.ok ? parsed.value : undefined,
  );
  return {
    warnings: [
      ...workspaceWarnings(manifests, workspace.value),
      ...graphWarnings(manifests, packages),
      ...excludedWarnings(packages, wanted),
    ].map(lineOf),
    faults: [
      ...manifests.flatMap(unstableKeys),
      ...[overrideFault(manifests, packages) ?? []].flat(),
    ].map(lineOf),
  };
}

function lineOf({ place, message }: Diagnostic): string {
  if (place === undefined) return message;
  const path = place.source.path.replace('/project/', '');
  return `${path}:${placePosition(place).line}: ${message.split('\n')[0]}`;
}

test('keys of a manifest that mean nothing are told with their lines', () => {
  const text = `${own}autores = true\n[profile.dev]\nopt_level = 3\n[profile.dev.package."*"]\nopt-level = 1\nfast = true\n[dependencies]\nd = { version = "1", featurez = [] }\n[target.'cfg(unix)'.dependencies]\n[package.metadata]\nany = 1\n[lints.rust]\nany = "warn"\n[weird]\n`;
  expect(told({ 'Cargo.toml': text }).warnings).toEqual([
    'Cargo.toml:12: unused manifest key: dependencies.d.featurez',
    'Cargo.toml:5: unused manifest key: package.autores',
    'Cargo.toml:7: unused manifest key: profile.dev.opt_level',
    'Cargo.toml:10: unused manifest key: profile.dev.package.*.fast',
    'Cargo.toml:18: unused manifest key: weird',
  ]);
});

test('packages that are left out and are none are told, patterns apart', () => {
  const lock = 'version = 4\n[[package]]\nname = "own"\nversion = "1.0.0"\n';
  const wanted = ['*', '!own', '!a', '!b', '!z*'];
  expect(told({ 'Cargo.toml': own }, lock, wanted).warnings).toEqual([
    'excluded package(s) `a, b` not found in workspace `/project`',
    'excluded package pattern(s) `z*` not found in workspace `/project`',
  ]);
});

test('what counts only at the root of a workspace, and what a root leaves open, is told', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["m"]\n[profile.dev.package]\nnope.opt-level = 1\n',
    'm/Cargo.toml': `${own}resolver = "2"\n[profile.dev]\nopt-level = 1\n`,
    'm/src/lib.rs': '',
  };
  const patch = 'version = 4\n[[patch.unused]]\nname = "p"\nversion = "0.1.0"\n';
  expect(told(files, patch).warnings).toEqual([
    'Cargo.toml:1: virtual workspace defaulting to `resolver = "1"` despite one or more workspace members being on edition 2024 which implies `resolver = "3"`',
    'm/Cargo.toml:6: profiles for the non root package will be ignored, specify profiles at the workspace root',
    'm/Cargo.toml:5: resolver for the non root package will be ignored, specify resolver at the workspace root',
    'Cargo.toml:1: patch `p v0.1.0` was not used in the crate graph',
    'Cargo.toml:4: profile package spec `nope` in profile `dev` did not match any packages',
  ]);
});

test('a package without edition, and a source of several targets, are told', () => {
  const text =
    '[package]\nname = "own"\nversion = "1.0.0"\n[[bin]]\nname = "a"\npath = "src/x.rs"\n[[bin]]\nname = "b"\npath = "src/x.rs"\n';
  expect(told({ 'Cargo.toml': text, 'src/x.rs': '' }).warnings).toEqual([
    'Cargo.toml:1: no edition set: defaulting to the 2015 edition while the latest is 2024',
    'Cargo.toml:1: file `/project/src/x.rs` found to be present in multiple build targets:',
  ]);
});

test('sources that the edition of 2015 overlooks are told, unless that is meant', () => {
  const manifest = (more: string) =>
    `[package]\nname = "own"\nversion = "1.0.0"\nedition = "2015"\n${more}[[test]]\nname = "a"\n`;
  const files = { 'tests/a.rs': '', 'tests/b.rs': '', 'tests/c/main.rs': '' };
  const warnings = (text: string) => told({ ...files, 'Cargo.toml': text }).warnings;
  expect(warnings(manifest(''))).toEqual([
    'Cargo.toml:5: An explicit [[test]] section is specified in Cargo.toml which currently disables Cargo from automatically inferring other test targets:',
  ]);
  expect(warnings(manifest('autotests = false\n'))).toEqual([]);
  expect(warnings(manifest('').replace('2015', '2018'))).toEqual([]);
});

test('what only a nightly Cargo takes is refused, or told where the manifest asks for it', () => {
  const keys = '[profile.dev]\ntrim-paths = true\n[profile.dev.package.x]\nrustflags = []\n';
  expect(told({ 'Cargo.toml': `${own}forced-target = "t"\n${keys}` }).faults).toEqual([
    'Cargo.toml:7: feature `trim-paths` is required',
    'Cargo.toml:9: feature `profile-rustflags` is required',
    'Cargo.toml:5: feature `per-package-target` is required',
  ]);
  const asked = told({
    'Cargo.toml': `cargo-features = ["trim-paths", "profile-rustflags"]\n${own}${keys}`,
  });
  expect(asked.faults).toEqual([]);
  expect(asked.warnings).toEqual([
    'Cargo.toml:1: cargo-features that kaon does not heed: trim-paths, profile-rustflags',
    'Cargo.toml:8: profile package spec `x` in profile `dev` did not match any packages',
  ]);
  const artifact = `${own}[build-dependencies]\nd = { path = "d", artifact = "bin" }\n`;
  expect(told({ 'Cargo.toml': artifact, 'd/Cargo.toml': own, 'd/src/lib.rs': '' }).faults).toEqual([
    'Cargo.toml:6: `artifact = …` requires `-Z bindeps` (d)',
  ]);
});

test('profiles, features and conditions that count for nothing are told', () => {
  const text = `${own}[profile.test]
panic = "abort"
[profile.doc]
[[bin]]
name = "b"
path = "src/main.rs"
required-features = ["nope", "d/x"]
[target.'cfg(feature = "x")'.dependencies]
`;
  expect(told({ 'Cargo.toml': text, 'src/main.rs': '' }).warnings).toEqual([
    'Cargo.toml:7: profile `doc` is deprecated and has no effect',
    'Cargo.toml:6: `panic` setting is ignored for `test` profile',
    'Cargo.toml:11: invalid feature `nope` in required-features of target `b`: `nope` is not present in [features] section',
    "Cargo.toml:12: Found `feature = ...` in `target.'cfg(...)'.dependencies`. This key is not supported for selecting dependencies and will not work as expected.",
  ]);
});

test('spellings of once, and what is said of a dependency that the workspace describes, are told', () => {
  const text = `[project]
name = "own"
version = "1.0.0"
edition = "2021"
[lib]
crate_type = ["lib"]
proc_macro = false
proc-macro = false
[dev_dependencies]
d = { workspace = true, features = [], git = "u", path = "d" }
[workspace]
default_members = ["."]
[workspace.dependencies]
d = { path = "d" }
[replace]
"foo:0.1.0" = { path = "d" }
`;
  const files = { 'Cargo.toml': text, 'd/Cargo.toml': own.replace('own', 'd'), 'd/src/lib.rs': '' };
  expect(told(files).warnings).toEqual([
    'Cargo.toml:1: `[project]` is deprecated in favor of `[package]`',
    'Cargo.toml:6: `crate_type` is deprecated in favor of `crate-type` and will not work in the 2024 edition',
    'Cargo.toml:7: `proc_macro` is redundant with `proc-macro`, preferring `proc-macro` in the `own` library target',
    'Cargo.toml:9: `dev_dependencies` is deprecated in favor of `dev-dependencies` and will not work in the 2024 edition',
    'Cargo.toml:10: unused manifest key: dev_dependencies.d.git',
    'Cargo.toml:10: unused manifest key: dev_dependencies.d.path',
    'Cargo.toml:12: unused manifest key: workspace.default_members',
    'Cargo.toml:16: package replacement is not used: foo:0.1.0',
  ]);
});

test('two specs of a profile for one package are refused', () => {
  const lock =
    'version = 4\n[[package]]\nname = "own"\nversion = "1.0.0"\n[[package]]\nname = "own"\nversion = "2.0.0"\nsource = "registry+https://example.org/index"\n';
  const profiles = (name: string, text: string) =>
    told({ 'Cargo.toml': `${own}[profile.${name}.package]\n${text}` }, lock).faults;
  const both = 'own.opt-level = 1\n"own@1.0.0".opt-level = 2\n';
  expect(profiles('release', both)).toEqual([
    'Cargo.toml:7: multiple package overrides in profile `release` match package `own v1.0.0`',
  ]);
  expect(profiles('release', '"own:1.0.0".opt-level = 1\n"own@2".opt-level = 2\n')).toEqual([]);
  const inherited = 'own.opt-level = 1\n[profile.test.package]\n"own@1.0.0".opt-level = 2\n';
  expect(profiles('dev', inherited)).toHaveLength(1);
});
