import { didYouMean } from '../../../base/close-match.ts';
import { targetName } from '../../../cmake/targets/target-names.ts';
import { anything, oneOfWords, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import type { CmakeVariables } from '../../cmake/build-file-request.ts';
import { cmakeTargetsOf } from '../../cmake/cmake-subproject.ts';
import { keyword, type MethodTable, methodOf, optional, positional } from '../../declare.ts';
import { type CmakeSubprojectObject, cmakeSubprojectType } from '../../objects/cmake.ts';
import { dependencyType, internalDependencyType } from '../../objects/dependency.ts';
import { isA, type Value } from '../../value.ts';

const method = methodOf<CmakeSubprojectObject>();
const target = positional('target', str, "The target's name, as CMake has it.");

/** What a target of the subproject became. CMake's names and those of our targets count. */
function variablesOf(
  call: Call,
  { subproject: { state } }: CmakeSubprojectObject,
  cmakeName: string,
): CmakeVariables {
  const targets =
    state.kind === 'found' ? cmakeTargetsOf(call, state.scope.buildRootDir) : undefined;
  const own = targets?.variables.get(targetName(cmakeName));
  const found = own ?? targets?.variables.get(targets.names.get(cmakeName) ?? '');
  if (found !== undefined) return found;
  const names = [...(targets?.names.keys() ?? [])];
  return call.fail(
    `The CMake target ${cmakeName} does not exist\n  Use the following command in your meson.build to list all available targets:\n\n    message('CMake targets:\\n - ' + '\\n - '.join(<cmake_subproject>.target_list()))`,
    { hint: `${didYouMean(cmakeName, names).trim()} Its targets are: ${names.join(', ')}`.trim() },
  );
}

function variable(
  call: Call,
  { subproject: { state } }: CmakeSubprojectObject,
  name: string | undefined,
): Value {
  const variables = state.kind === 'found' ? state.scope.variables : new Map<string, Value>();
  if (name !== undefined && variables.has(name)) return variables.get(name);
  return call.fail(`Requested variable "${name ?? ''}" not found.`);
}

const getVariable = method({
  name: 'get_variable',
  doc: 'A variable of it.',
  positional: [
    positional('name', str, 'Its name.'),
    optional('fallback', anything, 'The value when there is none.'),
  ],
  returns: 'any',
  keepsLists: true,
  run: (call, { subproject: { state } }, { positional: [name, fallback] }) => {
    const variables = state.kind === 'found' ? state.scope.variables : new Map<string, Value>();
    if (variables.has(name)) return variables.get(name);
    if (fallback !== undefined) return fallback;
    return call.fail(
      `Requested variable "${name}" not found.${didYouMean(name, variables.keys())}`,
    );
  },
});

const dependency = method({
  name: 'dependency',
  label: 'cmake.subproject.dependency',
  doc: 'A library of it as a dependency.',
  positional: [target],
  keywords: {
    include_type: keyword(str, 'preserve', 'How its include folders are taken.', {
      since: '0.56.0',
      check: oneOfWords(['preserve', 'system', 'non-system']),
    }),
  },
  returns: 'dep',
  run: (call, self, { positional: [name], keywords: { include_type: wanted } }) => {
    const found = variablesOf(call, self, name);
    if (found.function === 'executable')
      call.fail(
        `${name} is an executable and does not support the dependency() method. Use target() instead.`,
      );
    if (found.dependency === undefined)
      call.fail(`${name} does not support the dependency() method. Use target() instead.`);
    const value = variable(call, self, found.dependency);
    if (!isA(value, dependencyType)) return call.fail(`${name} is no dependency.`);
    const { dependencies } = call.evaluation.tables;
    const row = dependencies.get(value.dependency);
    const type = (['system', 'non-system'] as const).find((one) => one === wanted);
    if (type === undefined || type === row.includeType) return value;
    return {
      type: internalDependencyType,
      dependency: dependencies.add({ ...row, includeType: type }),
    };
  },
});

export const cmakeSubprojectMethods: MethodTable = {
  type: cmakeSubprojectType,
  label: 'cmake.subproject',
  doc: 'A CMake project that was read: `cmake.subproject()`.',
  methods: [
    getVariable,
    dependency,
    method({
      name: 'include_directories',
      doc: 'The include folders of a target.',
      positional: [target],
      returns: 'array[inc]',
      run: (call, self, { positional: [name] }) =>
        variable(call, self, variablesOf(call, self, name).includes),
    }),
    method({
      name: 'target',
      doc: 'A target itself.',
      positional: [target],
      returns: 'build_tgt',
      run: (call, self, { positional: [name] }) =>
        variable(call, self, variablesOf(call, self, name).target),
    }),
    method({
      name: 'target_type',
      doc: 'The function that declares a target.',
      positional: [target],
      returns: 'str',
      run: (call, self, { positional: [name] }) => variablesOf(call, self, name).function,
    }),
    method({
      name: 'target_list',
      doc: 'Names of all its targets, as CMake has them.',
      returns: 'array[str]',
      run: (call, { subproject: { state } }) => [
        ...((state.kind === 'found'
          ? cmakeTargetsOf(call, state.scope.buildRootDir)?.names.keys()
          : undefined) ?? []),
      ],
    }),
    method({
      name: 'found',
      doc: 'Whether it could be read.',
      otherLabels: { feature: 'CMakeSubproject.found()' },
      since: '0.53.2',
      returns: 'bool',
      run: () => true,
    }),
  ],
};
