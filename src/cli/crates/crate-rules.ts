import type { CargoMetadata, MetadataNode, MetadataPackage } from '../../cargo/cargo-metadata.ts';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { stringLiteral } from '../../lang/string-literal.ts';

/** Which machines a crate is built for: what proc macros and build scripts need runs while building. */
export interface CrateMachines {
  readonly host: ReadonlySet<string>;
  readonly build: ReadonlySet<string>;
}

/** Walks from the members down; below a proc macro all is for the build machine. */
export function crateMachines(data: CargoMetadata): CrateMachines {
  const packages = new Map(data.packages.map((each) => [each.id, each]));
  const nodes = new Map(data.resolve?.nodes.map((each) => [each.id, each]));
  const host = new Set<string>();
  const build = new Set<string>();
  const pending = data.workspace_members.map((id) => ({ id, native: false }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const made = packages.get(next.id);
    const native = next.native || (made !== undefined && isMacro(made));
    const seen = native ? build : host;
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    for (const { pkg, dep_kinds } of nodes.get(next.id)?.deps ?? []) {
      if (dep_kinds.some(({ kind }) => kind === null)) pending.push({ id: pkg, native });
      if (dep_kinds.some(({ kind }) => kind === 'build')) pending.push({ id: pkg, native: true });
    }
  }
  return { host, build };
}

function isMacro({ targets }: MetadataPackage): boolean {
  return targets.some(({ kind }) => kind.includes('proc-macro'));
}

/** Build rules for one crate as Cargo resolved it, for people to keep and change. */
export function crateRules(
  data: CargoMetadata,
  made: MetadataPackage,
  machines: CrateMachines,
): string {
  const node = data.resolve?.nodes.find(({ id }) => id === made.id);
  const library = made.targets.find(({ kind }) =>
    kind.some((each) => ['lib', 'rlib', 'proc-macro', 'dylib'].includes(each)),
  );
  const script = made.targets.find(({ kind }) => kind.includes('custom-build'));
  const own = dependencyName(made.name, made.version);
  const edition = library?.edition ?? '2015';
  const features = node?.features ?? [];
  const native = machines.build.has(made.id) && !machines.host.has(made.id);
  const lines = [
    `# ${made.name} ${made.version} as Cargo resolved it: edition ${edition}${features.length > 0 ? `; features ${features.join(', ')}` : ''}.`,
    ...(script === undefined
      ? []
      : ['# Its build script is not run by these rules: add to rust_args what it would say.']),
    `project(${stringLiteral(own)}, 'rust',`,
    `  version: ${stringLiteral(made.version)},`,
    "  meson_version: '>= 1.5.0',",
    ...(made.license === null ? [] : [`  license: ${stringLiteral(made.license)},`]),
    `  default_options: ['rust_std=${edition}', 'build.rust_std=${edition}'],`,
    ')',
    '',
    ...dependencyLines(data, node, native || isMacro(made) ? 'build' : 'host'),
    ...(library === undefined
      ? []
      : libraryLines(made, { library, own, features, node, data, native })),
  ];
  return `${lines.join('\n')}\n`;
}

function dependencyLines(
  data: CargoMetadata,
  node: MetadataNode | undefined,
  runsOn: 'build' | 'host',
): readonly string[] {
  const lines = normalDependencies(data, node).map(({ found, variable }) => {
    const machine = runsOn === 'build' && !isMacro(found) ? ', native: true' : '';
    return `${variable} = dependency(${stringLiteral(dependencyName(found.name, found.version))}${machine})`;
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

function normalDependencies(data: CargoMetadata, node: MetadataNode | undefined) {
  const wanted = (node?.deps ?? []).filter(({ dep_kinds }) =>
    dep_kinds.some(({ kind }) => kind === null),
  );
  return wanted.flatMap(({ name, pkg }) => {
    const found = data.packages.find(({ id }) => id === pkg);
    const renamed = found?.targets.some((target) => target.name.replaceAll('-', '_') === name);
    return found === undefined
      ? []
      : [{ found, alias: name, isRenamed: renamed !== true, variable: `${name}_dep` }];
  });
}

interface LibraryParts {
  readonly library: MetadataPackage['targets'][number];
  readonly own: string;
  readonly features: readonly string[];
  readonly node: MetadataNode | undefined;
  readonly data: CargoMetadata;
  readonly native: boolean;
}

function libraryLines(made: MetadataPackage, parts: LibraryParts): readonly string[] {
  const { library, own, features, node, data, native } = parts;
  const macro = isMacro(made);
  const folder = made.manifest_path.replace(/Cargo\.toml$/, '');
  const variable = library.name.replaceAll('-', '_');
  const dependencies = normalDependencies(data, node);
  const renamed = dependencies.filter(({ isRenamed }) => isRenamed);
  const call = macro ? 'rust.proc_macro' : 'static_library';
  const args = [
    "'--cap-lints', 'allow'",
    ...features.map((each) => `'--cfg', 'feature="${each}"'`),
  ];
  return [
    ...(macro ? [`rust = ${rustModule}`] : []),
    `${variable} = ${call}(${stringLiteral(variable)}, ${stringLiteral(library.src_path.replace(folder, ''))},`,
    ...(macro ? [] : ["  rust_abi: 'rust',"]),
    '  rust_args: [',
    ...args.map((each) => `    ${each},`),
    '  ],',
    ...(dependencies.length === 0
      ? []
      : [`  dependencies: [${dependencies.map((each) => each.variable).join(', ')}],`]),
    ...(renamed.length === 0
      ? []
      : [
          `  rust_dependency_map: {${renamed.map(({ found, alias }) => `${stringLiteral(found.name.replaceAll('-', '_'))}: ${stringLiteral(alias)}`).join(', ')}},`,
        ]),
    ...(native && !macro ? ['  native: true,'] : []),
    ')',
    '',
    `${variable}_own_dep = declare_dependency(link_with: ${variable})`,
    `meson.override_dependency(${stringLiteral(own)}, ${variable}_own_dep${native && !macro ? ', native: true' : ''})`,
  ];
}

/** Not written out, lest it look like an import of ours. */
const rustModule = `import${"('rust')"}`;
