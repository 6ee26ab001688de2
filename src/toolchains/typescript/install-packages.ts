import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { parseJsonObject } from '../../base/parse-json.ts';
import type { Host } from '../../host/host.ts';
import { type Mirror, refreshMirror } from './mirror.ts';
import { lockOfPacked } from './package-lock.ts';
import type { ToolOutcome } from './tool-outcome.ts';

/** What of a package.json decides what is installed, or whether it may be. */
const decisive = [
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'],
  ...['peerDependenciesMeta', 'bundleDependencies', 'bundledDependencies', 'workspaces'],
  ...['engines', 'os', 'cpu', 'libc'],
];

/**
 * Installs exactly what package-lock.json says, unless that is there. Nothing of the packages is run. The
 * digest of the lock file, or what went wrong.
 */
export function installPackages(
  host: Host,
  { source, mirror }: Mirror,
  execute: (argv: readonly string[]) => ToolOutcome,
): string | ToolOutcome {
  const { files } = host;
  const lock = files.readBytes(posix.join(source, 'package-lock.json'));
  if (!lock.ok) return { code: 1, output: `kaon: ${lock.error.path}: ${lock.error.reason}\n` };
  const digest = sha256(lock.value);
  // A release archive brings its packages along; those for other systems npm still gets.
  const packed = lockOfPacked(files, source, Buffer.from(lock.value).toString('utf8'));
  const textOf = (name: string): string => {
    const text = files.readText(posix.join(source, name));
    return text.ok ? text.value : '';
  };
  const asked = [digest, packed ?? '', decisiveOf(textOf('package.json')), textOf('.npmrc')];
  const wanted = sha256(JSON.stringify(asked));
  // Within what npm removes when it starts.
  const record = posix.join(mirror, 'node_modules/.kaon-installed');
  const known = files.readText(record);
  if (known.ok && known.value === wanted) return digest;
  // npm gets a copy of it: the mirror's.
  if (packed !== undefined) files.write(posix.join(mirror, 'package-lock.json'), packed);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
  const outcome = execute(['npm', 'ci', ...flags]);
  refreshMirror(files, { source, mirror });
  if (outcome.code !== 0) return { ...outcome, output: explained(outcome.output, source) };
  // A project without packages has no such folder.
  if (files.isDirectory(posix.dirname(record))) files.replace(record, wanted);
  return digest;
}

function decisiveOf(text: string): unknown {
  const all = parseJsonObject(text);
  return all === undefined ? text : decisive.map((name) => all[name] ?? null);
}

/** What npm said, without its manual, and with what to do. */
function explained(said: string, source: string): string {
  if (said.includes('code EUSAGE')) {
    const [reason = ''] = said.split(/^npm error Clean install a project$/m);
    return `${reason.trimEnd()}\nkaon: package.json asks for other packages than package-lock.json has. In ${source}: npm install --package-lock-only\n`;
  }
  if (/\bE(AI_AGAIN|NOTFOUND|CONNREFUSED|NETUNREACH|TIMEDOUT)\b/.test(said)) {
    return `${said}kaon: npm could not reach its registry. What was installed once comes from npm's cache.\n`;
  }
  return said;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
