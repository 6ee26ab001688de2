import { posix } from 'node:path';
import { changedEnvironment, type EnvironmentChange } from '../../base/environment.ts';
import { quoteWords } from '../../base/shell-words.ts';
import { pythonList } from '../../deps/ask.ts';
import { argumentVariables, binaryVariables } from '../../toolchains/languages.ts';
import type { Call } from '../call.ts';
import { toolchainsOf } from '../languages/add-languages.ts';
import { requiredCommand } from '../programs/required-program.ts';
import { searchProgram } from '../programs/search-program.ts';
import { optionOf, textOption } from '../targets/options.ts';

/** A project with a build system of its own, and how it is to be set up. */
export interface ExternalRequest {
  readonly name: string;
  readonly command: string;
  readonly options: readonly string[];
  readonly crossOptions: readonly string[];
  readonly verbose: boolean;
  readonly changes: readonly EnvironmentChange[];
  /** Absolute. */
  readonly sourceDir: string;
  /** Absolute. */
  readonly buildDir: string;
}

/** Sets it up now; what builds it later, as words. */
export function configureExternal(call: Call, request: ExternalRequest): readonly string[] {
  const { files } = call.evaluation.host;
  const isWaf = request.command === 'waf';
  if (isWaf) call.uses('Waf external project', '0.60.0');
  const script = isWaf ? requiredCommand(call, 'waf') : configureScript(call, request);
  const make = isWaf ? [...script, 'build'] : requiredCommand(call, 'make');
  files.makeDirectory(request.buildDir);
  runStep(call, request, {
    argv: [
      ...script,
      ...(isWaf ? ['configure', '-o', request.buildDir] : []),
      ...configureOptions(call, request),
    ],
    folder: isWaf ? request.sourceDir : request.buildDir,
  });
  return make;
}

function configureScript(call: Call, { command, sourceDir }: ExternalRequest): readonly string[] {
  const path = posix.join(sourceDir, command);
  return (
    searchProgram(call.evaluation.host, path, []) ??
    call.fail(`Program '${path}' not found or not executable`)
  );
}

/** The options of the script; where its folders are not spoken of, the usual ones are added. */
function configureOptions(call: Call, request: ExternalRequest): readonly string[] {
  const defaults = {
    PREFIX: '--prefix=@PREFIX@',
    LIBDIR: '--libdir=@PREFIX@/@LIBDIR@',
    BINDIR: '--bindir=@PREFIX@/@BINDIR@',
  };
  const added = Object.entries(defaults).flatMap(([name, option]) =>
    request.options.some((one) => one.includes(`@${name}@`)) ? [] : [option],
  );
  if (added.length > 0) call.uses('Default configure_option', '0.57.0');
  const folders = {
    PREFIX: textOption(call, 'prefix'),
    LIBDIR: textOption(call, 'libdir'),
    BINDIR: textOption(call, 'bindir'),
    INCLUDEDIR: textOption(call, 'includedir'),
  };
  const { machines, cross } = call.evaluation;
  const { cpu, cpuFamily, system } = machines.host;
  const vendor = ['x86', 'x86_64'].includes(cpuFamily) ? 'pc' : 'unknown';
  return [
    ...filled(call, [...request.options, ...added], folders),
    ...(cross ? filled(call, request.crossOptions, { HOST: `${cpu}-${vendor}-${system}` }) : []),
  ];
}

function filled(
  call: Call,
  options: readonly string[],
  values: Readonly<Record<string, string>>,
): readonly string[] {
  const missing = new Set<string>();
  const texts = options.map((option) =>
    option.replaceAll(/@([-a-zA-Z0-9_]+)@/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) missing.add(name);
      return value ?? whole;
    }),
  );
  if (missing.size > 0) {
    const names = [...missing].sort().map((name) => `'${name}'`);
    call.fail(`Variables ${names.join(', ')} in configure options are missing.`);
  }
  return texts;
}

/** The compilers and arguments of this build, as such scripts take them. */
function stepEnvironment(call: Call, { changes }: ExternalRequest) {
  const { evaluation } = call;
  const environment: Record<string, string> = { ...evaluation.host.system.environment };
  const list = (name: string): readonly string[] => {
    const value = optionOf(call, name);
    return Array.isArray(value) ? value : [];
  };
  let linkArgs: readonly string[] | undefined;
  for (const [language, toolchain] of toolchainsOf(call, 'host')) {
    const program = binaryVariables[language];
    const args = argumentVariables[language];
    if (program === undefined || args === undefined) continue;
    environment[program] = quoteWords(toolchain.command);
    environment[args] = quoteWords(list(`${language}_args`));
    linkArgs ??= list(`${language}_link_args`);
  }
  environment['LDFLAGS'] = quoteWords(linkArgs ?? []);
  // What this build makes can be found before it is installed.
  const uninstalled = `${evaluation.buildRoot}/meson-uninstalled`;
  const paths = [uninstalled, ...list('pkg_config_path'), environment['PKG_CONFIG_PATH'] ?? ''];
  return changedEnvironment(
    { ...environment, PKG_CONFIG_PATH: paths.filter((path) => path !== '').join(':') },
    changes,
  );
}

function runStep(
  call: Call,
  request: ExternalRequest,
  { argv, folder }: { readonly argv: readonly string[]; readonly folder: string },
): void {
  const { host, buildRoot, log } = call.evaluation;
  log(`External project ${request.name}: configure`);
  const head = `Running command ${pythonList(argv)} in directory ${folder}`;
  const { ended, stdout, stderr } = host.processes.run({
    argv,
    workingDirectory: folder,
    environment: stepEnvironment(call, request),
  });
  const logFile = `${buildRoot}/meson-logs/${request.name}-configure.log`;
  if (request.verbose) for (const line of [head, ...lines(stdout + stderr)]) log(line);
  else {
    host.files.makeDirectory(posix.dirname(logFile));
    host.files.write(logFile, `${head}\n\n${stdout}${stderr}`);
  }
  if (ended.kind === 'exited' && ended.code === 0) return;
  const code = ended.kind === 'exited' ? ended.code : ended.kind;
  const where = request.verbose ? '' : `\nSee logs: ${logFile}`;
  call.fail(`configure step returned error code ${code}.${where}`);
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
