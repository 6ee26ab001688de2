import { posix } from 'node:path';
import { type Command, Option } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import { splitWords } from '../../base/shell-words.ts';
import { findInPath } from '../../host/find-in-path.ts';
import {
  argumentVariables,
  binaryVariables,
  languagesUsingCppflags,
  languagesUsingLdflags,
} from '../../toolchains/languages.ts';
import { type MachineFileFacts, machineFileText } from '../machine-file-text.ts';
import { flag, type ParsedOptions, parseWords, text } from '../parse-words.ts';
import { refuse, refuseFile } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';

/** `kaon env2mfile --native|--cross -o FILE` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const summary = 'Write what the environment says of compilers as a machine file.';
  const parsed = parseWords(session.terminal, { name: 'env2mfile', summary, define }, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options } = parsed;
  const [cross, native] = [flag(options, 'cross'), flag(options, 'native')];
  const forBuild = flag(options, 'useForBuild');
  if (cross === native) return refuse(session, 'One of --cross and --native is needed.');
  if (cross && forBuild) {
    return refuse(session, '--use-for-build only makes sense for --native, not --cross');
  }
  const machine = cross ? machineOf(options) : ok(undefined);
  if (!machine.ok) return refuse(session, machine.error);
  const facts = factsOf(session, { suffix: forBuild ? '_FOR_BUILD' : '', complete: native });
  const { files, system } = session.host;
  const path = posix.resolve(system.workingDirectory, text(options, 'o') ?? '');
  const written = files.replace(path, machineFileText({ ...facts, machine: machine.value }));
  return written.ok ? exitCodes.ok : refuseFile(session, written.error);
}

function define(command: Command): void {
  command
    .option('--cross', 'A cross file')
    .option('--native', 'A native file')
    .requiredOption('-o <file>', 'Where to write it')
    .option('--use-for-build', 'Heed the variables that end in _FOR_BUILD');
  for (const name of machineKeys) {
    command.option(
      `--${name.replace('_', '-')} <value>`,
      `The ${name} of the cross file's machine`,
    );
  }
  command.addOption(
    new Option('--endian <value>', 'Its byte order').choices(['big', 'little']).default('little'),
  );
}

const machineKeys = ['system', 'subsystem', 'kernel', 'cpu', 'cpu_family'];

/** As options name them: `cpuFamily`. */
function machineOf(options: ParsedOptions): Result<ReadonlyMap<string, string>, string> {
  const machine = new Map<string, string>();
  for (const name of ['cpu', 'cpu_family', 'endian', 'system', 'subsystem', 'kernel']) {
    const value = text(options, name === 'cpu_family' ? 'cpuFamily' : name);
    if (value !== undefined) machine.set(name, value);
    else if (name !== 'kernel') {
      const wanted = name.replace('_', '-');
      return err(`Cross property "${name}" missing, set it with --${wanted}.`);
    }
  }
  return ok(machine);
}

/** What programs are called where no variable names them. */
const usualNames: Readonly<Record<string, readonly string[]>> = {
  c: ['cc', 'gcc', 'clang'],
  cpp: ['c++', 'g++', 'clang++'],
  objc: ['clang', 'gcc'],
  objcpp: ['clang++', 'g++'],
  fortran: ['gfortran', 'flang'],
  rust: ['rustc'],
  vala: ['valac'],
  cython: ['cython', 'cython3'],
  nasm: ['nasm', 'yasm'],
  d: ['ldc2', 'ldc', 'gdc', 'dmd'],
  cs: ['mcs', 'csc'],
};

function factsOf(
  { host }: Session,
  { suffix, complete }: { readonly suffix: string; readonly complete: boolean },
): Omit<MachineFileFacts, 'machine'> {
  const words = (variable: string): readonly string[] =>
    splitWords(host.system.environment[variable + suffix] ?? '') ?? [];
  const facts = {
    compilers: new Map<string, readonly string[]>(),
    binaries: new Map<string, readonly string[]>(),
    compileArgs: new Map<string, readonly string[]>(),
    linkArgs: new Map<string, readonly string[]>(),
    properties: new Map<string, string>(),
  };
  for (const [name, variable] of Object.entries(binaryVariables)) {
    const usual = usualNames[name];
    const given = words(variable);
    const found = complete
      ? (usual ?? [name]).flatMap((each) => findInPath(host, each) ?? []).slice(0, 1)
      : [];
    const command = given.length > 0 ? given : found;
    if (command.length === 0) continue;
    (usual === undefined ? facts.binaries : facts.compilers).set(name, command);
    if (usual === undefined) continue;
    const own = words(argumentVariables[name] ?? 'NONE');
    const before = languagesUsingCppflags.includes(name) ? words('CPPFLAGS') : [];
    const link = languagesUsingLdflags.includes(name) ? words('LDFLAGS') : [];
    facts.compileArgs.set(name, [...before, ...own]);
    facts.linkArgs.set(name, [...link, ...own]);
  }
  const properties = { pkg_config_libdir: 'PKG_CONFIG_LIBDIR', sys_root: 'PKG_CONFIG_SYSROOT_DIR' };
  for (const [name, variable] of Object.entries(properties)) {
    const value = host.system.environment[variable + suffix];
    if (value !== undefined) facts.properties.set(name, value);
  }
  return facts;
}
