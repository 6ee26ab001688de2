import { type Command, Option } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import { plainError } from '../../diag/diagnostic.ts';
import { listOfText } from '../../eval/options/list-value.ts';
import type { Service } from '../../ninja/service.ts';
import { buildGraph } from '../build/build-graph.ts';
import type { BuildRequest } from '../build/build-request.ts';
import { findTarget, saysSeveral } from '../build/find-target.ts';
import { type Opened, type OpenRequest, openBuild } from '../build/open-build.ts';
import { removeBuilt } from '../build/remove-built.ts';
import { asConfigured } from '../cargo/as-configured.ts';
import { cargoJobs } from '../cargo/cargo-jobs.ts';
import {
  cargoOptions,
  defineCargoOptions,
  directoryWord,
  refusedWords,
} from '../cargo/cargo-words.ts';
import { builtGoals, defineBuiltWords, lackingFeatures } from '../cargo/crate-target-words.ts';
import { withMessages } from '../cargo/with-messages.ts';
import { whyNoService } from '../clang-tools/services.ts';
import { runService } from '../ninja/run-service.ts';
import { services } from '../ninja/services.ts';
import { runClippy } from '../rust-tools/run-clippy.ts';
import { runRustdoc } from '../rust-tools/run-rustdoc.ts';
import { asRustTool, ownCrates, type RustTool, runRustfmt } from '../rust-tools/rust-tool.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseDiagnostic } from '../terminal/refuse.ts';
import {
  flag,
  jobs,
  number,
  type ParsedOptions,
  type ParsedWords,
  parseWords,
  text,
  texts,
} from '../words/parse-words.ts';

