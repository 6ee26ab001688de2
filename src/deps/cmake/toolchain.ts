import { err, ok, type Result } from '../../base/result.ts';
import { generatorArgs } from '../../cmake/generator.ts';
import { cmakeLanguages } from '../../cmake/languages.ts';
import {
  type CmakeVariables,
  compilerStateOf,
  toolchainText,
  toolchainVariables,
} from '../../cmake/toolchain-file.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { exitCode } from '../ask.ts';
import type { DependencyContext } from '../context.ts';

export interface CmakeTool {
  readonly command: readonly string[];
}

/**
 * Writes what CMake is to know of a machine and its compilers into its build folder; the path of the
 * file. For a whole project CMake looks at the compilers itself, unless the machine file says not to.
 */
export function writeToolchain(
  context: DependencyContext,
  {
    tool,
    buildDir,
    skips,
  }: { readonly tool: CmakeTool; readonly buildDir: string; readonly skips: boolean },
): Result<string, string> {
  const { files } = context.host;
  const userFile = context.property('cmake_toolchain_file');
  if (userFile !== undefined && !String(userFile).startsWith('/'))
    return err(`cmake_toolchain_file (${String(userFile)}) must be an absolute path`);
  const variables = variablesOf(context);
  const text = toolchainText({
    variables,
    compilerState: skips ? compilerState(context, tool, variables) : new Map(),
    userFile: userFile === undefined ? undefined : String(userFile),
  });
  const path = `${buildDir}/CMakeMesonToolchainFile.cmake`;
  files.makeDirectory(buildDir);
  const written = files.write(path, text);
  return written.ok ? ok(path) : err(`${path}: ${written.error.reason}`);
}

function toolchainsOf({ checker }: DependencyContext): readonly Toolchain[] {
  return Object.keys(cmakeLanguages).flatMap(
    (language) => checker(language)?.family.toolchain ?? [],
  );
}

function variablesOf(context: DependencyContext): CmakeVariables {
  const { property, machineInfo, cross, host, cmakeVariables } = context;
  const toolchains = toolchainsOf(context);
  const sysroot = property('sys_root');
  const facts = toolchains[0]?.facts ?? {};
  const bytes = facts['__SIZEOF_POINTER__'] ?? (machineInfo.cpuFamily.endsWith('64') ? 8 : 4);
  const defaults: CmakeVariables =
    property('cmake_defaults') === false
      ? new Map()
      : toolchainVariables({
          machine: machineInfo,
          isCross: cross,
          pointerBytes: Number(bytes),
          sysroot: typeof sysroot === 'string' && sysroot !== '' ? sysroot : undefined,
          toolchains,
          find: (program) => findInPath(host, program) ?? program,
        });
  return new Map([...defaults, ...cmakeVariables]);
}

/** What CMake finds out of each compiler, asked for in a project of its own. */
function compilerState(
  context: DependencyContext,
  tool: CmakeTool,
  variables: CmakeVariables,
): ReadonlyMap<string, string> {
  const { host, buildRoot, machine } = context;
  const { files } = host;
  const languages = toolchainsOf(context).flatMap(({ language }) => cmakeLanguages[language] ?? []);
  const name = `${machine}-${languages.join('-')}`;
  const folder = `${buildRoot}/meson-private/__CMake_compiler_info__/${name}`;
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
    const answer = host.processes.run({
      argv: [
        ...tool.command,
        ...generatorArgs(context),
        `-DCMAKE_TOOLCHAIN_FILE=${folder}/toolchain.cmake`,
        folder,
      ],
      workingDirectory: `${folder}/build`,
      environment: host.system.environment,
    });
    if (exitCode(answer) !== 0) {
      context.warn('CMake Toolchain: Failed to determine CMake compilers state');
      files.remove(`${folder}/build`);
      return new Map();
    }
  }
  return new Map(
    languages.flatMap((language) => {
      const text = readState(context, states, language);
      return text === undefined ? [] : [[language, compilerStateOf(text, language)] as const];
    }),
  );
}

/** The file lies in a folder named by CMake's version. */
function readState(
  { host: { files } }: DependencyContext,
  states: string,
  language: string,
): string | undefined {
  const names = files.list(states);
  for (const name of names.ok ? names.value : []) {
    const text = files.readText(`${states}/${name}/CMake${language}Compiler.cmake`);
    if (text.ok) return text.value;
  }
  return undefined;
}
