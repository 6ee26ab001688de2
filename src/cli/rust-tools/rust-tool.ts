import { posix } from 'node:path';
import { findInPath } from '../../host/find-in-path.ts';
import { exitCodes, type Session } from '../session.ts';
import { subprojectDirOf } from '../subprojects/open-subprojects.ts';
import { manifestAbove, manifestLints } from './crate-lints.ts';
import { type RustCrate, rustCrates } from './rust-crates.ts';

/** What can be asked for like a target, where the project has no target of that name. */
export const rustTools = ['clippy', 'clippy-json', 'rustfmt', 'rustdoc'] as const;

export type RustTool = (typeof rustTools)[number];

export function asRustTool(name: string): RustTool | undefined {
  return rustTools.find((known) => known === name);
}

interface Build {
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/**
 * Runs a tool over the project's own crates, with the arguments their build has: what they need was
 * built before. Answers what to exit with.
 */
export async function runRustTool(session: Session, tool: RustTool, build: Build): Promise<number> {
  const { files } = session.host;
  const { sourceRoot, buildRoot } = build;
  const subprojects = posix.join(sourceRoot, subprojectDirOf(session, sourceRoot));
  const crates = rustCrates(files, { sourceRoot, buildRoot, subprojects });
  if (tool === 'rustfmt') return format(session, build, crates);
  const scratch = posix.join(buildRoot, 'meson-private', 'rust-tool');
  files.makeDirectory(scratch);
  let code: number = exitCodes.ok;
  for (const crate of crates) {
    const argv =
      tool === 'rustdoc' ? documented(crate) : linted(session, build, { crate, tool, scratch });
    if (argv === undefined) continue;
    const done = await runTool(session, crate.folder, argv, tool === 'clippy-json');
    if (done !== exitCodes.ok) code = done;
  }
  files.remove(scratch);
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
    tool,
    scratch,
  }: { readonly crate: RustCrate; readonly tool: RustTool; readonly scratch: string },
): readonly string[] {
  const { files } = session.host;
  const manifest = manifestAbove(files, crate.rootPath, sourceRoot);
  return [
    toolBeside(session, crate.compiler, 'clippy-driver'),
    ...crate.args,
    ...(manifest === undefined ? [] : manifestLints(files, manifest, sourceRoot)),
    ...(tool === 'clippy-json' ? ['--error-format=json'] : []),
    crate.root,
    ...['--emit', 'metadata', '--out-dir', scratch],
  ];
}

/** What rustdoc does not know of rustc's arguments. */
const unknownToRustdoc = /^(-g|-l.*|-O)$/;

function documented(crate: RustCrate): readonly string[] | undefined {
  if (crate.isTest || crate.name === '') return undefined;
  const rustdoc = crate.compiler.replace(/rustc$/, 'rustdoc');
  const args = crate.args.filter((word) => !unknownToRustdoc.test(word));
  return [rustdoc, ...args, crate.root, '--document-private-items', '-o', 'doc'];
}

/** Formats as Cargo does where there is a manifest, and the other crates' files by their edition. */
async function format(
  session: Session,
  { sourceRoot }: Build,
  crates: readonly RustCrate[],
): Promise<number> {
  const { files } = session.host;
  const manifests = new Set<string>();
  const roots = new Map<string, string>();
  for (const { rootPath, edition } of crates) {
    const manifest = manifestAbove(files, rootPath, sourceRoot);
    if (manifest !== undefined) manifests.add(manifest);
    else if (rootPath.startsWith(`${sourceRoot}/`)) roots.set(rootPath, edition);
  }
  let code: number = exitCodes.ok;
  for (const manifest of manifests) {
    const argv = ['cargo', 'fmt', '--manifest-path', manifest];
    code = Math.max(code, await runTool(session, sourceRoot, argv, false));
  }
  for (const [root, edition] of roots) {
    const argv = ['rustfmt', '--edition', edition, root];
    code = Math.max(code, await runTool(session, sourceRoot, argv, false));
  }
  return code;
}

async function runTool(
  { host, terminal }: Session,
  workingDirectory: string,
  argv: readonly string[],
  json: boolean,
): Promise<number> {
  const { environment } = host.system;
  const child = host.processes.spawn({ argv, workingDirectory, environment });
  const { ended, stdout, stderr } = await child.done;
  // rustc's JSON comes by standard error; editors read standard output.
  const said = json ? stderr + stdout : stdout + stderr;
  if (said !== '') terminal.write(said.endsWith('\n') ? said : `${said}\n`);
  if (ended.kind === 'exited') return ended.code === 0 ? exitCodes.ok : exitCodes.failed;
  terminal.printError(`${argv[0]}: ${ended.kind === 'not-started' ? ended.reason : ended.kind}`);
  return exitCodes.failed;
}
