import type { Host, Launch } from './host.ts';
import { signatureOf } from './remember-answers.ts';

/**
 * What tells a tool from another or from itself before an upgrade: the files that its words may stand
 * for, what it runs in turn, and the state of the system's packages. Undefined for scripts, which may
 * look at anything.
 */
export function toolIdentity(host: Host, command: readonly string[]): string | undefined {
  // Who remembers nothing needs not know.
  if (host.processes.recall === undefined) return undefined;
  const memo = identities.get(host) ?? { system: systemIdentity(host), tools: new Map() };
  identities.set(host, memo);
  const end = command.findIndex((word) => word.startsWith('-'));
  const words = end === -1 ? command : command.slice(0, end);
  const key = words.join('\0');
  if (!memo.tools.has(key)) memo.tools.set(key, identityOf(host, memo.system, words));
  return memo.tools.get(key);
}

interface Identities {
  readonly system: SystemIdentity;
  /** By the words of the command. */
  readonly tools: Map<string, string | undefined>;
}

const identities = new WeakMap<Host, Identities>();

/** What all tools of a machine depend on. */
interface SystemIdentity {
  /** Those of PATH that there are. */
  readonly folders: readonly string[];
  readonly signed: readonly string[];
}

function systemIdentity(host: Host): SystemIdentity {
  const folders = (host.system.environment['PATH'] ?? '')
    .split(':')
    .filter((folder) => folder.startsWith('/') && host.files.isDirectory(folder));
  const tools = helpers.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
  return { folders, signed: signatures(host, [...tools, ...packageStates, ...rustupState(host)]) };
}

function signatures({ files }: Host, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const stat = files.stat(path);
    return stat === undefined ? [] : [`${path}=${signatureOf(stat)}`];
  });
}

/** What compilers start, which comes in packages of its own. */
const helpers = [
  ...['cc', 'gcc', 'clang', 'as', 'ar'],
  ...['ld', 'ld.bfd', 'ld.gold', 'ld.lld', 'ld.mold', 'lld'],
];

/** Where package managers note what is installed. */
const packageStates = [
  '/var/lib/dpkg/status',
  '/var/lib/rpm/rpmdb.sqlite',
  '/var/lib/rpm/Packages',
  '/usr/lib/sysimage/rpm/rpmdb.sqlite',
  '/lib/apk/db/installed',
  '/var/lib/pacman/local',
  '/etc/ld.so.cache',
];

/** A command that says the same as long as the tool is the same. */
export function rememberTool(
  host: Host,
  argv: readonly string[],
  more: readonly string[] = [],
): Pick<Launch, 'remember'> {
  const identity = toolIdentity(host, argv);
  if (identity === undefined) return {};
  const name = JSON.stringify([identity, argv, more]);
  return { remember: { name, restsOn: (finished) => ({ files: [], kept: finished }) } };
}

function identityOf(
  host: Host,
  { folders, signed }: SystemIdentity,
  words: readonly string[],
): string | undefined {
  const tools = words.flatMap((word) =>
    word.includes('/') ? [word] : folders.map((folder) => `${folder}/${word}`),
  );
  if (tools.some((tool) => !tool.startsWith('/') || isScript(host, tool))) return undefined;
  return [...words, ...signatures(host, tools), ...signed].join('\n');
}

/** Compilers are large: only small files are read, for their first bytes. */
function isScript({ files }: Host, path: string): boolean {
  const size = files.stat(path)?.size ?? 0;
  if (size === 0 || size > 200_000) return false;
  const bytes = files.readBytes(path);
  return bytes.ok && bytes.value[0] === 0x23 && bytes.value[1] === 0x21;
}

/** `rustc` may be rustup, which starts whatever its settings say. */
function rustupState({ system, files }: Host): readonly string[] {
  const folder = `${rustupHome(system)}/toolchains`;
  const listed = files.isDirectory(folder) ? files.list(folder) : undefined;
  // An update changes what lies in the folder of a toolchain.
  const compilers = (listed?.ok === true ? listed.value : []).map(
    (name) => `${folder}/${name}/bin/rustc`,
  );
  return [rustupSettings(system), folder, ...compilers];
}

function rustupHome({ environment, homeDirectory }: Host['system']): string {
  return environment['RUSTUP_HOME'] ?? `${homeDirectory}/.rustup`;
}

/** Where rustup notes the default version, and which folders have another. */
export function rustupSettings(system: Host['system']): string {
  return `${rustupHome(system)}/settings.toml`;
}

/** Files by which a folder chooses another `rustc`, its own and those of the folders above it. */
export function rustupFiles(folder: string): readonly string[] {
  const files: string[] = [];
  for (let at = folder; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0)))
    files.push(`${at}/rust-toolchain`, `${at}/rust-toolchain.toml`);
  return files;
}
