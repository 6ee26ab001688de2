import { posix } from 'node:path';
import { invariant } from '../base/assert.ts';
import { pythonRepr } from '../base/python-repr.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { FileFault, Host } from '../host/host.ts';
import type { InstallMode } from '../model/install-mode.ts';
import { type SetMode, setMode } from './install-mode.ts';
import type { InstallOptions } from './install-options.ts';
import type { InstalledThing } from './installed-thing.ts';

/** What stops an installation; a message for people. */
export interface InstallFault {
  readonly message: string;
  /** The exit code of a script that failed; 1 otherwise. */
  readonly exitCode: number;
  /** Somebody with more rights could do it. */
  readonly denied: boolean;
}

/** What all that is put in its place has in common. */
export interface InstallerContext {
  readonly host: Host;
  readonly options: InstallOptions;
  readonly umask: number | 'preserve';
  readonly print: (line: string) => void;
  readonly onInstalled?: ((thing: InstalledThing) => void) | undefined;
  /** Adds a line to the install log at once. */
  readonly record: (line: string) => void;
}

/** A file, where it comes from and where it goes. */
export interface FileToInstall {
  /** As messages name it. */
  readonly from: string;
  /** Absolute. */
  readonly source: string;
  /** Absolute, DESTDIR included. */
  readonly to: string;
  readonly mode: InstallMode | undefined;
  readonly followSymlinks: boolean | undefined;
  /** Works on the copy before it takes its place. */
  readonly prepare?: (copy: string) => Result<void, InstallFault>;
}

/** Puts single files, links and folders where they belong; knows nothing of plans. */
export class Installer {
  readonly #context: InstallerContext;
  readonly #madeFolders: string[] = [];
  /** On a dry run, folders that would be there. */
  readonly #pretended = new Set<string>();
  preserved = 0;

  constructor(context: InstallerContext) {
    this.#context = context;
  }

