import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Files, Finished, Host } from '../../host/host.ts';
import { configFiles, foldersOf, ownInputs, settingsAbove } from './inputs.ts';
import { type Mirror, refreshMirror } from './mirror.ts';
import { lockOfPacked } from './package-lock.ts';

/**
 * One run of a TypeScript tool in a package's mirror, as `kaon internal typescript` does it in the
 * actions that the module `typescript` declares. Paths but those of the package are absolute.
 */
export type ToolRun =
  | { readonly kind: 'install'; readonly stamp: string }
  | {
      readonly kind: 'check';
      /** The tsconfig, relative to the package. */
      readonly project: string;
      readonly stamp: string;
      readonly depfile: string;
      readonly buildInfo: string;
    }
  | {
      readonly kind: 'bundle';
      readonly entry: string;
      readonly output: string;
      readonly depfile: string;
      /** Passed to esbuild as they are: `--platform=node`. */
      readonly options: readonly string[];
    }
  | { readonly kind: 'test'; readonly file: string; readonly config: string | undefined };

/** What a tool run came to: text for people and an exit code. */
export interface ToolOutcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a tool; its own output is the outcome's, with paths relative to the package. */
export function runTool(host: Host, mirror: Mirror, run: ToolRun): ToolOutcome {
  const fresh = refreshMirror(host.files, mirror);
  if (!fresh.ok) return { code: 1, output: `kaon: ${fresh.error.path}: ${fresh.error.reason}\n` };
  switch (run.kind) {
    case 'install':
      return install(host, mirror, run.stamp);
    case 'check':
      return check(host, mirror, run);
    case 'bundle':
      return bundle(host, mirror, run);
    case 'test':
      return test(host, mirror, run);
  }
}

/** Installs exactly what package-lock.json says. Nothing of the packages is run. */
function install(host: Host, { source, mirror }: Mirror, stamp: string): ToolOutcome {
  const npm = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
  const lock = host.files.readBytes(posix.join(source, 'package-lock.json'));
  if (!lock.ok) return { code: 1, output: `kaon: ${lock.error.path}: ${lock.error.reason}\n` };
  // npm may rewrite what it reads: it gets copies, never the links.
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    if (!host.files.isFile(posix.join(source, name))) continue;
    host.files.remove(posix.join(mirror, name));
    host.files.copy(posix.join(source, name), posix.join(mirror, name));
  }
  // A release archive brings its packages along; those for other systems npm still gets.
  const packed = lockOfPacked(host.files, source, Buffer.from(lock.value).toString('utf8'));
  if (packed !== undefined) host.files.write(posix.join(mirror, 'package-lock.json'), packed);
  const done = execute(host, mirror, npm);
  refreshMirror(host.files, { source, mirror });
  const outcome = outcomeOf(done, 'npm');
  if (outcome.code !== 0) return outcome;
  const digest = createHash('sha256').update(lock.value).digest('hex');
  return written(host, stamp, `${digest}\n`, { code: 0, output: '' });
}

function check(
  host: Host,
  { source, mirror }: Mirror,
  { project, stamp, depfile, buildInfo }: Extract<ToolRun, { kind: 'check' }>,
): ToolOutcome {
  const tsc = [
    ...['node_modules/.bin/tsc', '-p', project, '--noEmit', '--preserveSymlinks', '--listFiles'],
    ...['--incremental', '--tsBuildInfoFile', buildInfo, '--pretty', 'false'],
  ];
  const done = execute(host, mirror, tsc);
  const lines = done.stdout.split('\n');
  const read = lines.filter((line) => line.startsWith(`${mirror}/`) && !line.includes(': error '));
  const said = lines.filter((line) => !read.includes(line)).join('\n');
  const outcome = outcomeOf({ ...done, stdout: said.trim() === '' ? '' : said }, 'tsc');
  if (outcome.code !== 0) return outcome;
  const paths = read.map((path) => path.slice(mirror.length + 1));
  const inputs = ownInputs(host.files, { source, mirror }, paths);
  const settings = configFiles(host.files, source, project);
  const all = [project, ...settings, ...inputs, ...foldersOf(inputs)];
  const known = written(host, depfile, makeRule(stamp, all, source), outcome);
  return known.code === 0 ? written(host, stamp, '', known) : known;
}

