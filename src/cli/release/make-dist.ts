import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { missingTool } from '../../release/archive/compress.ts';
import type { ArchiveFormat } from '../../release/archive/formats.ts';
import { type Archive, makeArchives } from '../../release/archive/make-archives.ts';
import { readTree, type Tree } from '../../release/archive/tree.ts';
import { type Component, cycloneDx } from '../../release/cyclonedx.ts';
import { type Signing, sign } from '../../release/sign.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import { jsonLine } from '../terminal/json-line.ts';
import { kaonVersion } from '../version.ts';
import { archiveProgress } from './archive-progress.ts';
import { prove } from './prove.ts';
import { stage } from './stage.ts';

export interface DistRequest {
  readonly formats: readonly ArchiveFormat[];
  readonly allowDirty: boolean;
  readonly subprojects: boolean;
  readonly vendor: boolean;
  /** For which systems npm packages are brought along. */
  readonly platforms: readonly string[];
  /** Archives are built and tested before they are handed over. */
  readonly tests: boolean;
  readonly jobs: number;
  readonly signing: Signing | undefined;
}

/** Files that were handed over. */
export interface Dist {
  readonly archives: readonly Archive[];
  /** Archives and all that belongs to them. */
  readonly files: readonly string[];
}

/**
 * Makes the source archives of a project. They only get to meson-dist once they are proven. An error
 * is a text for people.
 */
export async function makeDist(
  session: Session,
  state: SetupState,
  request: DistRequest,
): Promise<Result<Dist, string>> {
  const { host, terminal, json } = session;
  const missing = missingTool(host, request.formats);
  if (missing !== undefined) return err(missing);
  const top = distName(state);
  const work = workFolder(state);
  host.files.remove(work);
  const root = `${work}/content/${top}`;
  const staged = await stage(session, { ...request, state, root });
  if (!staged.ok) return staged;
  const { timeSeconds, components } = staged.value;
  const tree = readTree(host.files, root, { modes: 'plain' });
  if (!tree.ok) return tree;
  const packed = await pack(session, { ...request, tree: tree.value, top, work, timeSeconds });
  if (!packed.ok) return packed;
  host.files.remove(`${work}/content`);
  const [first] = packed.value;
  if (request.tests && first !== undefined) {
    if (!json) terminal.print(`Testing distribution package ${first.path}`);
    const proven = await prove(session, {
      archive: first.path,
      top,
      commandLine: state.commandLine,
      folder: `${work}/proof`,
      jobs: request.jobs,
      complete: request.vendor,
    });
    if (!proven.ok) return err(`${proven.error}\nThe archive was not handed over: ${first.path}`);
    if (!json) terminal.print(`Distribution package ${first.path} tested`);
  }
  const bill = { name: top, state, components, timeSeconds };
  return handOver(session, { archives: packed.value, ...bill, signing: request.signing });
}

/** What archives are called, and the folder in them. */
export function distName({ project }: Pick<SetupState, 'project'>): string {
  return `${project.name}-${project.version}`.replaceAll('/', '-');
}

/** A folder of the build directory that is ours until an archive is done. */
export function workFolder({ buildRoot }: Pick<SetupState, 'buildRoot'>): string {
  return `${buildRoot}/meson-private/dist`;
}

export interface Packing {
  readonly tree: Tree;
  readonly top: string;
  readonly work: string;
  readonly timeSeconds: number;
  readonly formats: readonly ArchiveFormat[];
}

/** Makes archives of a tree in the folder of work, and shows how it goes. */
export async function pack(
  session: Session,
  { tree, top, work, timeSeconds, formats }: Packing,
): Promise<Result<readonly Archive[], string>> {
  const progress = archiveProgress(session, tree);
  const made = session.host.files.makeDirectory(work);
  if (!made.ok) return err(`${made.error.path}: ${made.error.reason}`);
  const archives = await makeArchives(session.host, {
    tree,
    top,
    timeSeconds,
    formats,
    base: posix.join(work, top),
    onProgress: progress.show,
  });
  progress.end();
  return archives;
}

export interface Finished {
  readonly archives: readonly Archive[];
  /** What the files are named after. */
  readonly name: string;
  readonly state: SetupState;
  readonly components: readonly Component[];
  readonly timeSeconds: number;
  readonly signing: Signing | undefined;
}

/** Moves archives to meson-dist, with their checksums, the bill of materials and signatures. */
export async function handOver(
  session: Session,
  finished: Finished,
): Promise<Result<Dist, string>> {
  const { host, terminal, json } = session;
  const { state, name, components, timeSeconds, signing } = finished;
  const folder = `${state.buildRoot}/meson-dist`;
  const made = host.files.makeDirectory(folder);
  if (!made.ok) return err(`${folder}: ${made.error.reason}`);
  const files: string[] = [];
  const archives: Archive[] = [];
  for (const archive of finished.archives) {
    const path = posix.join(folder, posix.basename(archive.path));
    const moved = host.files.rename(archive.path, path);
    const sum = `${archive.sha256} *${posix.basename(path)}\n`;
    const summed = moved.ok ? host.files.replace(`${path}.sha256sum`, sum) : moved;
    if (!summed.ok) return err(`${summed.error.path}: ${summed.error.reason}`);
    archives.push({ ...archive, path });
    files.push(path, `${path}.sha256sum`);
  }
  const bill = `${folder}/${name}.cdx.json`;
  const license = state.dist.licenses.join(' AND ');
  const text = cycloneDx({
    ...state.project,
    components,
    timeSeconds,
    toolVersion: kaonVersion,
    ...(license !== '' && { license }),
  });
  const written = host.files.replace(bill, text);
  if (!written.ok) return err(`${bill}: ${written.error.reason}`);
  files.push(bill);
  if (signing !== undefined) {
    for (const path of [...archives.map((each) => each.path), bill]) {
      const signed = await sign(host, path, signing);
      if (!signed.ok) return signed;
      files.push(signed.value);
    }
  }
  host.files.remove(workFolder(state));
  for (const { path, sha256, size } of archives) {
    if (json) terminal.print(jsonLine({ kind: 'archive', path, sha256, size }));
    else terminal.print(`Created ${path}`);
  }
  return ok({ archives, files });
}
