import { expect, test } from 'vitest';
import { err } from '../../src/base/result.ts';
import { parseCfgSet } from '../../src/cargo/cfg.ts';
import { libraryWarnings } from '../../src/cargo/units/faults/library-warnings.ts';
import { linksFault } from '../../src/cargo/units/faults/links-fault.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../src/cargo/units/packages/package-set.ts';
import { unitGraph } from '../../src/cargo/units/unit-graph.ts';
import { placePosition, plainError } from '../../src/diag/diagnostic.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { plainRequest } from './units/graph-of.ts';

const manifest = (name: string, rest = '') =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${rest}`;

/** What is told of the units of a package that needs others by path. */
function judged(others: Readonly<Record<string, string>>) {
  const { files } = new MemoryHost({
    'Cargo.toml': manifest('own', '[dependencies]\na = { path = "a" }\nb = { path = "b" }\n'),
    'src/main.rs': '',
    'a/Cargo.toml': manifest('a'),
    'b/Cargo.toml': manifest('b'),
    ...others,
  });
  const workspace = loadWorkspace(files, '/project');
  if (!workspace.ok) throw new Error(workspace.error[0]?.message);
  const folderOf = () => err(plainError('a crate from elsewhere'));
  const packages = new PackageSet({ files, folderOf }, workspace.value, undefined);
  const graph = unitGraph(packages, {
    ...plainRequest,
    platform: () => ({ cfgs: parseCfgSet(['unix']), triple: 'x86_64-unknown-linux-gnu' }),
  });
  if (!graph.ok) throw new Error(graph.error[0]?.message);
  return {
    warnings: libraryWarnings(packages, graph.value).map(({ place, message }) =>
      place === undefined ? message : `${placePosition(place).line}: ${message}`,
    ),
    fault: linksFault(graph.value)?.message,
  };
}

test('a dependency without a library is told with its line', () => {
  expect(judged({ 'a/src/main.rs': '', 'b/src/lib.rs': '' }).warnings).toEqual([
    '6: own v1.0.0 (/project) ignoring invalid dependency `a` which is missing a lib target',
  ]);
});

test('a library that no crate can link is told where there is no other', () => {
  const shared = manifest('a', '[lib]\ncrate-type = ["cdylib"]\n');
  const files = { 'a/Cargo.toml': shared, 'a/src/lib.rs': '', 'b/src/lib.rs': '' };
  expect(judged(files).warnings).toEqual([]);
  expect(judged({ ...files, 'b/Cargo.toml': shared.replace('"a"', '"b"') }).warnings).toEqual([
    'the package `a` provides no linkable target',
  ]);
});

test('only one package can stand for a native library', () => {
  const linking = (name: string, links: string) => ({
    [`${name}/Cargo.toml`]: manifest(name, `links = "${links}"\n`),
    [`${name}/build.rs`]: '',
    [`${name}/src/lib.rs`]: '',
  });
  expect(judged({ ...linking('a', 'z'), ...linking('b', 'y') }).fault).toBe(undefined);
  expect(judged({ ...linking('a', 'z'), ...linking('b', 'z') }).fault).toBe(
    'multiple packages link to native library `z`, but a native library can be linked only once',
  );
});
