import { Rows } from '../../src/base/rows.ts';
import { type Dependency, emptyDependency } from '../../src/model/dependency.ts';
import { sourceFile } from '../../src/model/file.ts';
import type { Machine, MachineChoice } from '../../src/model/machine.ts';
import type { Model, Project } from '../../src/model/model.ts';
import type { OptionValue, ReadonlyOptions } from '../../src/model/option.ts';
import type {
  BuildTarget,
  BuildTargetType,
  CustomTarget,
  DependencyId,
  GeneratedList,
  GeneratedListId,
  Item,
  LinkItem,
  ProjectId,
  RunTarget,
  Target,
  TargetId,
} from '../../src/model/target.ts';
import type { Toolchain } from '../../src/model/toolchain.ts';

/** A model in a few lines: a project in /project, built in /project/build with gcc 12. */
export class ModelBuilder {
  readonly #projects = new Rows<ProjectId, Project>();
  readonly #targets = new Rows<TargetId, Target>();
  readonly #dependencies = new Rows<DependencyId, Dependency>();
  readonly #lists = new Rows<GeneratedListId, GeneratedList>();
  readonly #options = new Map<string, OptionValue>(defaultOptions);
  readonly #parts: Partial<Model>;
  readonly project: ProjectId;

  constructor(parts: Partial<Model> = {}) {
    this.#parts = parts;
    this.project = this.#projects.add({ ...plainProject });
  }

  option(name: string, value: OptionValue): this {
    this.#options.set(name, value);
    return this;
  }

  /** Changes the one project. */
  projectParts(parts: Partial<Project>): this {
    this.#projects.replace(this.project, { ...this.#projects.get(this.project), ...parts });
    return this;
  }

  executable(name: string, sources: readonly (string | Item)[], parts: Partial<BuildTarget> = {}) {
    return this.#build('executable', name, { filename: name }, sources, parts);
  }

  staticLibrary(
    name: string,
    sources: readonly (string | Item)[],
    parts: Partial<BuildTarget> = {},
  ) {
    const named = { filename: `lib${name}.a`, pic: true };
    return this.#build('static-library', name, named, sources, parts);
  }

  sharedLibrary(
    name: string,
    sources: readonly (string | Item)[],
    parts: Partial<BuildTarget> = {},
  ) {
    const named = { filename: `lib${name}.so`, soname: `lib${name}.so`, pic: true };
    return this.#build('shared-library', name, named, sources, parts);
  }

  customTarget(name: string, outputs: readonly string[], parts: Partial<CustomTarget>): TargetId {
    return this.#targets.add({ ...plainCustom, project: this.project, name, outputs, ...parts });
  }

  runTarget(name: string, parts: Partial<RunTarget>): TargetId {
    return this.#targets.add({
      ...plainTarget,
      kind: 'run',
      project: this.project,
      name,
      buildByDefault: false,
      command: [],
      depends: [],
      environment: [],
      ...parts,
    });
  }

  generatedList(parts: Partial<GeneratedList>): Item {
    return {
      kind: 'generated',
      list: this.#lists.add({ ...plainList, ...parts }),
    };
  }

  dependency(parts: Partial<Dependency>): DependencyId {
    return this.#dependencies.add({ ...plainDependency, ...parts });
  }

  model(parts: Partial<Model> = {}): Model {
    return {
      ...plainModel,
      projects: this.#projects,
      targets: this.#targets,
      dependencies: this.#dependencies,
      generatedLists: this.#lists,
      options: optionsOf(this.#options),
      ...this.#parts,
      ...parts,
    };
  }

  #build(
    type: BuildTargetType,
    name: string,
    named: Partial<BuildTarget>,
    sources: readonly (string | Item)[],
    parts: Partial<BuildTarget>,
  ): TargetId {
    const items = sources.map(
      (source): Item =>
        typeof source === 'string' ? { kind: 'file', file: sourceFile(source) } : source,
    );
    return this.#targets.add({
      ...plainBuild,
      type,
      name,
      project: this.project,
      sources: items,
      filename: name,
      ...named,
      ...parts,
      introspectionId: `${name}@${type}`,
    });
  }
}

export function linkTo(target: TargetId): LinkItem {
  return { kind: 'target', target };
}

export function outputOf(target: TargetId, output = 0): Item {
  return { kind: 'output', target, output };
}

function optionsOf(values: ReadonlyMap<string, OptionValue>): ReadonlyOptions {
  return {
    get: ({ name }) => values.get(name) ?? '',
    find: ({ name, machine }) => (machine === 'host' ? values.get(name) : undefined),
    all: () => [],
  };
}

const defaultOptions: readonly [string, OptionValue][] = [
  ['buildtype', 'debug'],
  ['debug', true],
  ['optimization', '0'],
  ['warning_level', '1'],
  ['werror', false],
  ['unity', 'off'],
  ['unity_size', 4],
  ['default_both_libraries', 'shared'],
  ['b_pch', true],
  ['b_lundef', true],
  ['b_asneeded', true],
  ['b_colorout', 'always'],
  ['b_ndebug', 'false'],
  ['b_staticpic', true],
  ['b_pie', false],
  ['b_lto', false],
  ['b_pgo', 'off'],
  ['b_coverage', false],
  ['c_std', 'none'],
  ['cpp_std', 'none'],
  ['rust_std', 'none'],
  ['prefix', '/usr/local'],
  ['bindir', 'bin'],
  ['libdir', 'lib'],
  ['includedir', 'include'],
];

