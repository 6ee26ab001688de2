import { posix } from 'node:path';
import { parseJsonObject } from '../../base/parse-json.ts';
import type { Files, Host } from '../../host/host.ts';
import { inSource } from './in-source.ts';
import { foldersOf, manifestsAbove, ownInputs, settingsAbove } from './inputs.ts';
import { installPackages } from './install-packages.ts';
import { type Mirror, refreshMirror } from './mirror.ts';
import { nameSources } from './source-map.ts';
import { tapText } from './tap-text.ts';
import { execute, outcomeOf, type ToolOutcome } from './tool-outcome.ts';
import { configFiles, referencedProjects, type TsProject } from './tsconfig.ts';

/**
 * One run of a TypeScript tool in a package's mirror, as `kaon internal typescript` does it in the
 * actions that the module `typescript` declares. Paths but those of the package are absolute.
 */
export type ToolRun =
  | {
      readonly kind: 'install';
      /** Folders with a lock file, relative to the package. */
      readonly folders: readonly string[];
      readonly stamp: string;
      readonly depfile: string;
    }
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

/** Runs a tool; its own output is the outcome's, with paths relative to the package. */
export function runTool(host: Host, mirror: Mirror, run: ToolRun): ToolOutcome {
  const fresh = refreshMirror(host.files, mirror);
  if (!fresh.ok) return { code: 1, output: `kaon: ${fresh.error.path}: ${fresh.error.reason}\n` };
  switch (run.kind) {
    case 'install':
      return install(host, mirror, run);
    case 'check':
      return check(host, mirror, run);
    case 'bundle':
      return bundle(host, mirror, run);
    case 'test':
      return test(host, mirror, run);
  }
}

function install(
  host: Host,
  mirror: Mirror,
  { folders, stamp, depfile }: Extract<ToolRun, { kind: 'install' }>,
): ToolOutcome {
  const digests: string[] = [];
  const inputs: string[] = [];
  for (const folder of folders) {
    const done = installPackages(host, { ...mirror, folder }, (argv, at) =>
      outcomeOf(execute(host, at, argv), 'npm'),
    );
    if ('code' in done) return done;
    digests.push(done.digest);
    inputs.push(...done.inputs);
  }
  const rule = makeRule(stamp, inputs, mirror.source);
  const known = written(host, { path: depfile, text: rule }, { code: 0, output: '' });
  return known.code === 0
    ? written(host, { path: stamp, text: `${digests.join('\n')}\n` }, known)
    : known;
}

function check(
  host: Host,
  { source, mirror, generated = [] }: Mirror,
  { project, stamp, depfile, buildInfo }: Extract<ToolRun, { kind: 'check' }>,
): ToolOutcome {
  const projects = referencedProjects(host.files, source, project);
  const configs = projects.length < 2 ? [project] : eachAlone(host.files, mirror, projects);
  const runs = configs.map((config, index) => {
    const tsc = [
      ...['node_modules/.bin/tsc', '-p', config, '--noEmit', '--emitDeclarationOnly', 'false'],
      '--listFiles',
      ...['--incremental', '--tsBuildInfoFile', index === 0 ? buildInfo : `${buildInfo}.${index}`],
      ...['--pretty', 'false'],
    ];
    const done = execute(host, mirror, tsc);
    return { done, said: done.stdout.split('\n') };
  });
  const isRead = (line: string): boolean => line.startsWith('/') && !line.includes(': error ');
  const outcomes = runs.map(({ done, said }) => {
    const shown = said.filter((line) => !isRead(line)).join('\n');
    return outcomeOf({ ...done, stdout: shown.trim() === '' ? '' : shown }, 'tsc');
  });
  const outcome = {
    code: outcomes.find(({ code }) => code !== 0)?.code ?? 0,
    // What two projects read is told once.
    output: [...new Set(outcomes.flatMap(({ output }) => output.split(/(?<=\n)/)))].join(''),
  };
  if (outcome.code !== 0) return outcome;
  const paths = runs.flatMap(({ said }) => said.filter(isRead));
  const inputs = ownInputs(host.files, { source, mirror, generated }, paths);
  const settings = projects.flatMap(({ config }) => configFiles(host.files, source, config));
  const manifests = manifestsAbove(host.files, source, inputs);
  const all = [project, ...settings, ...inputs, ...foldersOf(inputs), ...manifests];
  const known = written(host, { path: depfile, text: makeRule(stamp, all, source) }, outcome);
  return known.code === 0 ? written(host, { path: stamp, text: '' }, known) : known;
}

/**
 * What tsc is given for several projects. It checks none that another only references, and wants to see
 * what it would have written for that one: so each is checked by itself, from its sources, as if it were
 * alone.
 */
function eachAlone(
  files: Files,
  mirror: string,
  projects: readonly TsProject[],
): readonly string[] {
  return projects
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ config, isComposite, isParent }) => {
      // Beside it, so that types are found where it finds them.
      const folder = posix.dirname(config);
      const own = posix.join(folder, `.kaon-${posix.basename(config)}`);
      const rootDir = posix.relative(folder, '.') || '.';
      // References are not inherited; what a project is composite for is, in its declarations.
      const declared = isComposite ? { composite: false, declaration: true } : {};
      const alone = {
        extends: `./${posix.basename(config)}`,
        compilerOptions: { ...declared, rootDir },
        ...(isParent && { references: [] }),
      };
      files.replace(posix.join(mirror, own), `${JSON.stringify(alone)}\n`);
      return own;
    });
}

function bundle(
  host: Host,
  { source, mirror, generated = [] }: Mirror,
  { entry, output, depfile, options }: Extract<ToolRun, { kind: 'bundle' }>,
): ToolOutcome {
  const metafile = `${depfile}.json`;
  const esbuild = [
    ...[esbuildProgram(host.files, mirror), entry, '--bundle', '--log-level=warning'],
    ...[`--outfile=${output}`, `--metafile=${metafile}`, ...options],
  ];
  const outcome = outcomeOf(execute(host, mirror, esbuild), 'esbuild');
  if (outcome.code !== 0) return outcome;
  const meta = host.files.readText(metafile);
  if (!meta.ok)
    return { code: 1, output: `${outcome.output}kaon: ${metafile}: ${meta.error.reason}\n` };
  nameSources(host.files, `${output}.map`, { source, mirror });
  const inputs = ownInputs(host.files, { source, mirror, generated }, metafileInputs(meta.value));
  const all = [...inputs, ...settingsAbove(host.files, source, inputs)];
  return written(host, { path: depfile, text: makeRule(output, all, source) }, outcome);
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
  return Object.keys(parseJsonObject(text)?.['inputs'] ?? {});
}

function test(
  host: Host,
  { source, mirror }: Mirror,
  { file, config }: Extract<ToolRun, { kind: 'test' }>,
): ToolOutcome {
  // A filter is a part of a path: the whole of it stands for no other file.
  const vitest = [
    ...['node_modules/.bin/vitest', 'run', posix.join(mirror, file), '--reporter=tap-flat'],
    ...(config === undefined ? [] : ['--config', config]),
  ];
  const done = execute(host, mirror, vitest);
  const { code, output } = outcomeOf(done, 'vitest');
  return { code, output: inSource(tapText(output), { source, mirror }) };
}

function written(
  host: Host,
  { path, text }: { readonly path: string; readonly text: string },
  outcome: ToolOutcome,
): ToolOutcome {
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
