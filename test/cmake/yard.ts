import { invariant } from '../../src/base/assert.ts';
import type { ApiTarget, CodeModel, SourceGroup } from '../../src/cmake/file-api/code-model.ts';
import type { ExpressionContext } from '../../src/cmake/generator-expression.ts';
import type { CmakeBuildTarget, CmakeCustomTarget, CmakeProject } from '../../src/cmake/project.ts';
import { readTrace } from '../../src/cmake/trace/trace.ts';
import type { Trace } from '../../src/cmake/trace/trace-facts.ts';
import { translate } from '../../src/cmake/translate.ts';
import { MemoryHost } from '../support/memory-host.ts';

/** A command of a trace: `['add_library', 'x', 'STATIC', 'x.c']`, in `/src/sub` where the first word is `sub: add_library`. */
export type Ran = readonly [command: string, ...args: string[]];

/** A trace as CMake writes it. */
export function traceText(ran: readonly Ran[]): string {
  const lines = ran.map(([head, ...args], at) => {
    const [folder, command] = head.includes(': ') ? head.split(': ') : ['', head];
    const depth = folder === '' ? 0 : 1;
    return JSON.stringify({
      args,
      cmd: command,
      file: `/src/${folder === '' ? '' : `${folder}/`}CMakeLists.txt`,
      frame: 1,
      global_frame: depth + 1,
      line: at + 1,
      time: 1.5,
    });
  });
  return `${['{"version":{"major":1,"minor":2}}', ...lines].join('\n')}\n`;
}

export function traceOf(...ran: readonly Ran[]): Trace {
  const answer = readTrace(traceText(ran));
  invariant(answer.kind === 'read', 'the trace can be read');
  return answer.trace;
}

/** A target of the file API, with what is usual of its kind. */
export function apiTarget(
  name: string,
  type: string,
  more: Partial<ApiTarget> & { readonly sources?: readonly string[] } = {},
): ApiTarget {
  const files: Readonly<Record<string, string>> = {
    EXECUTABLE: name,
    STATIC_LIBRARY: `lib${name}.a`,
    SHARED_LIBRARY: `lib${name}.so`,
  };
  const file = files[type] ?? '';
  return {
    name,
    type,
    nameOnDisk: file,
    artifacts: file === '' ? [] : [`/build/__CMake_build/${file}`],
    isInstalled: false,
    installDir: undefined,
    linkFlags: [],
    linkLibraries: [],
    groups: [group({ sources: more.sources ?? [`${name}.c`] })],
    ...more,
  };
}

export function group(more: Partial<SourceGroup>): SourceGroup {
  return {
    language: 'C',
    flags: [],
    defines: [],
    includes: [],
    sources: [],
    areGenerated: false,
    ...more,
  };
}

export const expressions: ExpressionContext = {
  targets: new Map(),
  isDebug: true,
  configuration: 'Debug',
  compilers: new Map([['CXX', { id: 'GNU', version: '12.2.0' }]]),
  platform: 'Linux',
  artifact: () => undefined,
  warn: () => {},
};

export interface Translated extends CmakeProject {
  readonly warnings: readonly string[];
  readonly build: (name: string) => CmakeBuildTarget;
  readonly custom: (name: string) => CmakeCustomTarget;
}

/** Translates a project that lies in `/src` and is built in `/build`; all sources are there. */
export function translated(
  targets: readonly ApiTarget[],
  ran: readonly Ran[],
  files: readonly string[] = [],
): Translated {
  const host = new MemoryHost(
    Object.fromEntries([
      ...targets
        .flatMap(({ groups }) => groups)
        .filter(({ areGenerated }) => !areGenerated)
        .flatMap(({ sources }) => sources.map((path) => [`/src/${path}`, ''] as const)),
      ...files.map((path) => [path, ''] as const),
    ]),
  );
  host.files.makeDirectory('/build/__CMake_build');
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  const model: CodeModel = {
    sourceDir: '/src',
    buildDir: '/build/__CMake_build',
    projectName: 'project',
    projectVersion: '1.2',
    targets,
    directories: new Map([
      ['/src', '/build/__CMake_build'],
      ['/src/sub', '/build/__CMake_build/sub'],
    ]),
    inputs: [],
  };
  let outputs = 0;
  let customs = 0;
  const project = translate(model, traceOf(...ran), {
    places: {
      files: host.files,
      sourceRoot: '/src',
      buildRoot: '/build',
      projectDir: '/src',
      projectBuildDir: '/build',
      warn,
    },
    installPrefix: '/usr/local',
    link: {
      ...expressions,
      files: host.files,
      findLibrary: (name) => (name === 'm' ? ['-lm'] : undefined),
      warn,
    },
    standards: () => ['gnu++14', 'c99'],
    suffixLanguage: (suffix) => ({ c: 'c', cpp: 'cpp' })[suffix],
    nextCustomName: () => `custom_tgt_${customs++}`,
    nextOutput: () => `c${outputs++}`,
    runner: [],
  });
  const named = <K extends 'build' | 'custom'>(kind: K, name: string) => {
    const row = project.rows.find((one) => one.cmakeName === name);
    invariant(row?.kind === kind, `there is a ${kind} target ${name}`);
    return row;
  };
  return {
    ...project,
    warnings,
    build: (name) => {
      const row = named('build', name);
      invariant(row.kind === 'build', 'as asked for');
      return row;
    },
    custom: (name) => {
      const row = named('custom', name);
      invariant(row.kind === 'custom', 'as asked for');
      return row;
    },
  };
}
