import { invariant } from '../base/assert.ts';
import { err, ok, type Result } from '../base/result.ts';
import { stringLiteral } from '../lang/string-literal.ts';
import type { CargoGraph } from './cargo-graph.ts';
import type { Crate, WorkspaceId } from './cargo-world.ts';
import { type CrateAbi, dependencyName, libraryName, supportedAbis } from './crate-abi.ts';
import { isProcMacro } from './manifest/manifest.ts';

/**
 * The build file of a Cargo workspace that has none: text, for the evaluator to read like any other,
 * and kept in the build directory for people to look at. Members with folders of their own are
 * entered by `subdir()`, where `memberBuildFile` is read.
 */
export function workspaceBuildFile(
  graph: CargoGraph,
  id: WorkspaceId,
  name: string,
): Result<string, string> {
  const workspace = graph.workspace(id);
  const order = membersInOrder(graph, id);
  if (!order.ok) return order;
  const root = order.value.includes('.') ? rootOf(graph, id) : undefined;
  const calls: string[] = [];
  for (const path of order.value) {
    const crate = crateAt(graph, id, path);
    if (path === '.') {
      const body = crateRules(crate);
      if (!body.ok) return body;
      calls.push(body.value);
    } else if (graph.isBelowSubprojects(path)) {
      const { name: crateName, version } = crate.manifest.package;
      calls.push(`subproject(${stringLiteral(dependencyName(crateName, version))})\n`);
    } else calls.push(`subdir(${stringLiteral(path)})\n`);
  }
  return ok(
    [
      `# Made from ${workspace.manifest.source.path}.\n`,
      projectCall(name, root),
      `rust = ${importOf('rust')}\ncargo_ws = rust.workspace()\n`,
      ...calls,
    ].join('\n'),
  );
}

/** The build file of one member's folder. */
export function memberBuildFile(graph: CargoGraph, id: WorkspaceId, member: string) {
  const crate = graph.workspace(id).members.get(member);
  if (crate === undefined) return err(`workspace member "${member}" not found`);
  return crateRules(graph.crate(crate));
}

/** Required members, each after those that it depends on by path. */
function membersInOrder(graph: CargoGraph, id: WorkspaceId): Result<readonly string[], string> {
  const { required, members } = graph.workspace(id);
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const pathOf = new Map([...members].map(([path, crate]) => [crate, path]));
  const pending = [...required].reverse();
  while (pending.length > 0) {
    const path = pending.at(-1) ?? '';
    const crate = members.get(path);
    if (state.get(path) !== undefined || crate === undefined) {
      pending.pop();
      if (state.get(path) === 'open') order.push(path);
      state.set(path, 'done');
      continue;
    }
    state.set(path, 'open');
    const configurations = (['build', 'host'] as const).flatMap(
      (machine) => graph.configuration(crate, machine) ?? [],
    );
    if (configurations.length === 0)
      return err(
        `Package '${graph.crate(crate).manifest.package.name}' is not enabled for this build configuration. Maybe you forgot to enable a Cargo feature, or to check a Meson option?`,
      );
    for (const { dependencies } of configurations)
      for (const dependency of dependencies.values()) {
        const needed = pathOf.get(dependency);
        if (needed !== undefined && state.get(needed) === undefined) pending.push(needed);
      }
  }
  return ok(order);
}

function crateAt(graph: CargoGraph, id: WorkspaceId, path: string): Crate {
  const crate = graph.workspace(id).members.get(path);
  invariant(crate !== undefined, `${path} is required and no member`);
  return graph.crate(crate);
}

function rootOf(graph: CargoGraph, id: WorkspaceId): Crate | undefined {
  const root = graph.member(id, undefined);
  return root.ok ? graph.crate(root.value) : undefined;
}

function projectCall(name: string, root: Crate | undefined): string {
  if (root === undefined)
    return `project(${stringLiteral(name)}, 'rust', meson_version: '>= 1.12.0')\n`;
  const { version, license, licenseFile } = root.manifest.package;
  const lines = [
    `project(${stringLiteral(name)}, 'rust',`,
    "  meson_version: '>= 1.12.0',",
    `  version: ${stringLiteral(version)},`,
    ...(root.fromWrap ? ["  default_options: {'warning_level': '0'},"] : []),
    ...(license !== '' ? [`  license: ${stringLiteral(license)},`] : []),
    ...(license === '' && licenseFile !== ''
      ? [`  license_files: ${stringLiteral(licenseFile)},`]
      : []),
    ')',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * A package's libraries, with `meson/meson.build` before them: the place where a project says what a
 * build script would have said (`extra_args`, `extra_deps`).
 */
function crateRules(crate: Crate): Result<string, string> {
  const { manifest } = crate;
  const types = manifest.library?.crateTypes ?? [];
  if (types.includes('dylib') && types.includes('cdylib'))
    return err('Cannot build both dylib and cdylib due to file name conflict');
  const native = isProcMacro(manifest) ? ', native: true' : '';
  const head = [
    `pkg_obj = cargo_ws.package(${stringLiteral(manifest.package.name)}${native})`,
    'features = pkg_obj.features()',
    "message('Enabled features:', features)",
    'extra_args = []',
    'extra_deps = []',
    `fs = ${importOf('fs')}`,
    "if fs.is_dir('meson')",
    "  subdir('meson')",
    'endif',
    '',
  ];
  const libraries = supportedAbis(manifest).map((abi) => libraryRules(crate, abi));
  return ok([head.join('\n'), ...libraries].join('\n'));
}

function libraryRules({ manifest }: Crate, abi: CrateAbi): string {
  const isMacro = abi === 'proc-macro';
  const target = libraryName(manifest, isMacro ? 'build' : 'host', abi);
  return [
    `lib = pkg_obj.${isMacro ? 'proc_macro' : 'library'}(${stringLiteral(target)},`,
    '  dependencies: extra_deps,',
    '  rust_args: extra_args,',
    ...(isMacro ? [] : [`  rust_abi: ${stringLiteral(abi)},`]),
    ')',
    'dep = declare_dependency(',
    '  link_with: lib,',
    "  variables: {'features': ','.join(features)},",
    '  version: pkg_obj.version(),',
    ')',
    `pkg_obj.override_dependency(dep, rust_abi: ${stringLiteral(abi)})`,
    '',
  ].join('\n');
}

/** Not written out, lest it look like an import of ours. */
function importOf(module: string): string {
  return `import(${stringLiteral(module)})`;
}
