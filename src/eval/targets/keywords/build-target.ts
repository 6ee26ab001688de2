import { languageSuffixes } from '../../../toolchains/languages.ts';
import {
  type ArgumentType,
  bool,
  dictOf,
  exactListOf,
  listOf,
  mismatch,
  object,
  oneOf,
  orNothing,
  str,
} from '../../argument-type.ts';
import { keyword, requiredKeyword, rest } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import {
  type CustomTargetIndexObject,
  type StructuredSourcesObject,
  structuredSourcesType,
  type TargetObject,
} from '../../objects/target.ts';
import type { Value } from '../../value.ts';
import {
  buildTarget,
  customTarget,
  customTargetIndex,
  extractedObjects,
  file,
  generatedList,
  oneOfChoices,
  type TargetSource,
  targetSource,
} from '../argument-types.ts';
import {
  buildSubdir,
  dependencies,
  extraFiles,
  importDirectories,
  includeDirectories,
  installTarget,
  linkArgs,
  linkWhole,
  linkWith,
  native,
  objects,
  precompiledHeader,
  strOrInt,
  targetInstallDir,
} from './common.ts';
import { installMode, installTag } from './install.ts';
import { halfArgs, jarArgs, languageArgs } from './languages.ts';
import { overrideOptions } from './options.ts';

export const sourceArguments = rest('sources', targetSource, 'What it is made of.');

/** Sources of a keyword; Meson's messages name nothing first. */
export function maybeSources<T>(type: ArgumentType<T>): ArgumentType<readonly T[]> {
  const list = listOf(type);
  return { ...list, names: ['NoneType', ...list.names] };
}

/** A name or, for the usual one, an empty list. */
const nameValue: ArgumentType<string | readonly Value[]> = {
  names: ['str', 'NoneType', 'list'],
  read: (value) => {
    const read = oneOf<string | readonly string[]>(str, exactListOf(str)).read(value);
    return read === mismatch ? mismatch : read;
  },
};
const defaultByList = {
  feature: 'of type list',
  deprecated: { since: '1.12.0', instead: 'use the `default()` function instead' },
  used: (value: string | readonly Value[] | undefined) => Array.isArray(value),
};
const checkNameList = (value: string | readonly Value[] | undefined): string | undefined =>
  Array.isArray(value) && value.length > 0
    ? 'must be empty when passed as an array to signify the default value.'
    : undefined;

/** What jars take as well. */
const allTargetKeywords = {
  override_options: overrideOptions,
  build_by_default: keyword(bool, true, 'Built when nothing is named.', { since: '0.38.0' }),
  dependencies,
  extra_files: extraFiles,
  include_directories: includeDirectories,
  install: installTarget,
  install_mode: installMode,
  install_tag: installTag,
  install_dir: targetInstallDir,
  implicit_include_directories: keyword(
    bool,
    true,
    'Headers are looked for in its own folders too.',
    { since: '0.42.0' },
  ),
  link_with: linkWith,
  native,
  resources: keyword(listOf(str), [], 'Resources of C#.'),
  objects,
  build_subdir: buildSubdir,
};