function bundle(
  host: Host,
  { source, mirror }: Mirror,
  { entry, output, depfile, options }: Extract<ToolRun, { kind: 'bundle' }>,
): ToolOutcome {
  const metafile = `${depfile}.json`;
  const esbuild = [
    ...[
      esbuildProgram(host.files, mirror),
      entry,
      '--bundle',
      '--preserve-symlinks',
      '--log-level=warning',
    ],
    ...[`--outfile=${output}`, `--metafile=${metafile}`, ...options],
  ];
  const outcome = outcomeOf(execute(host, mirror, esbuild), 'esbuild');
  if (outcome.code !== 0) return outcome;
  const meta = host.files.readText(metafile);
  if (!meta.ok)
    return { code: 1, output: `${outcome.output}kaon: ${metafile}: ${meta.error.reason}\n` };
  const inputs = ownInputs(host.files, { source, mirror }, metafileInputs(meta.value));
  const all = [...inputs, ...settingsAbove(host.files, source, inputs)];
  return written(host, depfile, makeRule(output, all, source), outcome);
}

/**
 * The program itself where it is there: what npm starts, for want of install scripts, is a script around it
 * that ends each failure with a trace of its own.
 */
function esbuildProgram(files: Files, mirror: string): string {
  const folder = 'node_modules/@esbuild';
  const systems = files.list(posix.join(mirror, folder));
  const programs = (systems.ok ? systems.value : [])
    .map((name) => `${folder}/${name}/bin/esbuild`)
    .filter((path) => files.isFile(posix.join(mirror, path)));
  return programs.length === 1 && programs[0] !== undefined
    ? programs[0]
    : 'node_modules/.bin/esbuild';
}

/** The inputs of an esbuild metafile, relative to the folder it ran in. */
export function metafileInputs(text: string): readonly string[] {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('inputs' in parsed)) return [];
  return Object.keys(parsed.inputs ?? {});
}

function test(
  host: Host,
  { mirror }: Mirror,
  { file, config }: Extract<ToolRun, { kind: 'test' }>,
): ToolOutcome {
  // vitest follows links unless its configuration says otherwise: wrap the package's own.
  const own =
    config ??
    ['vitest.config.ts', 'vitest.config.mts', 'vitest.config.js', 'vite.config.ts'].find((name) =>
      host.files.isFile(posix.join(mirror, name)),
    );
  const wrapped = posix.join(mirror, '.kaon-vitest.config.mjs');
  const text =
    own === undefined
      ? 'export default { resolve: { preserveSymlinks: true } };\n'
      : `import { mergeConfig } from 'vitest/config';\nimport own from './${own}';\nexport default mergeConfig(own, { resolve: { preserveSymlinks: true } });\n`;
  const present = host.files.readText(wrapped);
  if (!present.ok || present.value !== text) host.files.replace(wrapped, text);
  const vitest = [
    'node_modules/.bin/vitest',
    'run',
    file,
    '--config',
    '.kaon-vitest.config.mjs',
    '--reporter=tap-flat',
  ];
  return outcomeOf(execute(host, mirror, vitest), 'vitest');
}

function execute(host: Host, mirror: string, argv: readonly string[]): Finished {
  return host.processes.run({
    argv,
    workingDirectory: mirror,
    environment: host.system.environment,
  });
}

function outcomeOf({ ended, stdout, stderr }: Finished, tool: string): ToolOutcome {
  const output = stdout + stderr;
  switch (ended.kind) {
    case 'exited':
      return { code: ended.code, output };
    case 'killed':
      return { code: 1, output: `${output}kaon: ${tool} was ended by ${ended.signal}\n` };
    case 'timed-out':
      return { code: 1, output: `${output}kaon: ${tool} took too long\n` };
    case 'not-started':
      return {
        code: 1,
        output: `kaon: ${tool} could not be started (${ended.reason}); ${tool === 'npm' ? 'it comes with Node' : 'is it in package-lock.json?'}\n`,
      };
  }
}

function written(host: Host, path: string, text: string, outcome: ToolOutcome): ToolOutcome {
  host.files.makeDirectory(posix.dirname(path));
  const done = host.files.replace(path, text);
  return done.ok
    ? outcome
    : { code: 1, output: `${outcome.output}kaon: ${path}: ${done.error.reason}\n` };
}

/** A Makefile rule over the package's own files. */
export function makeRule(output: string, inputs: readonly string[], source: string): string {
  const escaped = inputs.map((path) =>
    posix
      .join(source, path)
      .replace(/([ #\\])/g, '\\$1')
      .replaceAll('$', '$$$$'),
  );
  return `${output.replaceAll(' ', '\\ ')}: ${[...new Set(escaped)].join(' \\\n  ')}\n`;
}
