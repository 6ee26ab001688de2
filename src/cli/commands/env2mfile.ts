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
import { androidFiles } from '../env2mfile/android-files.ts';
import { debianCross } from '../env2mfile/debian-cross.ts';
import { type MachineFileFacts, machineFileText } from '../env2mfile/machine-file-text.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseFile } from '../terminal/refuse.ts';
import { flag, type ParsedOptions, parseWords, text } from '../words/parse-words.ts';

/** `kaon env2mfile --native|--cross -o FILE` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const summary = 'Write what the environment says of compilers as a machine file.';
  const parsed = parseWords(session.terminal, { name: 'env2mfile', summary, define }, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options } = parsed;
  const kinds = ['cross', 'native', 'android'].filter((name) => flag(options, name));
  if (kinds.length !== 1) {
    refuse(session, 'One of --cross, --native and --android is needed.');
    return exitCodes.usage;
  }
  if (flag(options, 'android')) return writeAndroid(session, text(options, 'o') ?? '');
  const [cross, forBuild] = [flag(options, 'cross'), flag(options, 'useForBuild')];
  if (cross && forBuild) {
    return refuse(session, '--use-for-build only makes sense for --native, not --cross');
  }
  const facts = cross
    ? crossFacts(session, options)
    : ok(nativeFacts(session, forBuild ? '_FOR_BUILD' : ''));
  if (!facts.ok) return refuse(session, facts.error);
  return write(session, text(options, 'o') ?? '', machineFileText(facts.value));
}

function write(session: Session, path: string, content: string): number {
  const { files, system } = session.host;
  const written = files.replace(posix.resolve(system.workingDirectory, path), content);
  return written.ok ? exitCodes.ok : refuseFile(session, written.error);
}

/** A cross file for each of Android's compilers, in a folder. */
function writeAndroid(session: Session, folder: string): number {
  const made = androidFiles(session.host);
  if (!made.ok) return refuse(session, made.error);
  const { files, system } = session.host;
  files.makeDirectory(posix.resolve(system.workingDirectory, folder));
  for (const [name, content] of made.value) {
    const code = write(session, posix.join(folder, name), content);
    if (code !== exitCodes.ok) return code;
  }
  return exitCodes.ok;
}

function nativeFacts(session: Session, suffix: '' | '_FOR_BUILD'): MachineFileFacts {
  return { ...factsOf(session, { suffix, complete: true }), machine: undefined };
}

/** Of the environment; of an architecture of Debian's also what its tools are. */
function crossFacts(session: Session, options: ParsedOptions): Result<MachineFileFacts, string> {
  const told = factsOf(session, { suffix: '', complete: false });
  const architecture = text(options, 'debarch');
  if (architecture === undefined) {
    const machine = machineOf(options);
    return machine.ok ? ok({ ...told, machine: machine.value }) : machine;
  }
  const gccSuffix = text(options, 'gccsuffix') ?? '';
  const debian = debianCross(session.host, { architecture, gccSuffix });
  if (!debian.ok) return debian;
  if (debian.value.compilers.size === 0)
    session.terminal.print('Warning: no compilers were detected.');
  return ok({
    ...debian.value,
    binaries: new Map([...debian.value.binaries, ...told.binaries]),
    properties: told.properties,
  });
}

function define(command: Command): void {
  command
    .option('--cross', 'A cross file')
    .option('--native', 'A native file')
    .option('--android', 'Cross files for the compilers of Android NDKs, in the folder -o')
    .option('--debarch <name>', 'With --cross: for an architecture of Debian, or `auto`')
    .option('--gccsuffix <text>', 'What follows the names of its compilers: `-12`')
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
  for (const name of ['system', 'subsystem', 'kernel', 'cpu', 'cpu_family', 'endian']) {
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
