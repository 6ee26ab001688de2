import type { Machine } from '../model/machine.ts';
import type { Toolchain } from '../model/toolchain.ts';
import { cmakeLanguages } from './languages.ts';

/** Values of CMake's variables; a list has several. */
export type CmakeVariables = ReadonlyMap<string, readonly string[]>;

/** What CMake is to be told of a machine and its compilers. */
export interface ToolchainRequest {
  readonly machine: Machine;
  readonly isCross: boolean;
  readonly pointerBytes: number;
  /** `sys_root` of the machine file. */
  readonly sysroot: string | undefined;
  readonly toolchains: readonly Toolchain[];
  /** The whole path of a program. */
  readonly find: (program: string) => string;
}

const systems: Readonly<Record<string, string>> = {
  android: 'Android',
  linux: 'Linux',
  windows: 'Windows',
  freebsd: 'FreeBSD',
  darwin: 'Darwin',
};

/** The variables of a machine. A native build names no system: CMake takes a build that does for a cross build. */
export function toolchainVariables(request: ToolchainRequest): CmakeVariables {
  const { machine, isCross, pointerBytes, sysroot, toolchains } = request;
  const system =
    machine.subsystem === 'ohos' ? 'OHOS' : (systems[machine.system] ?? machine.system);
  const entries: (readonly [string, readonly string[]])[] = [
    ...(isCross
      ? ([
          ['CMAKE_SYSTEM_NAME', [system]],
          ['CMAKE_SYSTEM_PROCESSOR', [machine.cpuFamily]],
        ] as const)
      : []),
    ['CMAKE_SIZEOF_VOID_P', [String(pointerBytes)]],
    ...(sysroot === undefined ? [] : ([['CMAKE_SYSROOT', [sysroot]]] as const)),
  ];
  for (const toolchain of toolchains) entries.push(...compilerVariables(toolchain, request));
  return new Map(entries);
}

function* compilerVariables(
  { language, command, wrapper, id }: Toolchain,
  { find }: ToolchainRequest,
): Iterable<readonly [string, readonly string[]]> {
  const name = cmakeLanguages[language];
  const [program, ...args] = command;
  if (name === undefined || program === undefined) return;
  const [launcher, ...launcherArgs] = wrapper;
  if (launcher !== undefined)
    yield [`CMAKE_${name}_COMPILER_LAUNCHER`, [find(launcher), ...launcherArgs]];
  yield [`CMAKE_${name}_COMPILER`, [find(program), ...args]];
  if (language.startsWith('objc') && id.startsWith('clang'))
    yield [`CMAKE_${name}_FLAGS`, ['-D__STDC__=1']];
}

export interface ToolchainFile {
  readonly variables: CmakeVariables;
  /** What CMake found out of the compilers before, by language: it will not look again. */
  readonly compilerState: ReadonlyMap<string, string>;
  /** The user's own toolchain file. */
  readonly userFile: string | undefined;
}

/** The text of a toolchain file (cmake-toolchains(7)). */
export function toolchainText({ variables, compilerState, userFile }: ToolchainFile): string {
  const states = [...compilerState].map(
    ([language, text]) => `# What CMake knows of the compiler of ${language}\n${text}\n`,
  );
  return [
    '# Made from what the build knows of this machine; changes are lost.\n\n',
    '# Projects ask for this to learn that they are part of another build.\n',
    'set(MESON_PS_LOADED ON)\n\n',
    ...states,
    ...[...variables].map(([name, values]) => `set(${name}${values.map(quoted).join('')})\n`),
    ...(userFile === undefined ? [] : [`\ninclude("${escaped(userFile)}")\n`]),
  ].join('');
}

function quoted(value: string): string {
  return ` "${escaped(value.replaceAll('\\', '/'))}"`;
}

function escaped(value: string): string {
  return value.replace(/["$]/g, '\\$&');
}

/**
 * What of `CMakeCCompiler.cmake`, which CMake writes when it looks at a compiler, keeps it from
 * looking again: the plain assignments.
 */
export function compilerStateOf(text: string, cmakeLanguage: string): string {
  const assignments = text
    .split('\n')
    .filter((line) => /^set\(CMAKE_\w+ (?:"(?:[^"\\]|\\.)*"|[\w.+-]*)\)$/.test(line))
    .filter((line) => !line.includes(`_${cmakeLanguage}_COMPILER_LOADED `));
  return [...assignments, `set(CMAKE_${cmakeLanguage}_COMPILER_FORCED 1)`, ''].join('\n');
}
