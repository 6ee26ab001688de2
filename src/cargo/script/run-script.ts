import { posix } from 'node:path';
import type { Environment } from '../../base/environment.ts';
import type { Files, Finished, Host, Launch } from '../../host/host.ts';
import { isMadeByBuild } from '../../host/made-by-build.ts';
import type { ScriptAudience, ScriptRequest, ScriptWork } from '../../model/script-request.ts';
import { below } from './below.ts';
import { type Directives, parseDirectives } from './directives.ts';
import { linkedFiles } from './linked-files.ts';
import {
  argumentFile,
  cdylibArguments,
  consumerArguments,
  environmentFile,
  libraryPaths,
  metadataFile,
  metadataVariables,
  nativeArguments,
  scriptDepfile,
  searchArguments,
} from './script-arguments.ts';

/** What the planner wrote, as two arguments in JSON. */
export function scriptRequest([work = '{}', audience = '{}']: readonly string[]): ScriptRequest {
  return { ...(JSON.parse(work) as ScriptWork), ...(JSON.parse(audience) as ScriptAudience) };
}

/** What the last run that went well said; undefined where that is gone. */
export function lastRun({ files }: Pick<Host, 'files'>, { folder, program }: ScriptWork) {
  const [stdout, stderr] = ['output', 'stderr'].map((name) => files.readText(`${folder}/${name}`));
  if (program === undefined || stdout?.ok !== true || stderr?.ok !== true) return undefined;
  return {
    ended: { kind: 'exited', code: 0 },
    stdout: stdout.value,
    stderr: stderr.value,
    tookMs: 0,
  } as const satisfies Finished;
}

/** What is to be shown of a run, and whether it went well. */
export interface ScriptRun {
  readonly isDone: boolean;
  readonly shown: string;
  /** It named a file that is not there: Cargo runs it with every build then, and there are scripts that want that. */
  readonly again: boolean;
}

/** Runs a build script and writes down what it says. */
export function runScript(host: Host, request: ScriptRequest): ScriptRun {
  const { environment } = host.system;
  const launch = scriptLaunch(host, request, { environment });
  const finished = launch && host.processes.run(launch);
  return endScript(host, request, { environment, finished });
}

/** The process of a build script; nothing where it is not to be run. */
export function scriptLaunch(
  { files, system }: Host,
  { program, folder, source, others, libraries = [] }: ScriptRequest,
  {
    environment,
    jobs = system.cores,
  }: { readonly environment: Environment; readonly jobs?: number | undefined },
): Pick<Launch, 'argv' | 'environment' | 'workingDirectory'> | undefined {
  if (program === undefined) return undefined;
  // Where that cannot be made, the script says so.
  files.makeDirectory(`${folder}/out`);
  const texts = libraries.map((path) => files.readText(path));
  const exports = texts.map((text) => (text.ok ? text.value : '')).join('');
  return {
    argv: exports === '' ? [program] : ['/bin/sh', '-c', `${exports}exec "$0"`, program],
    workingDirectory: source,
    environment: {
      ...environment,
      NUM_JOBS: String(jobs),
      ...Object.assign({}, ...others.map(({ links, file }) => variablesIn(files, links, file))),
    },
  };
}

/** Writes down what a build script said, in the environment that it had. */
export function endScript(
  { files }: Host,
  request: ScriptRequest,
  ran: { readonly environment: Environment; readonly finished: Finished | undefined },
): ScriptRun {
  const { folder } = request;
  const { ended, stdout, stderr } = ran.finished ?? {
    ended: { kind: 'exited', code: 0 },
    stdout: request.said ?? '',
    stderr: '',
  };
  const made = files.makeDirectory(`${folder}/out`);
  const failed = (shown: string): ScriptRun => ({ isDone: false, shown, again: false });
  if (!made.ok) return failed(`${folder}/out: ${made.error.reason}\n`);
  files.write(`${folder}/output`, stdout);
  files.write(`${folder}/stderr`, stderr);
  const { directives, faults } = parseDirectives(
    stdout,
    request.program === undefined ? undefined : request.owner,
  );
  const bootstrap = bootstrapOf(request, directives, ran.environment);
  const problems = [...faults, ...bootstrap.errors, ...directives.errors];
  const isDone = ended.kind === 'exited' && ended.code === 0 && problems.length === 0;
  if (!isDone) return failed(failure(request, { ended, stdout, stderr, problems }));
  const told = request.withoutCheckCfg === true ? { ...directives, checkCfgs: [] } : directives;
  const fault = writeResults({ files, environment: ran.environment }, request, told);
  if (fault !== undefined) return failed(fault);
  const warnings = request.isLocal ? [...bootstrap.warnings, ...directives.warnings] : [];
  return {
    isDone,
    shown: warnings.map((text) => `warning: ${request.package}: ${text}\n`).join(''),
    again: request.isLocal && namesMissing(files, request, directives),
  };
}

/** Makes rustc take unstable features, which crates may not decide on themselves. */
const bootstrapVariable = 'RUSTC_BOOTSTRAP';

