import { posix } from 'node:path';
import { changedEnvironment } from '../../base/environment.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { BuildRequest } from '../build/build-request.ts';
import { finishedMessage } from '../cargo/cargo-messages.ts';
import { keptArtifacts } from '../cargo/kept-artifacts.ts';
import { exitCodes, type Session } from '../session.ts';
import { damaged } from '../setup/written-json.ts';
import { inParallel } from '../subprojects/in-parallel.ts';
import { subprojectDirOf } from '../subprojects/open-subprojects.ts';
import { refuse } from '../terminal/refuse.ts';
import { clippyMessages } from './clippy-messages.ts';
import { manifestLints } from './crate-lints.ts';
import { manifestAbove, packageAbove, packageOf } from './crate-manifest.ts';
import { type RustCrate, rustCrates, rustCratesPath } from './rust-crates.ts';
import { saidByScript } from './said-by-script.ts';

/** What can be asked for like a target, where the project has no target of that name. */
const rustTools = ['clippy', 'clippy-json', 'rustfmt', 'rustdoc'] as const;

export type RustTool = (typeof rustTools)[number];

export function asRustTool(name: string): RustTool | undefined {
  return rustTools.find((known) => known === name);
}

interface Build {
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/** The project's own crates, with the arguments their build has. A number was told already: what to exit with. */
export function ownCrates(
  session: Session,
  { sourceRoot, buildRoot }: Build,
): readonly RustCrate[] | number {
  const subprojects = posix.join(sourceRoot, subprojectDirOf(session, sourceRoot));
  const read = rustCrates(session.host.files, { sourceRoot, buildRoot, subprojects });
  return read.ok ? read.value : refuse(session, damaged(rustCratesPath(buildRoot), buildRoot));
}

/** Runs a tool over crates: what they need was built before. Answers what to exit with. */
export async function runRustTool(
  session: Session,
  tool: RustTool,
  build: Build & {
    readonly crates: readonly RustCrate[];
    readonly messages?: BuildRequest['messages'];
  },
): Promise<number> {
  const { files } = session.host;
  const { buildRoot, crates, messages } = build;
  if (tool === 'rustfmt') return format(session, build, crates);
  const quoted = tool === 'rustdoc' ? undefined : messages;
  const json = tool === 'clippy-json' || quoted !== undefined;
  const artifacts = keptArtifacts(files, buildRoot);
  const scratch = posix.join(buildRoot, 'meson-private', 'rust-tool');
  files.makeDirectory(scratch);
  const told = new Set<string>();
  const tasks = crates.flatMap((crate, at) => {
    const argv =
      tool === 'rustdoc'
        ? documented(crate, buildRoot)
        : linted(session, build, { crate, json, scratch: `${scratch}/${at}` });
    const settings = tool === 'rustdoc' ? undefined : clippySettings(build, crate);
    return argv === undefined
      ? []
      : [
          async () => {
            const { code, shown } = await runTool(session, { crate, argv, json, told, settings });
            if (quoted === undefined) return { code, told: shown, aside: '' };
            const { format } = quoted;
            const run = { lines: shown, hasPassed: code === exitCodes.ok };
            return { code, ...clippyMessages(artifacts, crate, { ...run, format }) };
          },
        ];
  });
  let code: number = exitCodes.ok;
  let isSilent = true;
  // Documentation of all crates has one index.
  const width = tool === 'rustdoc' ? 1 : session.host.system.cores;
  await inParallel(tasks, width, (done) => {
    if (done.told !== '') (quoted ?? session.terminal).write(done.told);
    if (done.aside !== '') session.terminal.printError(done.aside.replace(/\n$/, ''));
    if (done.code !== exitCodes.ok) code = done.code;
    isSilent &&= done.told === '';
  });
  files.remove(scratch);
  if (quoted?.format.kind === 'json') quoted.write(finishedMessage(code === exitCodes.ok));
  if (code === exitCodes.ok && !json) {
    if (tool === 'rustdoc') session.terminal.print(`Documentation lies in ${buildRoot}/doc`);
    else if (isSilent) session.terminal.print('clippy has nothing to say.');
  }
  return code;
}

/** The tool beside rustc, or in PATH. */
function toolBeside({ host }: Session, compiler: string, name: string): string {
  const beside = compiler.includes('/') ? posix.join(posix.dirname(compiler), name) : undefined;
  return beside !== undefined && host.files.isFile(beside)
    ? beside
    : (findInPath(host, name) ?? name);
}

function linted(
  session: Session,
  { sourceRoot }: Build,
  {
    crate,
    json,
    scratch,
  }: { readonly crate: RustCrate; readonly json: boolean; readonly scratch: string },
): readonly string[] {
  const { files } = session.host;
  const { compiler, hasLints, source } = crate.call;
  const manifest = hasLints ? undefined : manifestAbove(files, crate.rootModule, sourceRoot);
  return [
    toolBeside(session, compiler, 'clippy-driver'),
    ...crate.args,
    ...(manifest === undefined ? [] : manifestLints(files, manifest, sourceRoot)),
    ...(json ? ['--error-format=json'] : []),
    source,
    ...['--emit', 'metadata', '--out-dir', scratch],
  ];
}

/** Where clippy begins to look upwards for `clippy.toml`, as beside a manifest; else it begins in the build directory. */
function clippySettings({ sourceRoot }: Build, { rootModule }: RustCrate): string {
  return rootModule.startsWith(`${sourceRoot}/`) ? posix.dirname(rootModule) : sourceRoot;
}

/** What rustdoc does not know of rustc's arguments. */
const unknownToRustdoc = /^(-g|-l.*|-O)$/;

function documented(
  { isTest, displayName, call, args }: RustCrate,
  buildRoot: string,
): readonly string[] | undefined {
  if (isTest || displayName === '' || displayName.startsWith('build_script_')) return undefined;
  const rustdoc = call.compiler.replace(/rustc$/, 'rustdoc');
  return [
    rustdoc,
    ...args.filter((word) => !unknownToRustdoc.test(word)),
    call.source,
    ...['--document-private-items', '-o', `${buildRoot}/doc`],
  ];
}

/** Formats as Cargo does where there is a manifest, and the other crates' files by their edition. */
async function format(
  session: Session,
  { sourceRoot, buildRoot }: Build,
  crates: readonly RustCrate[],
): Promise<number> {
  const { files } = session.host;
  const manifests = new Set<string>();
  const roots = new Map<string, string>();
  for (const { rootModule: rootPath, edition, call } of crates) {
    // A copy in the build directory is nobody's to format.
    const isCopy = rootPath.startsWith(`${buildRoot}/`);
    const manifest =
      packageOf(call) ?? (isCopy ? undefined : packageAbove(files, rootPath, sourceRoot));
    if (manifest !== undefined) manifests.add(manifest);
    else if (rootPath.startsWith(`${sourceRoot}/`) && !isCopy) roots.set(rootPath, edition);
  }
  let code: number = exitCodes.ok;
  for (const manifest of manifests) {
    const argv = ['cargo', 'fmt', '--manifest-path', manifest];
    code = Math.max(code, await runAndShow(session, sourceRoot, argv));
  }
  for (const [root, edition] of roots) {
    const argv = ['rustfmt', '--edition', edition, root];
    code = Math.max(code, await runAndShow(session, sourceRoot, argv));
  }
  return code;
}

async function runAndShow(
  session: Session,
  folder: string,
  argv: readonly string[],
): Promise<number> {
  const done = await runTool(session, { folder, argv });
  if (done.shown !== '') session.terminal.write(done.shown);
  return done.code;
}

interface ToolRun {
  readonly argv: readonly string[];
  /** Whose variables count. */
  readonly crate?: RustCrate;
  /** Where there is no crate. */
  readonly folder?: string;
  readonly json?: boolean;
  /** Where clippy looks for its settings, if nobody says. */
  readonly settings?: string | undefined;
  /** Paragraphs that were shown: sources that are compiled twice are not told of twice. */
  readonly told?: Set<string>;
}

async function runTool(
  { host, terminal }: Session,
  { argv, crate, folder = '/', json = false, told = new Set(), settings }: ToolRun,
): Promise<{ readonly code: number; readonly shown: string }> {
  const said = crate && saidByScript(host.files, crate);
  const ofCrate = changedEnvironment(host.system.environment, crate?.call.environment ?? []);
  const isTold = ['CLIPPY_CONF_DIR', 'CARGO_MANIFEST_DIR'].some((name) => name in ofCrate);
  const environment = {
    ...(settings === undefined || isTold ? {} : { CLIPPY_CONF_DIR: settings }),
    ...ofCrate,
    ...said?.environment,
  };
  const workingDirectory = crate?.call.cwd ?? folder;
  const child = host.processes.spawn({ argv, workingDirectory, environment });
  const { ended, stdout, stderr } = await child.done;
  // rustc's JSON comes by standard error; editors read standard output.
  const whole = json ? stderr + stdout : stdout + stderr;
  const parts = whole.split(json ? /(?<=\n)/ : /(?<=\n\n)/);
  const fresh = parts.filter((part) => !told.has(part)).join('');
  for (const part of parts) told.add(part);
  const shown = fresh === '' || fresh.endsWith('\n') ? fresh : `${fresh}\n`;
  if (ended.kind === 'exited')
    return { code: ended.code === 0 ? exitCodes.ok : exitCodes.failed, shown };
  terminal.printError(`${argv[0]}: ${ended.kind === 'not-started' ? ended.reason : ended.kind}`);
  return { code: exitCodes.failed, shown };
}
