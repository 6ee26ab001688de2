import { posix } from 'node:path';
import { exitCodes, type Session } from '../session.ts';
import { damaged } from '../setup/written-json.ts';
import { subprojectDirOf } from '../subprojects/open-subprojects.ts';
import { refuse } from '../terminal/refuse.ts';
import { packageAbove, packageOf } from './crate-manifest.ts';
import { type RustCrate, rustCrates, rustCratesPath } from './rust-crates.ts';

/** What can be asked for like a target, where the project has no target of that name. */
const rustTools = ['clippy', 'clippy-json', 'rustfmt', 'rustdoc'] as const;

export type RustTool = (typeof rustTools)[number];

/** The tool of that name, where it is one. */
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

/** Formats as Cargo does where there is a manifest, and the other crates' files by their edition. */
export async function runRustfmt(
  session: Session,
  { sourceRoot, buildRoot, crates }: Build & { readonly crates: readonly RustCrate[] },
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
  { host, terminal }: Session,
  workingDirectory: string,
  argv: readonly string[],
): Promise<number> {
  const child = host.processes.spawn({
    ...{ argv, workingDirectory },
    environment: host.system.environment,
  });
  const { ended, stdout, stderr } = await child.done;
  const shown = stdout + stderr;
  if (shown !== '') terminal.write(shown.endsWith('\n') ? shown : `${shown}\n`);
  if (ended.kind === 'exited') return ended.code === 0 ? exitCodes.ok : exitCodes.failed;
  terminal.printError(`${argv[0]}: ${ended.kind === 'not-started' ? ended.reason : ended.kind}`);
  return exitCodes.failed;
}
