import { posix } from 'node:path';
import { changedEnvironment } from '../../base/environment.ts';
import { exitCodes, type Session } from '../session.ts';
import { damaged } from '../setup/written-json.ts';
import { subprojectDirOf } from '../subprojects/open-subprojects.ts';
import { refuse } from '../terminal/refuse.ts';
import { packageAbove, packageOf } from './crate-manifest.ts';
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
  tool: 'rustfmt' | 'rustdoc',
  build: Build & { readonly crates: readonly RustCrate[] },
): Promise<number> {
  const { buildRoot, crates } = build;
  if (tool === 'rustfmt') return format(session, build, crates);
  const told = new Set<string>();
  let code: number = exitCodes.ok;
  // Documentation of all crates has one index: one after the other.
  for (const crate of crates) {
    const argv = documented(crate, buildRoot);
    if (argv === undefined) continue;
    const done = await runTool(session, { crate, argv, told });
    if (done.shown !== '') session.terminal.write(done.shown);
    code = Math.max(code, done.code);
  }
  if (code === exitCodes.ok) session.terminal.print(`Documentation lies in ${buildRoot}/doc`);
  return code;
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
  /** Paragraphs that were shown: sources that are compiled twice are not told of twice. */
  readonly told?: Set<string>;
}

async function runTool(
  { host, terminal }: Session,
  { argv, crate, folder = '/', told = new Set() }: ToolRun,
): Promise<{ readonly code: number; readonly shown: string }> {
  const said = crate && saidByScript(host.files, crate);
  const environment = {
    ...changedEnvironment(host.system.environment, crate?.call.environment ?? []),
    ...said?.environment,
  };
  const workingDirectory = crate?.call.cwd ?? folder;
  const child = host.processes.spawn({ argv, workingDirectory, environment });
  const { ended, stdout, stderr } = await child.done;
  const parts = (stdout + stderr).split(/(?<=\n\n)/);
  const fresh = parts.filter((part) => !told.has(part)).join('');
  for (const part of parts) told.add(part);
  const shown = fresh === '' || fresh.endsWith('\n') ? fresh : `${fresh}\n`;
  if (ended.kind === 'exited')
    return { code: ended.code === 0 ? exitCodes.ok : exitCodes.failed, shown };
  terminal.printError(`${argv[0]}: ${ended.kind === 'not-started' ? ended.reason : ended.kind}`);
  return { code: exitCodes.failed, shown };
}
