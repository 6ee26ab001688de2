import { exitCode, startAsking } from './ask.ts';
import { type ConfigTool, findTool } from './config-tool.ts';
import type { DependencyContext, DependencyRequest } from './context.ts';
import { type Attempt, found } from './found.ts';
import { privateHeaders } from './qt.ts';
import { compilerFor } from './system/checks.ts';

/** Qt of a major version by qmake, which knows its folders. */
export function findQtByQmake(major: 4 | 5 | 6) {
  return (context: DependencyContext, request: DependencyRequest): Attempt => {
    const { modules } = request;
    if (modules.length === 0)
      return { kind: 'failed', reason: `No Qt${major}  modules specified.` };
    const details = `(modules: ${[...modules].sort().join(', ')})`;
    const missing: Attempt = { kind: 'absent', details };
    const running = findTool(context, toolOf(major), {
      ...request,
      version: [...request.version, `>= ${major}`, `< ${major + 1}`],
    });
    if (running === undefined) return missing;
    const facts = factsOf(context, running.command);
    const compiler = compilerFor(context);
    if (facts === undefined || compiler === undefined) return missing;
    const version = running.version ?? '';
    const headers = facts.get('QT_INSTALL_HEADERS') ?? '';
    const libraries = facts.get('QT_INSTALL_LIBS') ?? '';
    const prefix = major === 4 ? 'Qt' : `Qt${major}`;
    const compileArgs = [context.option('debug') === true ? '-DQT_DEBUG' : '-DQT_NO_DEBUG'];
    compileArgs.push(`-I${headers}`);
    const linkArgs: string[] = [];
    for (const module of modules) {
      const own = `${headers}/Qt${module}`;
      const folders =
        request.privateHeaders && major !== 4
          ? privateHeaders(context, own, { name: module, version })
          : [];
      compileArgs.push(`-I${own}`, `-DQT_${definedAs(module)}_LIB`);
      compileArgs.push(...folders.map((folder) => `-I${folder}`));
      const name = prefix + module + suffix(context);
      const library = compiler.library(name, 'prefer-shared', [libraries])?.[0];
      if (library === undefined) {
        context.log(`Could not find: ${module} ${name} in ${libraries}`);
        return missing;
      }
      linkArgs.push(library);
    }
    return found({
      name: `qt${major}`,
      type: 'config-tool',
      machine: context.machine,
      version,
      compileArgs,
      executableArgs: context.machineInfo.system === 'windows' ? [] : ['-fPIC'],
      linkArgs,
      tool: running.command,
      variables: new Map([
        ['bindir', facts.get('QT_HOST_BINS') ?? facts.get('QT_INSTALL_BINS') ?? ''],
        ['libexecdir', facts.get('QT_HOST_LIBEXECS') ?? facts.get('QT_INSTALL_LIBEXECS') ?? ''],
      ]),
      details,
      note: 'qmake',
    });
  };
}

function toolOf(major: number): ConfigTool {
  return {
    name: `qt${major}`,
    toolName: `qmake${major}`,
    tools: [`qmake${major}`, `qmake-qt${major}`, 'qmake'],
    versionArg: '-v',
    // Behind qmake's own version.
    versionIn: new RegExp(`${major}(?:\\.\\d+)+`),
    cflags: [],
    libs: [],
  };
}

/** What `qmake -query` prints: a name and a value a line. */
function factsOf(
  context: DependencyContext,
  command: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const answer = startAsking(context, [...command, '-query']).finish();
  if (exitCode(answer) !== 0) return undefined;
  const pairs = [...answer.stdout.matchAll(/^\s*([^:\n]+):(.*?)\s*$/gm)];
  return new Map(pairs.map(([, name = '', value = '']) => [name, value]));
}

function definedAs(module: string): string {
  const odd: Readonly<Record<string, string>> = { QuickTest: 'QMLTEST', Test: 'TESTLIB' };
  return odd[module] ?? module.toUpperCase();
}

/** Libraries for debugging have names of their own on some systems. */
function suffix({ option, machineInfo }: DependencyContext): string {
  const isDebug =
    option('buildtype') === 'debug' || ['mdd', 'mtd'].includes(String(option('b_vscrt')));
  if (!isDebug) return '';
  if (machineInfo.system === 'windows') return 'd';
  return machineInfo.system === 'darwin' ? '_debug' : '';
}
