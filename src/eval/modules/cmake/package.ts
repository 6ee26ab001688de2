import { posix } from 'node:path';
import { cmakeRoot } from '../../../deps/cmake/root.ts';
import { replaceDifferent } from '../../../host/replace-different.ts';
import type { FileRef } from '../../../model/file.ts';
import { startSizeof } from '../../../toolchains/checks/integers.ts';
import {
  type ArgumentType,
  bool,
  dictionary,
  listOf,
  named,
  object,
  oneOf,
  oneOfWords,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { configureText } from '../../configure/configure-text.ts';
import { builtin, keyword, requiredKeyword } from '../../declare.ts';
import { configurationOf } from '../../functions/configuration-data.ts';
import { dependencyContext } from '../../functions/dependency/context.ts';
import { addFiles } from '../../functions/install/install-files.ts';
import { installObject } from '../../functions/install/install-object.ts';
import { checkerFor } from '../../methods/compiler/checker.ts';
import {
  type ConfigurationDataObject,
  configurationDataType,
} from '../../objects/configuration-data.ts';
import { type FileObject, fileType } from '../../objects/file.ts';
import { absolutePath, joinPath, normalPath } from '../../paths.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { findProgram } from '../../programs/find-program.ts';
import { installDir } from '../../targets/keywords/install.ts';
import { textOption } from '../../targets/options.ts';
import { fileOf } from '../../targets/sources.ts';
import { force, type Integer, isA, isDictionary, isInteger, type Value } from '../../value.ts';
import { packageInit } from './package-init.ts';

type Values = ReadonlyMap<string, string | Integer | boolean>;

export const writeBasicPackageVersionFile = builtin({
  name: 'write_basic_package_version_file',
  label: 'cmake.write_basic_package_version_file',
  doc: 'A file that tells CMake which version of a package is installed, and installs it.',
  keywords: {
    arch_independent: keyword(bool, false, 'The package is for any machine.', { since: '0.62.0' }),
    compatibility: keyword(str, 'AnyNewerVersion', 'Which requests a version fulfils.', {
      check: oneOfWords([
        ...['AnyNewerVersion', 'SameMajorVersion', 'SameMinorVersion', 'ExactVersion'],
      ]),
    }),
    name: requiredKeyword(str, "The package's name."),
    version: requiredKeyword(str, 'Its version.'),
    install_dir: installDir,
  },
  returns: 'Data',
  run: (call, { keywords: { name, version, compatibility, ...keywords } }) => {
    const template = `${rootOf(call)}/Modules/BasicConfigVersion-${compatibility}.cmake.in`;
    if (!call.evaluation.host.files.isFile(template))
      call.fail(`your cmake installation doesn't support the ${compatibility} compatibility`);
    const values: Values = new Map<string, string | Integer | boolean>([
      ['CVF_VERSION', version],
      ['CMAKE_SIZEOF_VOID_P', String(pointerSize(call))],
      ['CVF_ARCH_INDEPENDENT', keywords.arch_independent],
    ]);
    const text = readTemplate(call, template);
    const source = { path: template, text, format: 'meson' as const };
    const configured = configureText(source, values, call).text;
    return made(call, {
      file: { tree: 'build', path: `meson-private/${name}ConfigVersion.cmake` },
      text: configured,
      name,
      directory: keywords.install_dir,
    });
  },
});

const roots = perEvaluation(() => new Map<'cmake', string>());

/** Where CMake's templates lie; CMake is looked for, and told of, once. */
function rootOf(call: Call): string {
  const known = roots(call.evaluation);
  const before = known.get('cmake');
  if (before !== undefined) return before;
  const { found } = findProgram(call, { names: ['cmake'], machine: 'host', required: true });
  const command = found.kind === 'command' ? found.command : [];
  const root = cmakeRoot(dependencyContext(call, 'host'), command);
  if (root === undefined) return call.fail('Unable to find cmake');
  known.set('cmake', root);
  return root;
}

type Configuration = ConfigurationDataObject | ReadonlyMap<string, Value>;
const configuration: ArgumentType<Configuration> = oneOf<Configuration>(
  object(configurationDataType),
  dictionary,
);

export const configurePackageConfigFile = builtin({
  name: 'configure_package_config_file',
  label: 'cmake.configure_package_config_file',
  doc: 'A file by which CMake finds a package, made of a template, and installs it.',
  keywords: {
    configuration: requiredKeyword(configuration, 'Values that are put into the template.', {
      sinceValues: [
        {
          feature: 'cmake.configure_package_config_file dict as configuration',
          whole: true,
          since: '0.62.0',
          used: (value) => isDictionary(value),
        },
      ],
    }),
    input: requiredKeyword(
      named(
        listOf(oneOf<string | FileObject>(str, object(fileType))),
        ...['str', 'File', 'array[File]'],
      ),
      'The template.',
      {
        check: (files) => (files.length === 1 ? undefined : 'requires exactly one file'),
      },
    ),
    name: requiredKeyword(str, "The package's name."),
    install_dir: installDir,
  },
  returns: 'Data',
  run: (call, { keywords: { name, input, ...keywords } }) => {
    const { evaluation, scope } = call;
    const [given = ''] = input;
    const template = typeof given === 'string' ? fileOf(call, given) : given.file;
    const path = absolutePath(evaluation, template);
    const directory = keywords.install_dir ?? defaultDirectory(call, name);
    const prefix = textOption(call, 'prefix');
    const head = packageInit({
      input: posix.basename(path),
      prefix,
      installDir: posix.resolve(prefix, directory),
    });
    const values = valuesOf(call, keywords.configuration);
    evaluation.tables.buildFiles.set(path, template);
    // A replaced line is looked at again, as Meson has it: what we put in may name variables.
    const text = readTemplate(call, path).replaceAll('@PACKAGE_INIT@', () => head);
    const configured = configureText({ path, text, format: 'cmake@' }, values, call).text;
    return made(call, {
      file: { tree: 'build', path: normalPath(joinPath(scope.buildSubdir, `${name}Config.cmake`)) },
      text: configured,
      name,
      directory,
      mode: evaluation.host.files.stat(path)?.mode,
    });
  },
});

function valuesOf(call: Call, given: Configuration): Values {
  const data = isA(given, configurationDataType) ? given : configurationOf(call, given);
  data.used = true;
  return new Map(
    [...data.entries].flatMap(([name, { value }]) => {
      const known = force(value);
      return typeof known === 'string' || isInteger(known) || typeof known === 'boolean'
        ? [[name, known] as const]
        : [];
    }),
  );
}

function readTemplate(call: Call, path: string): string {
  const text = call.evaluation.host.files.readText(path);
  return text.ok
    ? text.value
    : call.fail(`Could not read input file ${path}: ${text.error.reason}`);
}

function pointerSize(call: Call): number {
  const checker =
    checkerFor(call.evaluation, 'host', 'c') ?? checkerFor(call.evaluation, 'host', 'cpp');
  if (checker === undefined)
    return call.fail('Requires a C or C++ compiler to compute sizeof(void *).');
  const size = startSizeof(checker, 'void *').finish();
  return size.ok ? Number(size.value.value) : call.fail(size.error);
}

function defaultDirectory(call: Call, name: string): string {
  return joinPath(textOption(call, 'libdir'), 'cmake', name);
}

interface Made {
  readonly file: FileRef;
  readonly text: string;
  readonly name: string;
  readonly directory: string | undefined;
  readonly mode?: number | undefined;
}

/** Writes the file, and has it installed. */
function made(call: Call, { file, text, name, directory, mode }: Made): Value {
  const { files } = call.evaluation.host;
  const path = absolutePath(call.evaluation, file);
  files.makeDirectory(posix.dirname(path));
  const written = replaceDifferent(files, path, new TextEncoder().encode(text));
  if (!written.ok) call.fail(`${path}: ${written.error.reason}`);
  if (mode !== undefined) files.setMode(path, mode & 0o7777);
  addFiles(call, 'data', {
    sources: [{ file, written: posix.basename(path) }],
    directory: directory ?? defaultDirectory(call, name),
    placeholder: directory ?? joinPath('{libdir}', 'cmake', name),
    keepsFolders: false,
    rename: [],
    mode: undefined,
    tag: undefined,
    followSymlinks: undefined,
  });
  return installObject('Data');
}
