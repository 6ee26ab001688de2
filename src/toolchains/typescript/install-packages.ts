import { posix } from 'node:path';
import { jsonFault } from '../../base/json-fault.ts';
import { parseJson, parseJsonObject } from '../../base/parse-json.ts';
import { sha256Of } from '../../base/sha256.ts';
import { errorAt } from '../../diag/diagnostic.ts';
import { renderDiagnostic } from '../../diag/render.ts';
import type { Files, Host } from '../../host/host.ts';
import { type Mirror, refreshMirror } from './mirror.ts';
import { lockIn, lockOfPacked, memberFolders } from './package-lock.ts';
import type { ToolOutcome } from './tool-outcome.ts';

/** What of a package.json decides what is installed, or whether it may be. */
const decisive = [
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'],
  ...['peerDependenciesMeta', 'bundleDependencies', 'bundledDependencies', 'workspaces'],
  ...['engines', 'os', 'cpu', 'libc'],
];

const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** Says for each folder of a mirror what is installed there; it goes with the packages. */
export const installedRecord = 'node_modules/.kaon-installed';

export interface Installed {
  /** Of the lock file. */
  readonly digest: string;
  /** What decided, relative to the package. */
  readonly inputs: readonly string[];
}

/**
 * Installs exactly what the lock file of a folder says, unless that is there. Nothing of the packages is run, but
 * for install scripts of those that are named.
 */
export function installPackages(
  host: Host,
  {
    source,
    mirror,
    folder,
    scripts,
  }: Mirror & { readonly folder: string; readonly scripts: readonly string[] },
  execute: (argv: readonly string[], workingDirectory: string) => ToolOutcome,
): Installed | ToolOutcome {
  const { files } = host;
  const here = posix.join(source, folder);
  const path = lockIn(files, here);
  const lock = files.readText(path);
  if (!lock.ok) return { code: 1, output: `kaon: ${lock.error.path}: ${lock.error.reason}\n` };
  if (parseJsonObject(lock.value) === undefined)
    return unreadable(path, lock.value, lockCure(path, lock.value));
  const stray = memberFolders(lock.value).find((each) => each.startsWith('..'));
  if (stray !== undefined) return outside(path, stray);
  const digest = sha256Of(lock.value);
  // A release archive brings its packages along; those for other systems npm still gets.
  const packed = lockOfPacked(files, here, lock.value);
  const textOf = (name: string): string => {
    const text = files.readText(posix.join(here, name));
    return text.ok ? text.value : '';
  };
  const manifests = ['', ...memberFolders(lock.value)].map((each) =>
    posix.join(each, 'package.json'),
  );
  const broken = manifests.find((each) => isBroken(textOf(each)));
  if (broken !== undefined)
    return unreadable(posix.join(here, broken), textOf(broken), 'npm reads nothing else.');
  const decided = manifests.map((each) => decisiveOf(textOf(each)));
  const wanted = sha256Of(
    JSON.stringify([digest, packed ?? '', decided, textOf('.npmrc'), scripts]),
  );
  const inputs = [posix.basename(path), ...manifests, '.npmrc']
    .map((each) => posix.join(folder, each))
    .filter((each) => files.isFile(posix.join(source, each)));
  // A setting or a lock file that comes is one in the folder.
  const done = { digest, inputs: [...inputs, folder] };
  const there = posix.join(mirror, folder);
  const record = posix.join(there, installedRecord);
  const known = files.readText(record);
  if (known.ok && known.value === wanted) return done;
  // npm gets a copy of it: the mirror's.
  if (packed !== undefined) files.write(posix.join(there, posix.basename(path)), packed);
  // The lock says which versions: npm need not ask whether its cache knows all of them.
  const flags = ['--ignore-scripts', '--prefer-offline', ...quiet];
  const installed = execute(['npm', 'ci', ...flags], there);
  const outcome = installed.code === 0 ? runScripts(files, { there, scripts }, execute) : installed;
  refreshMirror(files, { source, mirror });
  if (outcome.code !== 0) return { ...outcome, output: explained(outcome.output, here) };
  // A project without packages has no such folder.
  files.makeDirectory(posix.dirname(record));
  files.replace(record, wanted);
  return done;
}

function unreadable(path: string, text: string, cure: string): ToolOutcome {
  const conflict = /^<{7}.*$/m.exec(text);
  const at = conflict?.index ?? jsonFault(text) ?? 0;
  const place = { source: { path, text }, span: { start: at, end: at + 1 } };
  const message = conflict === null ? 'this is no JSON' : 'this holds conflicts of a merge';
  return { code: 1, output: `${renderDiagnostic(errorAt(place, message, cure))}\n` };
}

function lockCure(path: string, text: string): string {
  const does = /^<{7}/m.test(text) ? 'settles them' : 'makes it anew, once it is removed';
  return `In ${posix.dirname(path)}: npm install --package-lock-only ${does}.`;
}

/** Of what lies elsewhere, tools would see nothing where they work. */
function outside(lock: string, folder: string): ToolOutcome {
  const cure =
    'Let a package.json in a folder that holds both name them as "workspaces": its lock file is theirs.';
  return {
    code: 1,
    output: `${lock}: the package in ${folder} lies outside of its folder\nkaon: ${cure}\n`,
  };
}

/** npm builds packages anew by their install scripts. */
function runScripts(
  files: Files,
  { there, scripts }: { readonly there: string; readonly scripts: readonly string[] },
  execute: (argv: readonly string[], workingDirectory: string) => ToolOutcome,
): ToolOutcome {
  // Those of another lock file lie elsewhere.
  const own = scripts.filter((name) => files.isDirectory(posix.join(there, 'node_modules', name)));
  if (own.length === 0) return { code: 0, output: '' };
  const flags = ['--ignore-scripts=false', '--foreground-scripts', '--loglevel=error', ...quiet];
  return execute(['npm', 'rebuild', ...flags, ...own], there);
}

/** One that is missing is another matter. */
function isBroken(text: string): boolean {
  return text !== '' && parseJson(text) === undefined;
}

function decisiveOf(text: string): unknown {
  const all = parseJsonObject(text);
  return all === undefined ? text : decisive.map((name) => all[name] ?? null);
}

/** What npm said, without its manual, and with what to do. */
function explained(said: string, source: string): string {
  if (said.includes('code EINTEGRITY'))
    return `${said}kaon: A package is not what its lock file promises. Nothing was installed.\n`;
  if (/^npm error Missing: \S+@ from lock file$/m.test(said)) {
    const [reason = ''] = said.split(/^npm error Clean install a project$/m);
    return `${reason.trimEnd()}\nkaon: The lock file has no versions of these: no registry had them when it was made.\n`;
  }
  if (said.includes('code EUSAGE')) {
    const [reason = ''] = said.split(/^npm error Clean install a project$/m);
    return `${reason.trimEnd()}\nkaon: package.json asks for other packages than package-lock.json has. In ${source}: npm install --package-lock-only\n`;
  }
  if (/\bE(AI_AGAIN|NOTFOUND|CONNREFUSED|NETUNREACH|TIMEDOUT)\b/.test(said)) {
    const [reason = ''] = said.split(/^npm error +at /m);
    return `${reason.trimEnd()}\nkaon: npm could not reach its registry. What was installed once comes from npm's cache.\n`;
  }
  return said;
}
