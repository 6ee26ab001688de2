import type { BuildTargetType } from '../../../model/target.ts';
import { str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, positional } from '../../declare.ts';
import { keywordDefaults } from '../../modules/keyword-defaults.ts';
import {
  executableType,
  jarType,
  sharedLibraryType,
  sharedModuleType,
  staticLibraryType,
  type TargetObject,
} from '../../objects/target.ts';
import { declareBothLibraries } from '../../targets/build/both-libraries.ts';
import { declareBuildTarget } from '../../targets/build/build-target.ts';
import type { BuildTargetRequest } from '../../targets/build/build-target-request.ts';
import {
  anyTargetKeywords,
  buildTargetKeywords,
  executableKeywords,
  jarArguments,
  jarKeywords,
  libraryKeywords,
  moduleKeywords,
  sharedKeywords,
  sourceArguments,
  staticKeywords,
} from '../../targets/keywords/build-target.ts';
import { optionOf } from '../../targets/options.ts';
import type { ObjectType, Value } from '../../value.ts';

const name = positional('name', str, 'Its name.');

const objectTypes: Readonly<Record<BuildTargetType, ObjectType<TargetObject>>> = {
  executable: executableType,
  'static-library': staticLibraryType,
  'shared-library': sharedLibraryType,
  'shared-module': sharedModuleType,
  jar: jarType,
};

/** Declares a target; what build files get for it. */
export function buildTargetObject(call: Call, request: BuildTargetRequest): TargetObject {
  return { type: objectTypes[request.type], target: declareBuildTarget(call, request) };
}

export const executable = builtin({
  name: 'executable',
  doc: 'Declares a program built from sources.',
  positional: [name],
  rest: sourceArguments,
  keywords: executableKeywords,
  returns: 'exe',
  run: (call, { positional: [target], rest: sources, keywords }) =>
    buildTargetObject(call, { type: 'executable', name: target, sources, keywords }),
});

export const staticLibrary = builtin({
  name: 'static_library',
  doc: 'Declares a static library built from sources.',
  positional: [name],
  rest: sourceArguments,
  keywords: staticKeywords,
  returns: 'lib',
  run: (call, { positional: [target], rest: sources, keywords }) =>
    buildTargetObject(call, { type: 'static-library', name: target, sources, keywords }),
});

export const sharedLibrary = builtin({
  name: 'shared_library',
  doc: 'Declares a shared library built from sources.',
  positional: [name],
  rest: sourceArguments,
  keywords: sharedKeywords,
  returns: 'lib',
  run: (call, { positional: [target], rest: sources, keywords }) =>
    buildTargetObject(call, { type: 'shared-library', name: target, sources, keywords }),
});

export const sharedModule = builtin({
  name: 'shared_module',
  doc: 'Declares a shared library that programs load while they run.',
  since: '0.37.0',
  positional: [name],
  rest: sourceArguments,
  keywords: moduleKeywords,
  returns: 'build_tgt',
  run: (call, { positional: [target], rest: sources, keywords }) =>
    buildTargetObject(call, { type: 'shared-module', name: target, sources, keywords }),
});

export const bothLibraries = builtin({
  name: 'both_libraries',
  quietSince: '0.46.0',
  doc: 'Declares a shared and a static library of the same sources.',
  positional: [name],
  rest: sourceArguments,
  keywords: libraryKeywords,
  returns: 'both_libs',
  run: (call, { positional: [target], rest: sources, keywords }) =>
    declareBothLibraries(call, { name: target, sources, keywords }),
});

export const library = builtin({
  name: 'library',
  doc: 'Declares a library: static, shared or both, as the option default_library says.',
  positional: [name],
  rest: sourceArguments,
  keywords: libraryKeywords,
  returns: 'build_tgt | lib',
  run: (call, { positional: [target], rest: sources, keywords }) =>
    declareLibrary(call, { name: target, sources, keywords }),
});

function declareLibrary(call: Call, request: Omit<BuildTargetRequest, 'type'>): Value {
  const kind = optionOf(call, 'default_library') ?? 'shared';
  switch (kind) {
    case 'shared':
      return buildTargetObject(call, { ...request, type: 'shared-library' });
    case 'static':
      return buildTargetObject(call, { ...request, type: 'static-library' });
    case 'both':
      return declareBothLibraries(call, request);
    default:
      return call.fail(`Unknown default_library value: ${String(kind)}.`);
  }
}

export const jar = builtin({
  name: 'jar',
  doc: 'Declares an archive of Java classes.',
  positional: [name],
  rest: jarArguments,
  keywords: jarKeywords,
  returns: 'jar',
  run: (call, { positional: [target], rest: sources, keywords }) =>
    buildTargetObject(call, {
      type: 'jar',
      name: target,
      sources,
      keywords: { ...keywordDefaults(buildTargetKeywords), ...keywords },
    }),
});

export const buildTarget = builtin({
  name: 'build_target',
  doc: 'Declares a target of the kind that target_type names.',
  positional: [name],
  rest: sourceArguments,
  keywords: anyTargetKeywords,
  returns: 'build_tgt',
  run: (call, { positional: [target], rest: sources, keywords }) => {
    const request = { name: target, sources, keywords };
    switch (keywords.target_type) {
      case 'library':
        return declareLibrary(call, request);
      case 'both_libraries':
        return declareBothLibraries(call, request);
      default:
        return buildTargetObject(call, { ...request, type: kinds[keywords.target_type] ?? 'jar' });
    }
  },
});

const kinds: Readonly<Record<string, BuildTargetType>> = {
  executable: 'executable',
  static_library: 'static-library',
  shared_library: 'shared-library',
  shared_module: 'shared-module',
};