  say(line: string): void {
    if (!this.#context.options.quiet) this.#context.print(line);
  }

  tell(thing: InstalledThing): void {
    this.#context.onInstalled?.(thing);
  }

  /** Installs one file; false when the one that is there was kept. */
  file(item: FileToInstall): Result<boolean, InstallFault> {
    const { host, options, print } = this.#context;
    const { files } = host;
    const kind = files.lstat(item.source)?.kind;
    const target = files.stat(item.source);
    if (target?.kind !== 'file' && kind !== 'symlink') {
      const what = pythonRepr(item.source);
      return fault(`Tried to install something that isn't a file: ${what}`);
    }
    const folder = posix.dirname(item.to);
    const old = files.stat(item.to);
    if (old !== undefined && old.kind !== 'file') {
      return fault(`Destination ${pythonRepr(item.to)} already exists and is not a file`);
    }
    if (old !== undefined && options.onlyChanged && target !== undefined) {
      // Copies get their original's time in whole milliseconds, rounded up.
      if (milliseconds(target.mtimeNs) <= milliseconds(old.mtimeNs)) {
        this.#context.record(`# Preserving old file ${item.to}`);
        this.preserved++;
        this.tell({ item: 'file', path: item.to, from: item.source, preserved: true });
        return ok(false);
      }
    }
    this.say(`Installing ${item.from} to ${folder}`);
    const made = this.folder(folder);
    if (!made.ok) return made;
    const isLink = kind === 'symlink' && (target === undefined || item.followSymlinks === false);
    if (kind === 'symlink' && target !== undefined && item.followSymlinks === undefined) {
      print(symlinkWarning);
    }
    if (!options.dryRun) {
      const put = isLink ? this.#copyLink(item) : this.#copyFile(item, target?.mtimeNs ?? 0n);
      if (!put.ok) return put;
    }
    this.#context.record(item.to);
    this.tell({ item: isLink ? 'symlink' : 'file', path: item.to, from: item.source });
    return ok(true);
  }

  /** Makes a folder and those above it, with the permissions of the umask. */
  folder(path: string): Result<void, InstallFault> {
    const { host, options, umask } = this.#context;
    const missing: string[] = [];
    for (let at = posix.normalize(path); ; at = posix.dirname(at)) {
      if (host.files.exists(at) || this.#pretended.has(at)) break;
      missing.unshift(at);
      if (at === posix.dirname(at)) break;
    }
    for (const each of missing) {
      this.#madeFolders.push(each);
      this.tell({ item: 'directory', path: each });
      if (options.dryRun) {
        this.#pretended.add(each);
        continue;
      }
      const made = host.files.makeDirectory(each);
      if (!made.ok) return fileFault(made.error);
      if (umask !== 'preserve') host.files.setMode(each, 0o777 & ~umask);
    }
    return ok(undefined);
  }

  symlink(path: string, pointsTo: string): Result<void, InstallFault> {
    const { host, options } = this.#context;
    const old = host.files.lstat(path);
    if (old !== undefined && old.kind !== 'symlink') {
      return fault(`Destination ${pythonRepr(path)} already exists and is not a symlink`);
    }
    this.say(`Installing symlink pointing to ${pointsTo} to ${path}`);
    if (!options.dryRun) {
      const put = this.#putLink(path, pointsTo);
      if (!put.ok) return put;
    }
    this.#context.record(path);
    this.tell({ item: 'symlink', path });
    return ok(undefined);
  }

  setMode(path: string, mode: InstallMode | undefined): void {
    if (!this.#context.options.dryRun) setMode(path, mode, this.#modes());
  }

  /** Records the folders that were made, the innermost first, so that they can be removed in this order. */
  close(): void {
    for (const folder of this.#madeFolders.reverse()) this.#context.record(folder);
  }

  #modes(): SetMode {
    const { host, umask, print } = this.#context;
    return { host, umask, print };
  }

  /** Copies beside its place and renames over it: whoever looks sees the old file or the new one. */
  #copyFile(item: FileToInstall, mtimeNs: bigint): Result<void, InstallFault> {
    const { files } = this.#context.host;
    const beside = temporary(item.to);
    const copy = (): Result<void, InstallFault> => {
      const copied = files.copy(item.source, beside);
      if (!copied.ok) return fileFault(copied.error);
      const prepared = item.prepare?.(beside) ?? ok(undefined);
      if (!prepared.ok) return prepared;
      files.setTimes(beside, milliseconds(mtimeNs));
      setMode(beside, item.mode, this.#modes());
      const renamed = files.rename(beside, item.to);
      return renamed.ok ? renamed : fileFault(renamed.error);
    };
    const done = copy();
    if (!done.ok) files.remove(beside);
    return done;
  }

  #copyLink({ source, to }: FileToInstall): Result<void, InstallFault> {
    const link = this.#context.host.files.readLink(source);
    return link.ok ? this.#putLink(to, link.value) : fileFault(link.error);
  }

  #putLink(path: string, pointsTo: string): Result<void, InstallFault> {
    const { files } = this.#context.host;
    const beside = temporary(path);
    files.remove(beside);
    const made = files.symlink(pointsTo, beside);
    if (!made.ok) return fileFault(made.error);
    const renamed = files.rename(beside, path);
    if (!renamed.ok) files.remove(beside);
    return renamed.ok ? renamed : fileFault(renamed.error);
  }
}

const symlinkWarning = `Warning: trying to copy a symlink that points to a file. This currently copies
the file by default, but will be changed in a future version of Meson to copy
the link instead.  Set follow_symlinks to true to preserve current behavior, or
false to copy the link.`;

/** An installation that ends here, with the code to exit with. */
export function fault(message: string, exitCode = 1) {
  return err<InstallFault>({ message, exitCode, denied: false });
}

/** The same where the file system refused. */
export function fileFault({ kind, path, reason }: FileFault) {
  const message = `${reason}: ${pythonRepr(path)}`;
  return err<InstallFault>({ message, exitCode: 1, denied: kind === 'denied' });
}

function temporary(path: string): string {
  const name = posix.basename(path);
  invariant(name !== '', `${path} names no file`);
  return posix.join(posix.dirname(path), `.${name}.kaon-new`);
}

function milliseconds(ns: bigint): number {
  return Number((ns + 999_999n) / 1_000_000n);
}
