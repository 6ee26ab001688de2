import { listOf, object, orNothing, str } from '../../argument-type.ts';
import { TargetOptions } from '../../cmake/target-options.ts';
import { builtin, keyword, type Module, positional } from '../../declare.ts';
import { native, readRequired, required } from '../../functions/common-keywords.ts';
import {
  type CmakeOptionsObject,
  cmakeOptionsType,
  cmakeSubprojectType,
} from '../../objects/cmake.ts';
import { doSubproject } from '../../subprojects/do-subproject.ts';
import { configurePackageConfigFile, writeBasicPackageVersionFile } from './package.ts';

const subproject = builtin({
  name: 'subproject',
  label: 'cmake.subproject',
  otherLabels: { feature: 'subproject' },
  doc: 'Reads a CMake project as a subproject.',
  since: '0.51.0',
  positional: [positional('name', str, 'Its name.')],
  keywords: {
    required,
    native: { ...native, since: '1.12.0' },
    options: keyword(orNothing(object(cmakeOptionsType)), undefined, 'How it is set up.', {
      since: '0.55.0',
    }),
    cmake_options: keyword(listOf(str), [], 'Arguments for CMake.', {
      deprecated: { since: '0.55.0', instead: 'Use options instead' },
    }),
  },
  returns: 'cmake_subproject',
  run: (call, { positional: [name], keywords }) => {
    const { options, cmake_options: args } = keywords;
    if (args.length > 0 && options !== undefined)
      call.fail('"options" cannot be used together with "cmake_options"');
    const { required: must, disabled } = readRequired(call, keywords.required);
    const found = doSubproject(call, name, {
      required: must,
      native: keywords.native,
      version: [],
      method: 'cmake',
      cmake: {
        arguments: [...args, ...(options?.arguments ?? [])],
        targets: options?.targets ?? new TargetOptions(),
      },
      ...(disabled === undefined ? {} : { disabled }),
    });
    if (found.state.kind !== 'found') return found;
    return { type: cmakeSubprojectType, subproject: found };
  },
});

const subprojectOptions = builtin({
  name: 'subproject_options',
  label: 'cmake.subproject_options',
  otherLabels: { feature: 'subproject_options' },
  doc: 'How a CMake project is to be set up, to be filled and given to `subproject()`.',
  since: '0.55.0',
  returns: 'cmake_subprojectoptions',
  run: (): CmakeOptionsObject => ({
    type: cmakeOptionsType,
    arguments: [],
    targets: new TargetOptions(),
  }),
});

export const cmakeModule: Module = {
  name: 'cmake',
  doc: 'CMake projects as subprojects, and packages that CMake finds.',
  since: '0.50.0',
  functions: [
    subproject,
    subprojectOptions,
    writeBasicPackageVersionFile,
    configurePackageConfigFile,
  ],
};