/** As Cargo: an error, but for those who have set it for all crates, or for this one, anyway. */
function bootstrapOf(
  { package: of, hasLibrary }: ScriptRequest,
  directives: Directives,
  environment: Environment,
): { readonly errors: readonly string[]; readonly warnings: readonly string[] } {
  const [, value] = directives.environment.find(([name]) => name === bootstrapVariable) ?? [];
  if (value === undefined) return { errors: [], warnings: [] };
  const crate = of.replace(/ .*$/s, '').replaceAll('-', '_');
  const allowed = environment[bootstrapVariable]?.split(',') ?? [];
  const said =
    `cannot set \`${bootstrapVariable}=${value}\` from build script of \`${of}\`.\n` +
    'note: crates cannot set `RUSTC_BOOTSTRAP` themselves, as doing so would subvert the stability guarantees of Rust for your project.';
  if (allowed.includes('1') || (hasLibrary && allowed.includes(crate)))
    return { errors: [], warnings: [said] };
  const instead = `set the environment variable \`${bootstrapVariable}=${hasLibrary ? crate : '1'}\` before running kaon instead.`;
  return {
    errors: [`${said}\nhelp: If you're sure you want to do this in your project, ${instead}`],
    warnings: [],
  };
}

function withoutBootstrap(directives: Directives): Directives {
  const environment = directives.environment.filter(([name]) => name !== bootstrapVariable);
  return { ...directives, environment };
}

function namesMissing(
  files: Files,
  { source, folder, program }: ScriptRequest,
  { rerun }: Directives,
): boolean {
  const named = program === undefined ? [] : (rerun?.files ?? []);
  return named
    .map((path) => posix.resolve(source, path))
    .some((path) => !path.startsWith(`${folder}/`) && !files.exists(path));
}

function variablesIn(files: Files, links: string, file: string) {
  const text = files.readText(file);
  return metadataVariables(links, text.ok ? text.value : '');
}

function failure(
  request: ScriptRequest,
  about: {
    readonly ended: { readonly kind: string; readonly code?: number; readonly reason?: string };
    readonly stdout: string;
    readonly stderr: string;
    readonly problems: readonly string[];
  },
): string {
  const { ended, stdout, stderr, problems } = about;
  const how =
    ended.kind === 'exited' ? `ended with ${ended.code}` : (ended.reason ?? `was ${ended.kind}`);
  const program = request.program === undefined ? '' : `: ${request.program}`;
  const part = (title: string, text: string) =>
    text === '' ? '' : `--- ${title}\n${text}${text.endsWith('\n') ? '' : '\n'}`;
  return [
    `error: the build script of ${request.package} ${problems.length > 0 ? 'failed' : `${how}${program}`}\n`,
    ...problems.map((text) => `error: ${text}\n`),
    part('stdout', stdout),
    part('stderr', stderr),
  ].join('');
}

function writeResults(
  { files, environment }: { readonly files: Files; readonly environment: Environment },
  request: ScriptRequest,
  directives: Directives,
): string | undefined {
  const { folder, source, links, buildRoot } = request;
  const { rerun } = directives;
  const watched =
    rerun === undefined
      ? request.isLocal && request.program !== undefined
        ? [source, ...below(files, source, isOfPackage(files))]
        : []
      : rerun.files
          .map((path) => posix.resolve(source, path))
          // What the script itself makes is no reason to run it.
          .filter((path) => !path.startsWith(`${folder}/`))
          .flatMap((path) => [
            path,
            ...(files.isDirectory(path) ? below(files, path, () => true) : []),
          ]);
  const said = directives.environment.some(([name]) => name === bootstrapVariable);
  const named = [...(rerun?.variables ?? []), ...(said ? [bootstrapVariable] : [])];
  const variables = named.map((name) => [name, environment[name]] as const);
  const texts: readonly (readonly [string, string])[] = [
    [`${folder}/search.args`, argumentFile(searchArguments(directives, buildRoot, 'built'))],
    [`${folder}/elsewhere.args`, argumentFile(searchArguments(directives, buildRoot, 'elsewhere'))],
    [`${folder}/environment`, environmentFile(withoutBootstrap(directives))],
    [`${folder}/metadata`, links === undefined ? '' : metadataFile(directives)],
    [`${folder}/libraries`, linkedFiles(files, request, { ...directives, watched })],
    [`${folder}/dependents-cdylib.args`, argumentFile(cdylibArguments(directives))],
    [`${folder}/native.args`, argumentFile(nativeArguments(directives))],
    [`${folder}/paths`, libraryPaths(directives, buildRoot)],
    [`${folder}/script.d`, scriptDepfile(`${folder}/environment`, watched, variables)],
    ...request.consumers.map(
      ({ name, file }) =>
        [
          file,
          argumentFile(
            consumerArguments(directives, { consumer: name, hasLibrary: request.hasLibrary }),
          ),
        ] as const,
    ),
  ];
  for (const [path, text] of texts) {
    const written = files.write(path, text);
    if (!written.ok) return `${path}: ${written.error.reason}\n`;
  }
  return undefined;
}

/** Hidden files, build directories and packages inside are no part of a package. */
function isOfPackage(files: Files): (path: string) => boolean {
  return (path) => {
    const name = posix.basename(path);
    if (name.startsWith('.') || name === 'target') return false;
    return !files.exists(`${path}/Cargo.toml`) && !isMadeByBuild(files, path);
  };
}