const linux: Machine = {
  system: 'linux',
  subsystem: 'linux',
  kernel: 'linux',
  cpuFamily: 'x86_64',
  cpu: 'x86_64',
  endian: 'little',
};

function gcc(language: string, program: string, machine: MachineChoice): Toolchain {
  return {
    language,
    id: 'gcc',
    machine,
    command: [program],
    wrapper: [],
    version: '12.2.0',
    fullVersion: `${program} 12.2.0`,
    linker: { id: 'ld.bfd', version: '2.40', command: [program] },
    archiver: { id: 'ar', command: ['gcc-ar'] },
    facts: {},
  };
}

function rustc(machine: MachineChoice): Toolchain {
  return {
    language: 'rust',
    id: 'rustc',
    machine,
    command: ['rustc', '-C', 'linker=cc'],
    wrapper: [],
    version: '1.95.0',
    fullVersion: 'rustc 1.95.0',
    linker: { id: 'ld.bfd', version: '2.40', command: ['cc'] },
    archiver: undefined,
    facts: {
      target: 'x86_64-unknown-linux-gnu',
      sysroot: '/rust',
      'target-libdir': '/rust/lib/rustlib/x86_64-unknown-linux-gnu/lib',
      'native-static-libs': '-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc',
      rustdoc: 'rustdoc',
    },
  };
}

function toolchainsOf(machine: MachineChoice): ReadonlyMap<string, Toolchain> {
  return new Map([
    ['c', gcc('c', 'cc', machine)],
    ['cpp', gcc('cpp', 'c++', machine)],
    ['rust', rustc(machine)],
  ]);
}

const plainModel: Model = {
  sourceRoot: '/project',
  buildRoot: '/project/build',
  projects: new Rows(),
  targets: new Rows(),
  dependencies: new Rows(),
  generatedLists: new Rows(),
  tests: [],
  testSetups: [],
  installs: [],
  options: optionsOf(new Map()),
  machines: { build: linux, host: linux, target: linux },
  cross: false,
  needsExeWrapper: false,
  exeWrapper: undefined,
  toolchains: new Map([
    ['build', toolchainsOf('build')],
    ['host', toolchainsOf('host')],
  ]),
  buildFiles: [sourceFile('meson.build')],
  globalArgs: new Map(),
  postconfScripts: [],
  distScripts: [],
  declaredAt: new Map(),
  devenv: [],
  binaries: new Map(),
};

const plainProject: Project = {
  name: 'project',
  subproject: '',
  version: '1.0',
  licenses: [],
  licenseFiles: [],
  sourceDir: '',
  buildDir: '',
  languages: ['c', 'cpp', 'rust'],
  args: new Map(),
};

const plainTarget = {
  subdir: '',
  buildSubdir: '',
  introspectionId: '',
  definedIn: sourceFile('meson.build'),
  buildByDefault: true,
};

const plainBuild: Omit<BuildTarget, 'name' | 'project' | 'type' | 'filename'> = {
  ...plainTarget,
  kind: 'build',
  machine: 'host',
  askedMachine: 'host',
  extraOutputs: [],
  aliases: [],
  soname: undefined,
  sources: [],
  structuredSources: [],
  objects: [],
  extraFiles: [],
  languages: ['c'],
  linkLanguage: undefined,
  compileArgs: new Map(),
  linkArgs: [],
  linkDepends: [],
  linkWith: [],
  linkWhole: [],
  dependencies: [],
  includeDirectories: [],
  implicitIncludeDirectories: true,
  pic: false,
  pie: undefined,
  exportDynamic: false,
  gnuSymbolVisibility: '',
  precompiledHeaders: new Map(),
  vsModuleDefs: undefined,
  installRpath: '',
  buildRpath: '',
  overrideOptions: new Map(),
  rust: undefined,
  twin: undefined,
  install: undefined,
  languageKeywords: new Map(),
};

const plainCustom: Omit<CustomTarget, 'name' | 'project'> = {
  ...plainTarget,
  kind: 'custom',
  inputs: [],
  outputs: [],
  command: [],
  capture: false,
  feed: false,
  console: false,
  depfile: undefined,
  depends: [],
  dependFiles: [],
  environment: [],
  buildAlwaysStale: false,
  install: undefined,
  description: undefined,
};

const plainList: Omit<GeneratedList, 'project'> = {
  subdir: '',
  program: { kind: 'program', command: ['/usr/bin/gen'] },
  arguments: ['@INPUT@', '@OUTPUT@'],
  outputs: [],
  inputs: [],
  extraArguments: [],
  preservePathFrom: undefined,
  environment: [],
  depfile: undefined,
  capture: false,
  depends: [],
};

const plainDependency: Dependency = {
  ...emptyDependency,
  kind: 'internal',
  name: 'dep',
  type: 'internal',
  version: '1.0',
};
