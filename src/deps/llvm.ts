import { type ConfigTool, findTool, toolWords } from './config-tool.ts';
import { type DependencyContext, type DependencyRequest, isStatic } from './context.ts';
import { type Attempt, absent, found } from './found.ts';
import { threads } from './system/threads.ts';

/** LLVM as llvm-config tells of it. Modules are its components. */
export function findLlvm(context: DependencyContext, request: DependencyRequest): Attempt {
  const running = findTool(context, llvmConfig(context), request);
  if (running === undefined) return absent;
  const words = (...args: string[]): readonly string[] | undefined => {
    const answer = toolWords(context, running.command, args);
    return answer.ok ? answer.value : undefined;
  };
  const components = chosenComponents(words('--components') ?? [], request);
  const details = components.told.length === 0 ? '' : `(modules: ${components.told.join(', ')})`;
  const [missing] = components.missing;
  if (missing !== undefined)
    return request.required
      ? { kind: 'failed', reason: `Could not find required LLVM Component: ${missing}` }
      : { kind: 'absent', details };
  const static_ = isStatic(context, request);
  const how = static_ ? ['--link-static', '--system-libs'] : ['--link-shared'];
  const libs = words('--libs', '--ldflags', ...how, ...components.chosen);
  if (libs === undefined) return { kind: 'absent', details };
  const flags = new Set(words('--cppflags') ?? []);
  flags.delete('-DNDEBUG');
  return found({
    name: 'LLVM',
    type: 'config-tool',
    machine: context.machine,
    version: running.version,
    compileArgs: [...flags].filter((arg) => arg !== '-I/usr/include'),
    linkArgs: withoutSystemFolders(context, libs),
    dependencies: [threads(context)],
    tool: running.command,
    language: 'cpp',
    details,
  });
}

/** Versions that distributions put into the program's name, the newest first. */
function llvmConfig({ machineInfo }: DependencyContext): ConfigTool {
  const versions = [
    ...Array.from({ length: 23 }, (_, index) => String(22 - index)).filter((v) => Number(v) >= 7),
    ...['6.0', '5.0', '4.0', '3.9', '3.8', '3.7', '3.6', '3.5'],
  ];
  const wide = machineInfo.cpuFamily.endsWith('64');
  return {
    name: 'llvm',
    toolName: 'llvm-config',
    tools: [
      'llvm-config',
      ...versions.flatMap((version) => [`llvm-config-${version}`, `llvm-config${version}`]),
      ...['llvm-config-devel', wide ? 'llvm-config-64' : 'llvm-config-32'],
    ],
    cflags: [],
    libs: [],
  };
}

function chosenComponents(provided: readonly string[], request: DependencyRequest) {
  const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
  const required = sorted(request.modules);
  const optional = sorted(request.optionalModules);
  const has = (name: string): boolean => provided.includes(name);
  return {
    chosen: [...new Set([...required, ...optional].filter(has))],
    missing: required.filter((name) => !has(name)),
    told: [
      ...required.map((name) => (has(name) ? name : `${name}(missing)`)),
      ...optional.map((name) => (has(name) ? name : `${name}(missing but optional)`)),
    ],
  };
}

function withoutSystemFolders(
  context: DependencyContext,
  args: readonly string[],
): readonly string[] {
  const facts = context.checker('cpp')?.family.toolchain.facts ?? {};
  const folders = (facts['library-folders'] ?? '').split(':');
  return args
    .filter((arg) => !(arg.startsWith('-L') && folders.includes(arg.slice(2))))
    .map((arg) => (arg.startsWith('-l') && arg.endsWith('.so') ? arg.slice(2) : arg));
}