/** `kaon compile [OPTIONS] [TARGET …]` */
export async function run(asked: Session, words: readonly string[]): Promise<number> {
  const usage = {
    name: 'compile',
    summary: 'Build the project, or some targets of it.',
    define: (command: Command) => {
      command
        .argument('[targets...]', 'Targets: [PATH/]NAME[:TYPE], or files that are built')
        .option('--clean', 'Remove what was built');
      defineBuildOptions(command);
      defineCargoWords(command);
    },
  };
  const parsed = parseWords(asked.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { operands } = parsed;
  const { options, ...configured } = asConfigured({ session: asked, options: parsed.options });
  const { session, messages } = withMessages(configured.session, options);
  if (flag(options, 'clean') && operands.length > 0)
    return refuse(session, "`TARGET` and `--clean` can't be used simultaneously");
  const told = text(options, 'ninjaArgs');
  if (told !== undefined) return asNinja(session, told, { options, operands });
  const opened = await openBuild(session, openRequest(options));
  if (!opened.ok) return opened.error;
  try {
    if (flag(options, 'clean')) return removeBuilt(session, opened.value);
    const tool = rustToolIn(opened.value, operands);
    if (tool !== undefined)
      return await withRustTool(session, opened.value, { tool, options, messages });
    const service = serviceIn(session, opened.value, operands);
    if (service !== undefined)
      return await withService(session, opened.value, { service, options });
    const goals = goalsOf(opened.value, operands);
    if (!goals.ok) {
      const hint = whyNoService(session, opened.value.state, operands[0] ?? '');
      return refuseDiagnostic(session, plainError(goals.error, hint));
    }
    const crates = builtGoals(opened.value.state, options);
    if (!crates.ok) {
      const unmet = lackingFeatures(session.host.files, opened.value.state, options);
      return refuse(session, unmet ?? crates.error);
    }
    const wanted = [...goals.value, ...(crates.value ?? [])];
    if (crates.value !== undefined && wanted.length === 0) {
      session.terminal.print('WARNING: no targets matched; there is nothing to build');
      return exitCodes.ok;
    }
    const request = {
      ...buildRequest(options, session, opened.value.state),
      goals: wanted,
      messages,
    };
    return (await buildGraph(session, opened.value, request)).exitCode;
  } finally {
    opened.value.release();
  }
}

/** With ninja's words, separated by commas or as a list. */
async function asNinja(
  session: Session,
  told: string,
  { options, operands }: Pick<Extract<ParsedWords, { kind: 'run' }>, 'options' | 'operands'>,
): Promise<number> {
  const args = listOfText(told);
  if (!args.ok) return refuse(session, args.error);
  const opened = await openBuild(session, openRequest(options));
  if (!opened.ok) return opened.error;
  const goals = goalsOf(opened.value, operands);
  opened.value.release();
  if (!goals.ok) return refuse(session, goals.error);
  const jobs = number(options, 'jobs', 0);
  const own = [...(jobs > 0 ? [`-j${jobs}`] : []), ...(flag(options, 'verbose') ? ['-v'] : [])];
  const { run: ninja } = await import('./ninja.ts');
  const directory = opened.value.state.buildRoot;
  return ninja(session, ['-C', directory, ...own, ...args.value, ...goals.value]);
}

/** `clippy`, `rustfmt`, `rustdoc`, where no target of the project has that name. */
function rustToolIn({ state, graph }: Opened, names: readonly string[]): RustTool | undefined {
  const [name = '', ...others] = names;
  const isTarget = graph.goals.has(name) || findTarget(state.targets, name).ok;
  return others.length > 0 || isTarget ? undefined : asRustTool(name);
}

/** Builds what crates need, as far as that goes, and runs the tool over them. */
async function withRustTool(
  session: Session,
  opened: Opened,
  {
    tool,
    options,
    messages,
  }: { readonly tool: RustTool; readonly options: ParsedOptions } & Pick<BuildRequest, 'messages'>,
): Promise<number> {
  const crates = ownCrates(session, opened.state);
  if (typeof crates === 'number') return crates;
  const request = buildRequest(options, session, opened.state);
  if (tool === 'clippy' || tool === 'clippy-json')
    return runClippy(session, opened, {
      crates,
      request,
      messages,
      isJson: tool === 'clippy-json',
    });
  if (tool === 'rustfmt') return runRustfmt(session, { ...opened.state, crates });
  return runRustdoc(session, opened, { crates, request, messages });
}

/** `clang-format`, `clang-tidy`, `TAGS` and what else works on sources, where no target has that name. */
function serviceIn(
  session: Session,
  opened: Opened,
  names: readonly string[],
): Service | undefined {
  const [name = '', ...others] = names;
  if (others.length > 0 || !/^(clang-|scan-build$|TAGS$|ctags$|cscope$)/.test(name))
    return undefined;
  if (opened.graph.goals.has(name) || findTarget(opened.state.targets, name).ok) return undefined;
  return services(session, opened).find((service) => service.name === name);
}

async function withService(
  session: Session,
  opened: Opened,
  { service, options }: { readonly service: Service; readonly options: ParsedOptions },
): Promise<number> {
  if (service.needs.length > 0) {
    const request = { ...buildRequest(options, session, opened.state), goals: service.needs };
    const { exitCode } = await buildGraph(session, opened, request);
    if (exitCode !== exitCodes.ok) return exitCode;
  }
  return runService(session, opened.state.buildRoot, service);
}

/** What `kaon` takes of Cargo's words: the help of `kaon` tells of them. */
function defineCargoWords(command: Command): void {
  const known = command.options.length;
  defineCargoOptions(command);
  defineBuiltWords(command);
  for (const option of command.options.slice(known)) option.hideHelp();
}

/** Options that all commands take that build. */
export function defineBuildOptions(command: Command): void {
  command
    .option('-C <dir>', 'The build directory')
    .option(
      '-j, --jobs <count>',
      'How many commands run at once; 0: as many as there are cores',
      jobs,
    )
    .option('-k, --keep-going [n]', 'Go on until so many commands failed; 0, or none: to the end')
    .option('-l, --load-average <n>', 'Start no more while the load average is higher')
    .option('-v, --verbose', 'Show commands as they are run')
    .option('--trace <file>', 'Write the times of all commands for Chrome or Perfetto')
    .option('--no-wait', 'Where another kaon works in the build directory, refuse at once')
    .option('--ninja-args <args>', 'What ninja would be told: -n, -d explain, …')
    .addOption(new Option('--vs-args <args>', 'For other backends').hideHelp())
    .addOption(new Option('--xcode-args <args>', 'For other backends').hideHelp());
}

/** Which build directory is opened, and how it is to be set up, as words of a command say it. */
export function openRequest(options: ParsedOptions): OpenRequest {
  return {
    directory: directoryWord(options),
    manifest: text(options, 'manifestPath'),
    targetDirectory: text(options, 'targetDir'),
    quiet: flag(options, 'quiet'),
    noWait: options['wait'] === false,
    refused: refusedWords(options),
    options: cargoOptions(options),
    config: texts(options, 'config'),
  };
}

/** What to build with, as words of a command say it; its goals are yet to come. */
export function buildRequest(
  options: ParsedOptions,
  { host }: Session,
  place: { readonly sourceRoot: string; readonly buildRoot: string },
): BuildRequest {
  return {
    goals: [],
    jobs: number(options, 'jobs', 0) || cargoJobs(host, place),
    keepGoing: options['keepGoing'] === true ? 0 : number(options, 'keepGoing', 1),
    maxLoad: loadOf(options),
    verbose: flag(options, 'verbose'),
    silent: flag(options, 'quiet'),
    futureReport: flag(options, 'futureIncompatReport'),
    trace: text(options, 'trace'),
  };
}

function loadOf(options: ParsedOptions): number | undefined {
  const load = number(options, 'loadAverage', 0);
  return load > 0 ? load : undefined;
}

/** What to ask the executor for. Names of targets come first; what is none may be a file or a goal. */
export function goalsOf(
  { state, graph }: Pick<Opened, 'state' | 'graph'>,
  names: readonly string[],
): Result<readonly string[], string> {
  const goals: string[] = [];
  for (const name of names) {
    const target = findTarget(state.targets, name);
    if (target.ok) goals.push(...target.value.goals);
    else if (saysSeveral(target.error)) return err(target.error);
    else if (graph.goals.has(name) || makes(state.targets, name)) goals.push(name);
    else return err(target.error);
  }
  return ok(goals);
}

function makes(targets: Opened['state']['targets'], path: string): boolean {
  return targets.some(({ outputs }) => outputs.includes(path));
}