/** Every program and library but jars. */
export const buildTargetKeywords = {
  ...allTargetKeywords,
  ...languageArgs,
  sources: keyword(maybeSources(targetSource), [], 'More sources.'),
  d_import_dirs: importDirectories,
  link_args: linkArgs,
  link_whole: linkWhole,
  name_prefix: keyword(nameValue, undefined, 'What stands before its name: lib.', {
    check: checkNameList,
    sinceValues: [defaultByList],
  }),
  name_suffix: keyword(nameValue, undefined, 'Suffix of its file, without dot.', {
    check: (value) =>
      value === ''
        ? 'must not be a empty string. An empty array may be passed if you want Meson to use the default behavior.'
        : checkNameList(value),
    sinceValues: [defaultByList],
  }),
  rust_crate_type: keyword(orNothing(str), undefined, 'Kind of crate.', {
    since: '0.42.0',
    deprecated: { since: '1.3.0', instead: 'Use rust_abi or rust.proc_macro() instead.' },
    check: oneOfChoices('bin', 'lib', 'rlib', 'dylib', 'cdylib', 'staticlib', 'proc-macro'),
    sinceValues: [
      {
        feature: 'value "proc-macro"',
        since: '0.62.0',
        used: (value) => value === 'proc-macro',
      },
    ],
  }),
  c_pch: precompiledHeader('C'),
  cpp_pch: precompiledHeader('C++'),
  d_debug: keyword(listOf(strOrInt), [], 'Debug levels and names of D.'),
  d_module_versions: keyword(listOf(strOrInt), [], 'Versions of D that are set.'),
  d_unittest: keyword(bool, false, 'With the unit tests of D.'),
  rust_dependency_map: keyword(dictOf(str), new Map(), 'Names under which it uses crates.', {
    since: '1.2.0',
  }),
  swift_interoperability_mode: keyword<string>(str, 'c', 'Swift speaks c or cpp.', {
    since: '1.9.0',
    check: oneOfChoices('c', 'cpp'),
  }),
  swift_module_name: keyword(str, '', 'Name of the Swift module.', { since: '1.9.0' }),
  build_rpath: keyword(str, '', 'Where libraries are looked for when run from the build tree.', {
    since: '0.42.0',
  }),
  gnu_symbol_visibility: keyword<string>(str, '', 'Which symbols others see: hidden, …', {
    since: '0.48.0',
    check: oneOfChoices('', 'default', 'internal', 'hidden', 'protected', 'inlineshidden'),
  }),
  install_rpath: keyword(str, '', 'Where libraries are looked for once installed.'),
  link_depends: keyword(
    listOf(
      oneOf<string | FileObject | TargetObject | CustomTargetIndexObject>(
        str,
        file,
        customTarget,
        customTargetIndex,
        buildTarget,
      ),
    ),
    [],
    'Files whose change links it again.',
  ),
  link_language: keyword(orNothing(str), undefined, 'Whose linker links it.', {
    since: '0.51.0',
    check: oneOfChoices(...Object.keys(languageSuffixes)),
  }),
  vala_gir: keyword(orNothing(str), undefined, 'GIR file that Vala writes.'),
  install_vala_gir: valaInstall('GIR'),
  vala_header: keyword(orNothing(str), undefined, 'Header that Vala writes.'),
  install_vala_header: valaInstall('header'),
  vala_vapi: keyword(orNothing(str), undefined, 'Interface file that Vala writes.'),
  link_early_args: keyword(
    orNothing(listOf(str)),
    [],
    'Arguments for the linker, before the objects.',
    {
      since: '1.11.0',
    },
  ),
  install_vala_vapi: valaInstall('VAPI'),
};

function valaInstall(what: string) {
  return keyword(
    orNothing(oneOf<string | boolean>(str, bool)),
    undefined,
    `Whether or where the ${what} of Vala is installed.`,
    { since: '1.11.0' },
  );
}

type ModuleDefinitions = string | FileObject | TargetObject | CustomTargetIndexObject | undefined;

const moduleDefinitions = keyword(
  orNothing(
    oneOf<Exclude<ModuleDefinitions, undefined>>(str, file, customTarget, customTargetIndex),
  ),
  undefined,
  'Names that a Windows library exports.',
);

/** The same for libraries, which took fewer things. */
const libraryDefinitions = {
  ...moduleDefinitions,
  sinceValues: [
    {
      feature: 'of type CustomTargetIndex',
      since: '1.3.0',
      used: (value: ModuleDefinitions) => typeof value === 'object' && 'output' in value,
    },
  ],
};

const subsystems =
  /^(boot_application|console|efi_application|efi_boot_service_driver|efi_rom|efi_runtime_driver|native|posix|windows)(,\d+(\.\d+)?)?$/;

const winSubsystem = keyword(orNothing(str), undefined, 'Subsystem of Windows.', {
  check: (value) =>
    value === undefined || subsystems.test(value)
      ? undefined
      : `Invalid value for win_subsystem: ${value}.`,
});

/** What only programs take. */
const onlyExecutable = {
  export_dynamic: keyword(orNothing(bool), undefined, 'Modules see its symbols.', {
    since: '0.45.0',
  }),
  gui_app: keyword(orNothing(bool), undefined, 'A program of Windows without console.', {
    deprecated: { since: '0.56.0', instead: "Use 'win_subsystem' instead" },
  }),
  implib: keyword(
    orNothing(oneOf<string | boolean>(bool, str)),
    undefined,
    'Name of its import library.',
    {
      since: '0.42.0',
      sinceValues: [
        {
          feature: 'of type bool',
          deprecated: { since: '1.10.0', instead: 'Use "export_dynamic" keyword instead' },
          used: (value) => typeof value === 'boolean',
        },
      ],
    },
  ),
  pie: keyword(orNothing(bool), undefined, 'Position independent.', { quietSince: '0.49.0' }),
  android_exe_type: keyword(orNothing(str), undefined, 'Kind of program on Android.', {
    since: '1.8.0',
    check: oneOfChoices('application', 'executable'),
  }),
};

const onlyLibrary = {
  rust_abi: keyword(orNothing(str), undefined, 'Who may link the crate: rust or c.', {
    since: '1.3.0',
    check: oneOfChoices('rust', 'c'),
  }),
};

const onlyStatic = {
  prelink: keyword(bool, false, 'One object of all.', { since: '0.57.0' }),
  pic: keyword(orNothing(bool), undefined, 'Position independent.', { since: '0.36.0' }),
};

const versionText = /^[0-9]+(\.[0-9]+){0,2}$/;

