import { versionMatches } from '../../../base/version.ts';
import { bool, listOf, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, methodOf, positional } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import type { PythonObject } from '../../objects/python.ts';
import { sharedModuleType, type TargetObject } from '../../objects/target.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { declareBuildTarget } from '../../targets/build/build-target.ts';
import type { BuildTargetValues } from '../../targets/build/build-target-request.ts';
import { moduleKeywords, sourceArguments } from '../../targets/keywords/build-target.ts';
import { optionOf } from '../../targets/options.ts';
import { isPythonDependency, pythonDependency } from './dependency.ts';
import { pythonDirectory } from './directories.ts';

const {
  name_prefix: _prefix,
  name_suffix: _suffix,
  install_dir: _installDir,
  ...keywords
} = moduleKeywords;
const args = (language: string) =>
  keyword(listOf(strOrFile), [], `Arguments for the ${language} compiler.`);

export const extensionModule = methodOf<PythonObject>()({
  name: 'extension_module',
  label: 'python.extension_module',
  doc: 'A module that is compiled.',
  positional: [positional('name', str, 'Its name.')],
  rest: sourceArguments,
  keywords: {
    ...keywords,
    c_args: args('C'),
    cpp_args: args('C++'),
    subdir: keyword(orNothing(str), undefined, 'Folder below where modules are installed.'),
    install_dir: keyword(
      orNothing(oneOf<string | boolean>(str, bool)),
      undefined,
      'Where it is installed.',
    ),
    limited_api: keyword(str, '', 'The version of Python whose stable interface it uses.', {
      since: '1.3.0',
    }),
  },
  returns: 'build_tgt',
  run: (call, self, { positional: [name], rest: sources, keywords: given }): TargetObject => {
    const { subdir, install_dir: installDir, limited_api: api, ...same } = given;
    if (subdir !== undefined && installDir !== undefined)
      call.fail('"subdir" and "install_dir" are mutually exclusive');
    const folder = installDir ?? pythonDirectory(call, self, { pure: false, subdir }).path;
    const limited = api !== '' && optionOf(call, 'python.allow_limited_api') !== false;
    const suffix = limited ? self.facts.limitedApiSuffix : self.facts.suffix;
    const define = limited
      ? [`-DPy_LIMITED_API=${hexadecimal(call, api, self.facts.version)}`]
      : [];
    const dot = suffix.lastIndexOf('.');
    const hides = self.facts.isPypy || versionMatches(self.facts.version, '>=3.9');
    const isCrate = given.rust_abi !== undefined || given.rust_crate_type !== undefined;
    const all: BuildTargetValues & {
      readonly c_args: readonly (string | FileObject)[];
      readonly cpp_args: readonly (string | FileObject)[];
    } = {
      ...same,
      c_args: [...given.c_args, ...define],
      cpp_args: [...given.cpp_args, ...define],
      rust_abi: isCrate ? given.rust_abi : 'c',
      dependencies: withPython(call, self, given.dependencies),
      install_dir: [folder],
      name_prefix: '',
      name_suffix: suffix.slice(dot + 1),
      gnu_symbol_visibility:
        given.gnu_symbol_visibility === '' && hides ? 'inlineshidden' : given.gnu_symbol_visibility,
    };
    const target = declareBuildTarget(call, {
      type: 'shared-module',
      name: name + suffix.slice(0, dot),
      sources,
      keywords: all,
    });
    return { type: sharedModuleType, target };
  },
});

function withPython(
  call: Call,
  self: PythonObject,
  given: BuildTargetValues['dependencies'],
): BuildTargetValues['dependencies'] {
  if (given.some((one) => isPythonDependency(call, one))) return given;
  const python = pythonDependency(call, self, { embed: false, implicit: true });
  if (call.evaluation.tables.dependencies.get(python.dependency).kind === 'not-found')
    call.fail('Python dependency not found');
  call.uses(
    'python_installation.extension_module with implicit dependency on python',
    '0.63.0',
    'use python_installation.dependency()',
  );
  return [...given, python];
}

function hexadecimal(call: Call, api: string, detected: string): string {
  if (!/^[0-9]\.[0-9]{1,2}$/.test(api)) call.fail(`Python API version invalid: "${api}".`);
  if (versionMatches(api, '<3.2'))
    call.fail(`Python Limited API version invalid: ${api} (must be greater than 3.2)`);
  if (versionMatches(api, `>${detected}`))
    call.fail(`Python Limited API version too high: ${api} (detected ${detected})`);
  const [major = '0', minor = '0'] = api.split('.');
  const byte = (text: string): string => Number(text).toString(16).padStart(2, '0');
  return `0x${byte(major)}${byte(minor)}0000`;
}
