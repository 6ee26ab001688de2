import { createHash } from 'node:crypto';
import type { Environment } from '../base/environment.ts';
import type { Host } from '../host/host.ts';
import { signatureOf } from '../host/remember-answers.ts';
import { rememberTool } from '../host/tool-identity.ts';

/** All files that pkg-config may read, as they are now: its answers are the same while these are. */
export function packagesState(
  host: Host,
  tool: string,
  environment: Environment,
): string | undefined {
  if (host.processes.recall === undefined) return undefined;
  return foldersOf(host, tool, environment)
    ?.map((folder) => lookInto(host, folder).state)
    .join('\n');
}

/**
 * Whether no folder has a package of that name, nor one that says it provides it. False where only the
 * tool itself can tell.
 */
export function isNoPackage(
  host: Host,
  { tool, environment }: { readonly tool: string; readonly environment: Environment },
  name: string,
): boolean {
  if (!/^[\w+-][\w.+-]*$/.test(name) || /\.pc$|^pkg-?conf(ig)?$/.test(name)) return false;
  if (Object.keys(environment).some((key) => /^PKG_CONFIG_/.test(key) && !harmless.test(key)))
    return false;
  if (!isPlainTool(host, tool)) return false;
  const folders = foldersOf(host, tool, environment);
  return (
    folders?.every((folder) => {
      // Relative to where the tool is started.
      if (!folder.startsWith('/')) return false;
      const { names, provided } = lookInto(host, folder);
      if (names.has(`${name}.pc`) || names.has(`${name}-uninstalled.pc`)) return false;
      return !provided().some((line) => line.includes(name) || line.includes('$'));
    }) === true
  );
}

/** Variables that decide no more than where packages are looked for, which is known, or what is told of them. */
const harmless = /^PKG_CONFIG_(PATH|LIBDIR|SYSROOT_DIR|ALLOW_SYSTEM_(CFLAGS|LIBS))$/;

const plainTools = new WeakMap<Host, Map<string, boolean>>();

/** The program itself under its usual name: neither a script around it, nor one for another machine. */
function isPlainTool(host: Host, tool: string): boolean {
  const known = plainTools.get(host) ?? new Map<string, boolean>();
  plainTools.set(host, known);
  const real = host.files.realPath(tool);
  const isPlain =
    known.get(tool) ??
    (real.ok && [tool, real.value].every((path) => /\/pkg-?conf(ig)?$/.test(path))
      ? isBinary(host, real.value)
      : false);
  known.set(tool, isPlain);
  return isPlain;
}

function isBinary({ files }: Host, path: string): boolean {
  const bytes = files.readPart(path, 0, 4);
  return bytes.ok && Buffer.from(bytes.value).toString('latin1') === '\x7fELF';
}

const told = new WeakMap<Environment, Map<string, readonly string[] | undefined>>();

/** Where packages are looked for. */
function foldersOf(
  host: Host,
  tool: string,
  environment: Environment,
): readonly string[] | undefined {
  const known = told.get(environment) ?? new Map<string, readonly string[] | undefined>();
  told.set(environment, known);
  if (known.has(tool)) return known.get(tool);
  const standard = environment['PKG_CONFIG_LIBDIR'] ?? standardFolders(host, tool, environment);
  const folders =
    standard === undefined
      ? undefined
      : [...(environment['PKG_CONFIG_PATH'] ?? '').split(':'), ...standard.split(':')].filter(
          (folder) => folder !== '',
        );
  known.set(tool, folders);
  return folders;
}

function standardFolders(host: Host, tool: string, environment: Environment): string | undefined {
  const argv = [tool, '--variable=pc_path', 'pkg-config'];
  const { ended, stdout } = host.processes.run({
    argv,
    workingDirectory: host.system.temporaryDirectory,
    environment,
    ...rememberTool(host, argv),
  });
  return ended.kind === 'exited' && ended.code === 0 ? stdout.trim() : undefined;
}

const longestPackage = 1 << 20;

interface Folder {
  /** Stands for its packages as they are now. */
  readonly state: string;
  /** Files that may be packages. */
  readonly names: ReadonlySet<string>;
  /** What packages say of names that are not their own. */
  readonly provided: () => readonly string[];
}

const systemFolders = new WeakMap<Host, Map<string, Folder>>();

/** The system's folders are looked at once; those of the project may change while it is configured. */
function lookInto(host: Host, folder: string): Folder {
  if (!folder.startsWith('/usr/')) return folderNow(host, folder);
  const known = systemFolders.get(host) ?? new Map<string, Folder>();
  systemFolders.set(host, known);
  const state = known.get(folder) ?? folderNow(host, folder);
  known.set(folder, state);
  return state;
}

function folderNow({ files }: Host, folder: string): Folder {
  const names = files.list(folder);
  if (!names.ok) {
    // One that cannot be read is left to the tool.
    const isMissing = names.error.kind === 'missing' || names.error.kind === 'not-a-directory';
    const provided = () => (isMissing ? [] : ['$']);
    return { state: `${folder} ${names.error.kind}`, names: new Set(), provided };
  }
  const packages = names.value.filter((name) => name.endsWith('.pc'));
  const signed = packages.map((name) => `${name} ${signatureOf(files.stat(`${folder}/${name}`))}`);
  const digest = createHash('sha256').update(signed.join('\n')).digest('base64');
  let provided: readonly string[] | undefined;
  return {
    state: `${folder} ${digest}`,
    names: new Set(packages),
    provided: () => {
      provided ??= packages.flatMap((name) => {
        const bytes = files.readPart(`${folder}/${name}`, 0, longestPackage);
        if (bytes.ok && bytes.value.length === longestPackage) return ['$'];
        if (!bytes.ok) return ['$'];
        const text = Buffer.from(bytes.value).toString('latin1');
        return /provides/i.test(text) ? (text.match(/^.*provides.*$/gim) ?? []) : [];
      });
      return provided;
    },
  };
}
