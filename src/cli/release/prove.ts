import { posix } from 'node:path';
import { changedEnvironment, type Environment } from '../../base/environment.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type ArchiveFormat, formatOfName } from '../../release/archive/formats.ts';
import { findIsolation } from '../../release/offline.ts';
import { runTool } from '../../release/run-tool.ts';
import { parseCommandLine } from '../../store/setup/cmd-line-file.ts';
import { layoutOfOwn } from '../../wrap/archive/check-entries.ts';
import { readZip } from '../../wrap/archive/read-zip.ts';
import { layOut } from '../../wrap/lay-out.ts';
import type { Session } from '../session.ts';

export interface Proof {
  readonly archive: string;
  /** The archive's one folder. */
  readonly top: string;
  /** The options that the build directory was set up with: cmd_line.txt. */
  readonly commandLine: string;
  /** A folder that is made for it, and goes when all is well. */
  readonly folder: string;
  /** 0: as many as there are cores. */
  readonly jobs: number;
  /** All that is needed is in the archive: nothing may be downloaded, nor taken from caches. */
  readonly complete: boolean;
}

/**
 * Proves an archive: unpacks it in an empty place, builds, tests and installs it with the network
 * unreachable and with no cache of the user's. An error is a sentence.
 */
export async function prove(session: Session, proof: Proof): Promise<Result<void, string>> {
  const { host, terminal, json } = session;
  const { top, folder, complete } = proof;
  host.files.remove(folder);
  for (const name of ['unpacked', 'caches', 'installed']) {
    const made = host.files.makeDirectory(`${folder}/${name}`);
    if (!made.ok) return err(`${made.error.path}: ${made.error.reason}`);
  }
  const unpacked = await unpack(session, proof);
  if (!unpacked.ok) return unpacked;
  const isolation = findIsolation(host);
  const offline = complete ? isolation : undefined;
  if (offline?.complete === false)
    terminal.printError(
      'WARNING: the network cannot be made unreachable here (no namespaces); tools are told not to use it',
    );
  const environment = changedEnvironment(
    {
      ...host.system.environment,
      ...(offline !== undefined && { ...offline.environment, ...ownCaches(`${folder}/caches`) }),
    },
    ['DESTDIR', 'MESON_PACKAGE_CACHE_DIR'].map((name) => ({ kind: 'unset' as const, name })),
  );
  const source = `${folder}/unpacked/${top}`;
  const build = `${folder}/build`;
  for (const { words, failed } of steps(proof, source, build)) {
    const child = host.processes.spawn({
      argv: [...(offline?.wrapper ?? []), ...session.self, ...words],
      workingDirectory: folder,
      environment,
      ...(json ? {} : { terminal: true }),
    });
    const { ended, stdout, stderr } = await child.done;
    if (ended.kind === 'exited' && ended.code === 0) continue;
    if (json) terminal.printError(`${stdout}${stderr}`);
    return err(`${failed}\nDist check build directory was ${build}`);
  }
  host.files.remove(folder);
  return ok(undefined);
}

interface Step {
  readonly words: readonly string[];
  readonly failed: string;
}

function steps(
  { commandLine, jobs, complete, folder }: Proof,
  source: string,
  build: string,
): readonly Step[] {
  const { options, nativeFiles, crossFiles } = parseCommandLine(commandLine);
  const given = [...options].filter(([name]) => name !== 'backend' && name !== 'wrap_mode');
  const setup = [
    ...given.map(([name, value]) => `-D${name}=${value}`),
    ...nativeFiles.map((file) => `--native-file=${file}`),
    ...crossFiles.map((file) => `--cross-file=${file}`),
    ...(complete ? ['-Dwrap_mode=nodownload'] : []),
  ];
  const many = jobs > 0 ? [`-j${jobs}`] : [];
  return [
    {
      words: ['setup', ...setup, build, source],
      failed: 'Running kaon on distribution package failed',
    },
    {
      words: ['compile', '-C', build, ...many],
      failed: 'Compiling the distribution package failed',
    },
    {
      words: ['test', '-C', build, '--print-errorlogs', ...many],
      failed: 'Running unit tests on the distribution package failed',
    },
    {
      words: ['install', '-C', build, '--quiet', '--destdir', `${folder}/installed`],
      failed: 'Installing the distribution package failed',
    },
  ];
}

/** What the user has fetched before must not make up for what the archive lacks. */
function ownCaches(folder: string): Environment {
  return {
    XDG_CACHE_HOME: `${folder}/xdg`,
    CARGO_HOME: `${folder}/cargo`,
    npm_config_cache: `${folder}/npm`,
  };
}

async function unpack(
  { host }: Session,
  { archive, folder }: Proof,
): Promise<Result<void, string>> {
  const into = `${folder}/unpacked`;
  if (!archive.endsWith('.zip')) {
    const done = await runTool(host, { argv: untar(archive, into), folder: into });
    return done.ok ? ok(undefined) : done;
  }
  const bytes = host.files.readBytes(archive);
  if (!bytes.ok) return err(`${archive}: ${bytes.error.reason}`);
  const entries = readZip(bytes.value);
  const layout = entries.ok ? layoutOfOwn(entries.value) : entries;
  if (!layout.ok) return err(`${posix.basename(archive)} ${layout.error.rule}`);
  const laid = layOut(host.files, into, layout.value);
  return laid.ok ? ok(undefined) : err(`${laid.error.path}: ${laid.error.reason}`);
}

const packings: Readonly<Partial<Record<ArchiveFormat, string>>> = {
  gztar: 'z',
  bztar: 'j',
  xztar: 'J',
};

/** Not each tar finds out how an archive is packed: BusyBox's does so only where it was built to. */
export function untar(archive: string, into: string): readonly string[] {
  const format = formatOfName(archive);
  const packing = format === undefined ? undefined : packings[format];
  return ['tar', `-x${packing ?? ''}f`, archive, '-C', into];
}