const onlyShared = {
  darwin_versions: keyword(listOf(strOrInt), [], 'Versions of a library on macOS.', {
    since: '0.48.0',
    check: checkDarwinVersions,
  }),
  soversion: keyword(orNothing(strOrInt), undefined, 'Version of its interface.'),
  version: keyword(orNothing(str), undefined, 'Version of the library: X.Y.Z.', {
    check: (value) =>
      value === undefined || versionText.test(value)
        ? undefined
        : `Invalid Shared library version "${value}". Must be of the form X.Y.Z where all three are numbers. Y and Z are optional.`,
  }),
  shortname: keyword(orNothing(str), undefined, 'Short name for OS/2.', {
    since: '1.10.0',
    check: (value) =>
      value !== undefined && value.length > 8 ? 'must have a maximum of 8 characters' : undefined,
  }),
};

function checkDarwinVersions(versions: readonly (string | number)[]): string | undefined {
  if (versions.length > 2) return `Must contain between 0 and 2 elements, not ${versions.length}`;
  for (const version of versions.map(String)) {
    if (!versionText.test(version))
      return 'must be X.Y.Z where X, Y, Z are numbers, and Y and Z are optional';
    const [x = 0, y = 0, z = 0] = version.split('.').map(Number);
    if (x > 65535) return 'must be X.Y.Z where X is [0, 65535] and Y, Z are optional';
    if (y > 255) return 'must be X.Y.Z where Y is [0, 255] and Y, Z are optional';
    if (z > 255) return 'must be X.Y.Z where Z is [0, 255] and Y, Z are optional';
  }
  return undefined;
}

export const executableKeywords = {
  ...buildTargetKeywords,
  ...onlyExecutable,
  vs_module_defs: { ...moduleDefinitions, since: '1.3.0' },
  win_subsystem: winSubsystem,
};
export const staticKeywords = { ...buildTargetKeywords, ...onlyStatic, ...onlyLibrary };
export const sharedKeywords = {
  ...buildTargetKeywords,
  ...onlyShared,
  ...onlyLibrary,
  vs_module_defs: libraryDefinitions,
  win_subsystem: { ...winSubsystem, since: '1.12.0' },
};
export const moduleKeywords = {
  ...buildTargetKeywords,
  ...onlyLibrary,
  vs_module_defs: libraryDefinitions,
  win_subsystem: { ...winSubsystem, since: '1.12.0' },
};
export const libraryKeywords = {
  ...buildTargetKeywords,
  ...onlyLibrary,
  ...onlyShared,
  ...onlyStatic,
  ...halfArgs,
  vs_module_defs: libraryDefinitions,
  win_subsystem: winSubsystem,
};

const jarSource = oneOf<Exclude<TargetSource, StructuredSourcesObject>>(
  str,
  file,
  customTarget,
  customTargetIndex,
  generatedList,
  extractedObjects,
  buildTarget,
);

export const jarArguments = rest('sources', jarSource, 'What it is made of.');

export const jarKeywords = {
  ...allTargetKeywords,
  ...jarArgs,
  sources: keyword(listOf(jarSource), [], 'More sources.'),
  main_class: keyword(str, '', 'The class that is started.'),
  java_resources: keyword(
    orNothing(object(structuredSourcesType)),
    undefined,
    'Files that go into the archive.',
    { since: '0.62.0' },
  ),
};

const kinds = [
  ...['executable', 'shared_library', 'static_library', 'shared_module'],
  ...['both_libraries', 'library', 'jar'],
];
const jarNote = {
  since: '1.3.0',
  instead:
    'The use of "jar" in "build_target()" is deprecated, and this argument is only used by jar()',
};

export const anyTargetKeywords = {
  ...buildTargetKeywords,
  ...onlyShared,
  ...onlyStatic,
  ...onlyExecutable,
  ...halfArgs,
  vs_module_defs: { ...libraryDefinitions, since: '1.12.0' },
  win_subsystem: { ...winSubsystem, since: '1.12.0' },
  rust_abi: { ...onlyLibrary.rust_abi, since: '1.10.0' },
  link_whole: { ...buildTargetKeywords.link_whole, since: '0.40.0' },
  override_options: { ...buildTargetKeywords.override_options, since: '0.40.0' },
  main_class: { ...jarKeywords.main_class, deprecated: jarNote },
  java_resources: { ...jarKeywords.java_resources, deprecated: jarNote },
  target_type: requiredKeyword<string>(str, 'What is built: executable, library, …', {
    check: oneOfChoices(...kinds),
    sinceValues: [
      {
        feature: 'value "shared_module"',
        since: '0.51.0',
        used: (value) => value === 'shared_module',
      },
      {
        feature: 'value "jar"',
        deprecated: { since: '1.3.0', instead: 'use the "jar()" function directly' },
        used: (value) => value === 'jar',
      },
    ],
  }),
};
