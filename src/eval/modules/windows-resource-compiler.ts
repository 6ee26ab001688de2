import type { Call } from '../call.ts';
import { toolchainOf } from '../languages/add-languages.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { searchProgram } from '../programs/search-program.ts';

export interface ResourceCompiler {
  /** How it is called: as binutils', as Microsoft's, or as Wine's. */
  readonly kind: 'windres' | 'rc' | 'wrc';
  readonly command: readonly string[];
}

const found = perEvaluation((): { compiler?: ResourceCompiler } => ({}));

/** The resource compiler of the host machine: of the machine file, else a usual one. */
export function resourceCompiler(call: Call): ResourceCompiler {
  const state = found(call.evaluation);
  state.compiler ??= identified(call, searched(call));
  return state.compiler;
}

function searched(call: Call): readonly string[] {
  const { configs, host } = call.evaluation;
  const configured = configs.host.binaries.get('windres');
  if (configured !== undefined) {
    const [name = '', ...more] = configured;
    return [...(searchProgram(host, name, []) ?? [name]), ...more];
  }
  const compiler = toolchainOf(call, 'c', 'host') ?? toolchainOf(call, 'cpp', 'host');
  if (compiler === undefined)
    return call.fail('Resource compilation requires a C or C++ compiler.');
  const isMicrosoft = ['link', 'lld-link'].includes(compiler.linker?.id ?? '');
  const names = isMicrosoft ? ['rc', 'llvm-rc'] : ['windres', 'llvm-windres'];
  for (const name of names) {
    const command = searchProgram(host, name, []);
    if (command !== undefined) return command;
  }
  return call.fail('Could not find Windows resource compiler', {
    hint: 'binutils for mingw-w64 bring windres; a machine file names it under [binaries]',
  });
}

/** What each kind says of itself, and when asked how. */
const signs = [
  { kind: 'rc', argument: '/?', sign: /^.*Microsoft.*Resource Compiler.*$/m },
  { kind: 'rc', argument: '/?', sign: /LLVM Resource Converter.*$/m },
  { kind: 'windres', argument: '--version', sign: /^.*GNU windres.*$/m },
  { kind: 'wrc', argument: '--version', sign: /^.*Wine Resource Compiler.*$/m },
] as const;

function identified(call: Call, command: readonly string[]): ResourceCompiler {
  const { host, log } = call.evaluation;
  for (const { kind, argument, sign } of signs) {
    const { stdout } = host.processes.run({
      argv: [...command, argument],
      workingDirectory: host.system.workingDirectory,
      environment: host.system.environment,
    });
    const [line] = sign.exec(stdout) ?? [];
    if (line === undefined) continue;
    log(`Windows resource compiler: ${line}`);
    return { kind, command };
  }
  return call.fail('Could not determine type of Windows resource compiler');
}
