import { generatorArgs } from '../../cmake/generator.ts';
import { cmakeLanguages } from '../../cmake/languages.ts';
import {
  type CmakeVariables,
  compilerStateOf,
  toolchainText,
  toolchainVariables,
} from '../../cmake/toolchain-file.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import type { Call } from '../call.ts';
import type { GivenValue } from '../options/option-key.ts';

export interface CmakeTool {
  readonly command: readonly string[];
  readonly version: string;
}

interface Request {
  readonly machine: MachineChoice;
  readonly tool: CmakeTool;
  /** CMake's own build folder, absolute. */
  readonly buildDir: string;
}

/** Writes what CMake is to know of a machine and its compilers; the path of the file. */
export function writeToolchain(call: Call, request: Request): string {
  const { files } = call.evaluation.host;
  const properties = call.evaluation.configs[request.machine].properties;
  const variables = variablesOf(call, request.machine);
  const skips =
    properties.get('cmake_skip_compiler_test') === 'always' &&
    properties.get('cmake_defaults') !== false;
  const userFile = properties.get('cmake_toolchain_file');
  if (userFile !== undefined && !String(userFile).startsWith('/'))
    call.fail(`cmake_toolchain_file (${String(userFile)}) must be an absolute path`);
  const text = toolchainText({
    variables,
    compilerState: skips ? compilerState(call, request, variables) : new Map(),
    userFile: userFile === undefined ? undefined : String(userFile),
  });
  const path = `${request.buildDir}/CMakeMesonToolchainFile.cmake`;
  files.makeDirectory(request.buildDir);
  const written = files.write(path, text);
  if (!written.ok) call.fail(`${path}: ${written.error.reason}`);
  return path;
}

function toolchainsOf({ evaluation }: Call, machine: MachineChoice): readonly Toolchain[] {
  return [...(evaluation.tables.toolchains.get(machine)?.values() ?? [])];
}

function variablesOf(call: Call, machine: MachineChoice): CmakeVariables {
  const { evaluation } = call;
  const { properties, cmake } = evaluation.configs[machine];
  const sysroot = properties.get('sys_root');
  const info = evaluation.machines[machine];
  const facts = toolchainsOf(call, machine)[0]?.facts ?? {};
  const defaults: CmakeVariables =
    properties.get('cmake_defaults') === false
      ? new Map()
      : toolchainVariables({
          machine: info,
          isCross: evaluation.cross && machine === 'host',
          pointerBytes: Number(
            facts['__SIZEOF_POINTER__'] ?? (info.cpuFamily.endsWith('64') ? 8 : 4),
          ),
          sysroot: typeof sysroot === 'string' && sysroot !== '' ? sysroot : undefined,
          toolchains: toolchainsOf(call, machine),
          find: (program) => findInPath(evaluation.host, program) ?? program,
        });
  return new Map([
    ...defaults,
    ...[...cmake].map(([name, value]) => [name, words(value)] as const),
  ]);
}

function words(value: GivenValue): readonly string[] {
  return typeof value === 'object' ? value : [String(value)];
}

/** What CMake finds out of each compiler, asked for in a project of its own. */
function compilerState(
  call: Call,
  { machine, tool }: Request,
  variables: CmakeVariables,
): ReadonlyMap<string, string> {
  const { host, buildRoot } = call.evaluation;
  const { files } = host;
  const languages = toolchainsOf(call, machine).flatMap(
    ({ language }) => cmakeLanguages[language] ?? [],
  );
  const folder = `${buildRoot}/meson-private/__CMake_compiler_info__/${machine}-${languages.join('-')}`;
  const states = `${folder}/build/CMakeFiles`;
  if (!files.isDirectory(states)) {
    files.makeDirectory(`${folder}/build`);
    files.write(
      `${folder}/CMakeLists.txt`,
      `cmake_minimum_required(VERSION 3.10)\nproject(CompInfo ${languages.join(' ')})\n`,
    );
    files.write(
      `${folder}/toolchain.cmake`,
      toolchainText({ variables, compilerState: new Map(), userFile: undefined }),
    );
    const { ended, stdout, stderr } = host.processes.run({
      argv: [
        ...tool.command,
        ...(generatorArgs(host) ?? []),
        `-DCMAKE_TOOLCHAIN_FILE=${folder}/toolchain.cmake`,
        folder,
      ],
      workingDirectory: `${folder}/build`,
      environment: host.system.environment,
    });
    if (ended.kind !== 'exited' || ended.code !== 0) {
      call.warn('CMake Toolchain: Failed to determine CMake compilers state');
      call.evaluation.detail(`${stdout}${stderr}`);
      files.remove(`${folder}/build`);
      return new Map();
    }
  }
  return new Map(
    languages.flatMap((language) => {
      const text = readState(call, states, language);
      return text === undefined ? [] : [[language, compilerStateOf(text, language)] as const];
    }),
  );
}

/** The file lies in a folder named by CMake's version. */
function readState({ evaluation }: Call, states: string, language: string): string | undefined {
  const { files } = evaluation.host;
  const names = files.list(states);
  for (const name of names.ok ? names.value : []) {
    const text = files.readText(`${states}/${name}/CMake${language}Compiler.cmake`);
    if (text.ok) return text.value;
  }
  return undefined;
}
