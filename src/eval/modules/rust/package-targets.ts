import { pathBelow } from '../../../base/path-below.ts';
import { type CrateAbi, hasShared, hasStatic, libraryName } from '../../../cargo/crate-abi.ts';
import { crateEnvironment } from '../../../cargo/crate-arguments.ts';
import type { BuildTargetType, RustKeywords } from '../../../model/target.ts';
import { object, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { scriptOf } from '../../cargo/crate-scripts.ts';
import { type Method, methodOf, optional } from '../../declare.ts';
import { buildTargetObject } from '../../functions/targets/build-targets.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import { fileObject } from '../../objects/file.ts';
import type { RustCrateObject } from '../../objects/rust.ts';
import { type StructuredSourcesObject, structuredSourcesType } from '../../objects/target.ts';
import { joinPath } from '../../paths.ts';
import { declareBothLibraries } from '../../targets/build/both-libraries.ts';
import type { BuildTargetValues } from '../../targets/build/build-target-request.ts';
import {
  type buildTargetKeywords,
  executableKeywords,
  libraryKeywords,
  moduleKeywords,
  sharedKeywords,
} from '../../targets/keywords/build-target.ts';
import { optionsOf } from '../../targets/keywords/options.ts';
import type { Value } from '../../value.ts';
import { abiOf, argumentsOf, crateOf, dependencyMapOf } from './crate.ts';
import { packageDependencies } from './package-dependencies.ts';
import { type RustArguments, rustArgs } from './proc-macro.ts';

type NameOrSources = string | StructuredSourcesObject;

const method = methodOf<RustCrateObject>();
const arguments_ = [
  optional(
    'name',
    oneOf<NameOrSources>(str, object(structuredSourcesType)),
    "The target's name, or its sources.",
  ),
  optional(
    'sources',
    object(structuredSourcesType),
    'Sources, where the manifest says too little.',
  ),
] as const;

const { since: _since, ...packageArgs } = rustArgs;

/** Keywords of a target, except for the machine, which the package decides. An empty text does not stand for nothing. */
function withoutMachine<K extends typeof buildTargetKeywords>({
  native: _native,
  ...others
}: K): Omit<K, 'native'> {
  const { asDefault: _with, ...link_with } = others.link_with;
  const { asDefault: _whole, ...link_whole } = others.link_whole;
  return { ...others, link_with, link_whole };
}

/** The name and sources that a call gives. */
function given(
  call: Call,
  name: string,
  [first, second]: readonly [NameOrSources | undefined, StructuredSourcesObject | undefined],
): { readonly name: string | undefined; readonly sources: StructuredSourcesObject | undefined } {
  if (typeof first === 'string') return { name: first, sources: second };
  if (second !== undefined) call.fail(`${name} only accepts one StructuredSources parameter`);
  return { name: undefined, sources: first };
}

type Given = Omit<BuildTargetValues, 'native'> & RustArguments;

/** The keywords with what the crate's manifest adds to them. */
function withCrate(call: Call, self: RustCrateObject, keywords: Given): BuildTargetValues {
  const { edition } = crateOf(self).manifest.package;
  const native = call.evaluation.cross && self.machine === 'build';
  const dependencies: readonly DependencyObject[] = [
    ...packageDependencies(call, self, { crates: true, system: true }),
    ...keywords.dependencies,
  ];
  const all = {
    ...keywords,
    native,
    dependencies,
    rust_dependency_map: new Map([...dependencyMapOf(call, self), ...keywords.rust_dependency_map]),
    rust_args: [...argumentsOf(call, self), ...keywords.rust_args],
    override_options: new Map([['rust_std', edition], ...optionsOf(keywords.override_options)]),
  };
  return all;
}

/**
 * What Cargo promises to a crate: its variables, and its build script. Who names the sources himself
 * has said what a script would have said.
 */
function crateKeywords(
  call: Call,
  self: RustCrateObject,
  about: { readonly crateName: string; readonly program?: string; readonly hasScript: boolean },
): Partial<RustKeywords> {
  const { evaluation, scope } = call;
  const { OUT_DIR, ...environment } = crateEnvironment(
    crateOf(self),
    joinPath(evaluation.buildRoot, scope.buildSubdir, 'meson'),
  );
  const script = about.hasScript ? scriptOf(call, self) : undefined;
  const hasRules = evaluation.host.files.isDirectory(`${crateOf(self).folder}/meson`);
  return {
    ...(script !== undefined && { script }),
    environment: {
      ...environment,
      CARGO_CRATE_NAME: about.crateName,
      ...(about.program !== undefined && { CARGO_BIN_NAME: about.program }),
      ...(hasRules && OUT_DIR !== undefined && { OUT_DIR }),
    },
  };
}

interface Library {
  readonly keywords: Given;
  readonly kinds: readonly ('static' | 'shared' | 'module')[];
  readonly crateType: string | undefined;
  readonly abi: CrateAbi | undefined;
  readonly arguments: readonly [NameOrSources | undefined, StructuredSourcesObject | undefined];
}

function declareLibrary(
  call: Call,
  self: RustCrateObject,
  { keywords, kinds, crateType, abi, arguments: words }: Library,
): Value {
  const crate = crateOf(self);
  const { name, sources } = given(call, 'package.library', words);
  const machine = call.evaluation.cross ? self.machine : 'host';
  const isRust = crateType === undefined || /^(lib|rlib|dylib|proc-macro)$/.test(crateType);
  const chosen = abi ?? (isRust ? 'rust' : 'c');
  const request = {
    name: name ?? libraryName(crate.manifest, machine, chosen),
    sources: [sources ?? sourceOf(call, crate.folder, crate.manifest.library?.path ?? '')],
    keywords: {
      ...withCrate(call, self, keywords),
      rust_abi: abi === 'proc-macro' ? undefined : abi,
      rust_crate_type: crateType,
    },
    // After the crates it needs, whose scripts speak to its own.
    rust: crateKeywords(call, self, {
      crateName: crate.manifest.library?.name ?? '',
      hasScript: sources === undefined,
    }),
  };
  const [only] = kinds;
  if (kinds.length === 2) return declareBothLibraries(call, request);
  const type: BuildTargetType =
    only === 'module' ? 'shared-module' : only === 'shared' ? 'shared-library' : 'static-library';
  return buildTargetObject(call, { ...request, type });
}

/** A file of a crate. */
function sourceOf({ evaluation }: Call, folder: string, path: string) {
  const absolute = `${folder}/${path}`;
  return fileObject({
    tree: 'source',
    path: pathBelow(evaluation.sourceRoot, absolute) ?? absolute,
  });
}

function checkLibrary(call: Call, self: RustCrateObject): readonly string[] {
  const { library } = crateOf(self).manifest;
  return library?.crateTypes ?? call.fail('no [lib] section in Cargo package');
}

/** A macro is for the build machine, whoever asks. */
function procMacro(
  call: Call,
  self: RustCrateObject,
  { keywords, arguments: words }: Pick<Library, 'keywords' | 'arguments'>,
): Value {
  const machine = call.evaluation.cross ? 'build' : self.machine;
  const rust_args = [...keywords.rust_args, '--extern', 'proc_macro'];
  return declareLibrary(
    call,
    { ...self, machine },
    {
      keywords: { ...keywords, rust_args },
      kinds: ['shared'],
      crateType: 'proc-macro',
      abi: undefined,
      arguments: words,
    },
  );
}

const library = method({
  name: 'library',
  doc: "The crate's library, of the kinds that its manifest names.",
  positional: arguments_,
  keywords: { ...withoutMachine(libraryKeywords), rust_args: packageArgs },
  returns: 'lib | both_libs',
  run: (call, self, { positional: words, keywords }) => {
    checkLibrary(call, self);
    const { manifest } = crateOf(self);
    const { rust_crate_type: crateType, rust_abi: asked } = keywords;
    if (crateType !== undefined) {
      const isShared = ['dylib', 'cdylib', 'proc-macro'].includes(crateType);
      return declareLibrary(call, self, {
        keywords,
        kinds: [isShared ? 'shared' : 'static'],
        crateType,
        abi: undefined,
        arguments: words,
      });
    }
    const abi = abiOf(call, self, asked);
    const kinds = [
      ...(hasShared(manifest, abi) ? ['shared' as const] : []),
      ...(hasStatic(manifest, abi) ? ['static' as const] : []),
    ];
    return declareLibrary(call, self, {
      keywords,
      kinds,
      crateType: abi === 'proc-macro' ? 'proc-macro' : undefined,
      abi: abi === 'proc-macro' ? undefined : abi,
      arguments: words,
    });
  },
});

const procMacroMethod = method({
  name: 'proc_macro',
  doc: "The crate's procedural macro.",
  positional: arguments_,
  keywords: { ...withoutMachine(sharedKeywords), rust_args: packageArgs },
  returns: 'lib',
  run: (call, self, { positional: words, keywords }) => {
    if (!checkLibrary(call, self).includes('proc-macro')) call.fail('not a procedural macro crate');
    return procMacro(call, self, { keywords, arguments: words });
  },
});

const sharedModule = method({
  name: 'shared_module',
  doc: "The crate's library, for programs that load it while they run.",
  positional: arguments_,
  keywords: { ...withoutMachine(moduleKeywords), rust_args: packageArgs },
  returns: 'build_tgt',
  run: (call, self, { positional: words, keywords }) => {
    if (!checkLibrary(call, self).includes('cdylib')) call.fail('not a cdylib crate');
    return declareLibrary(call, self, {
      keywords,
      kinds: ['module'],
      crateType: 'cdylib',
      abi: undefined,
      arguments: words,
    });
  },
});

const executable = method({
  name: 'executable',
  doc: "One of the crate's programs.",
  positional: arguments_,
  keywords: { ...withoutMachine(executableKeywords), rust_args: packageArgs },
  returns: 'exe',
  run: (call, self, { positional: words, keywords }) => {
    const { name: asked, sources } = given(call, 'package.executable', words);
    const { manifest, folder } = crateOf(self);
    const { binaries } = manifest;
    if (binaries.size === 0) call.fail('no [[bin]] section in Cargo package');
    if (asked === undefined && binaries.size > 1)
      call.fail(
        'Package has multiple binaries, you must specify which one to build as the first argument',
      );
    const [only = ''] = binaries.keys();
    const name = asked ?? only;
    const binary = binaries.get(name) ?? call.fail(`Binary '${name}' not found.`);
    return buildTargetObject(call, {
      type: 'executable',
      name,
      sources: [sources ?? sourceOf(call, folder, binary.path)],
      keywords: withCrate(call, self, keywords),
      rust: crateKeywords(call, self, {
        crateName: name.replaceAll('-', '_'),
        program: name,
        hasScript: sources === undefined,
      }),
    });
  },
});

/** The targets of a crate. */
export const targetMethods: readonly Method[] = [
  library,
  procMacroMethod,
  sharedModule,
  executable,
];
