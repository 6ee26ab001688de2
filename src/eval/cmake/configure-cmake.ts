import { versionMatches } from '../../base/version.ts';
import { requestReply } from '../../cmake/file-api/file-api.ts';
import { generatorArgs } from '../../cmake/generator.ts';
import { lastError } from '../../cmake/trace/trace.ts';
import { cmakeTool } from '../../deps/cmake/tool.ts';
import { writeToolchain } from '../../deps/cmake/toolchain.ts';
import type { DependencyContext } from '../../deps/context.ts';
import type { Finished } from '../../host/host.ts';
import type { Call } from '../call.ts';
import { dependencyContext } from '../functions/dependency/context.ts';
import { chosenMachine } from '../machines/chosen-machine.ts';
import type { CmakeSubprojectPlace } from './cmake-subproject-place.ts';
import { allowedDefines } from './defines.ts';

/** CMake learnt to write its trace as JSON with 3.17. */
const oldestCmake = '3.17';

/** Warnings that come with tracing and say nothing of the project. */
const silentPolicies = [
  ...['CMP0025', 'CMP0047', 'CMP0056', 'CMP0060', 'CMP0065', 'CMP0066', 'CMP0067', 'CMP0082'],
  ...['CMP0089', 'CMP0102'],
].map((policy) => `-DCMAKE_POLICY_WARNING_${policy}=OFF`);

const buildTypes: Readonly<Record<string, string>> = {
  debug: 'Debug',
  debugoptimized: 'RelWithDebInfo',
  release: 'Release',
  minsize: 'MinSizeRel',
};

/** CMake's configuration for our build type; none where ours is the user's own. */
export function cmakeBuildType(call: Call): string | undefined {
  return buildTypes[globalOption(call, 'buildtype')];
}

/** An option of the main project. */
export function globalOption({ evaluation }: Call, name: string): string {
  const value = evaluation.options.find({ name, subproject: undefined, machine: 'host' });
  return String(value ?? '');
}

/** Runs CMake, its output among our own lines; what it did while it ran. */
export function configureCmake(
  call: Call,
  place: CmakeSubprojectPlace & {
    /** CMake's own build folder, absolute. */
    readonly buildDir: string;
  },
  given: readonly string[],
): { readonly trace: string } {
  const { evaluation } = call;
  const { host } = evaluation;
  const machine = chosenMachine(call, place.native);
  const context = dependencyContext(call, machine);
  const tool = cmakeTool(context);
  if (tool === undefined) return call.fail('Unable to find CMake');
  if (!versionMatches(tool.version, `>=${oldestCmake}`))
    return call.fail(
      `CMake ${tool.version} is too old for subprojects: ${oldestCmake} or newer is needed.`,
    );
  host.files.makeDirectory(place.buildDir);
  requestReply(host.files, place.buildDir);
  const skips =
    context.property('cmake_skip_compiler_test') === 'always' &&
    context.property('cmake_defaults') !== false;
  const written = writeToolchain(context, { tool, buildDir: place.buildDir, skips });
  const toolchain = written.ok ? written.value : call.fail(written.error);
  const args = projectArgs(call, context, given);
  for (const line of [
    '',
    `Configuring the build directory with CMake version ${tool.version}`,
    `Running CMake with: ${args.join(' ')}`,
    `  - build directory:          ${place.buildDir}`,
    `  - source directory:         ${place.directory}`,
    `  - toolchain file:           ${toolchain}`,
    '',
  ])
    evaluation.log(line);
  const prefixes = context.option('cmake_prefix_path');
  const finished = host.processes.run({
    argv: [
      ...tool.command,
      ...args,
      ...['--trace-expand', '--trace-format=json-v1', '--no-warn-unused-cli'],
      `--trace-redirect=${traceName}`,
      ...silentPolicies,
      `-DCMAKE_TOOLCHAIN_FILE=${toolchain}`,
      ...(Array.isArray(prefixes) && prefixes.length > 0
        ? [`-DCMAKE_PREFIX_PATH=${prefixes.join(';')}`]
        : []),
      place.directory,
    ],
    workingDirectory: place.buildDir,
    environment: { ...host.system.environment, LC_ALL: 'C' },
  });
  return { trace: traceOf(call, finished, `${place.buildDir}/${traceName}`) };
}

const traceName = 'cmake_trace.txt';

/** What the options of our build mean for CMake, and what the build file says to it. */
function projectArgs(
  call: Call,
  context: DependencyContext,
  given: readonly string[],
): readonly string[] {
  const args = [
    ...generatorArgs(context),
    `-DCMAKE_INSTALL_PREFIX=${globalOption(call, 'prefix')}`,
    `-DCMAKE_INSTALL_LIBDIR=${globalOption(call, 'libdir')}`,
    ...allowedDefines(call, given),
  ];
  const buildType = cmakeBuildType(call);
  return buildType === undefined || args.some((arg) => arg.startsWith('-DCMAKE_BUILD_TYPE='))
    ? args
    : [...args, `-DCMAKE_BUILD_TYPE=${buildType}`];
}

/** Tells what CMake said, and reads what it did; an error where it failed. */
function traceOf(call: Call, { ended, stdout, stderr }: Finished, traceFile: string): string {
  const { evaluation } = call;
  for (const line of `${stdout}${stderr}`.split('\n')) if (line !== '') evaluation.log(line);
  const succeeded = ended.kind === 'exited' && ended.code === 0;
  evaluation.log('');
  evaluation.log(`CMake configuration: ${succeeded ? 'SUCCEEDED' : 'FAILED'}`);
  const trace = evaluation.host.files.readText(traceFile);
  if (!succeeded) {
    const error = trace.ok ? lastError(trace.value) : undefined;
    const hint = error === undefined ? firstError(stderr) : undefined;
    return call.fail(
      `Failed to configure the CMake subproject${error === undefined ? '' : `: ${error}`}`,
      hint === undefined ? {} : { hint },
    );
  }
  if (!trace.ok)
    return call.fail(`CMake: Trace file "${traceFile}" not found: ${trace.error.reason}`);
  return trace.value;
}

/** What CMake says first of what is wrong: a headline, and what is indented below it. */
function firstError(stderr: string): string | undefined {
  const found = /^CMake Error(?: at)? .*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*/m.exec(
    stderr,
  )?.[0];
  return found?.replaceAll(/\s*\n\s*/g, ' ');
}
