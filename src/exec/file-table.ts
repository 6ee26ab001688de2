import { ok, type Result } from '../base/result.ts';
import type { FileFault, FileStat, Host } from '../host/host.ts';
import { sameStat } from '../host/same-stat.ts';
import {
  type Hash,
  hashBytes,
  hashFile,
  isSettled,
  isStamp,
  type Signature,
  stampHash,
} from '../store/format/file-content.ts';
import type { ActionLog } from '../store/log/action-log.ts';
import type { ContentId } from '../store/log/action-record.ts';
import { asLink, linkMark } from '../store/log/as-link.ts';
import type { SeenFile } from '../store/no-op/no-op-proof.ts';
import { type BuildPlace, hostPath } from './build-place.ts';
import { type Look, LookedAt, type LookId } from './looked-at.ts';

/** The content of a path where nothing is. */
const missing = hashBytes('nothing is there');

const empty = hashBytes('');

/** Milliseconds after which no change can hide in the tick in which a file was made. */
export const settlingMs = 25;
/** What is larger is not read twice while others wait. */
const largeBytes = 1 << 28;

/** A file that was looked at, or not. Its signature is made of a few numbers when it is asked for. */
export class SeenContent implements SeenFile {
  readonly path: string;
  readonly isLink: boolean;
  readonly #looks: LookedAt;
  readonly #look: LookId;

  constructor(name: string, look: LookId, looks: LookedAt) {
    this.isLink = name.startsWith(linkMark);
    this.path = this.isLink ? name.slice(linkMark.length) : name;
    this.#looks = looks;
    this.#look = look;
  }

  /** A file or a folder that is there, and no link. */
  get isPlain(): boolean {
    return !this.isLink && this.#looks.isThere(this.#look);
  }

  get signature(): Signature | undefined {
    return this.#looks.stat(this.#look);
  }

  get content(): ContentId {
    return this.#looks.content(this.#look);
  }

  get assumed(): boolean {
    return this.#looks.isAssumed(this.#look);
  }
}

/**
 * What files hold now, each looked at once in a build until someone says that it may have changed.
 * Content is read only where the signature is not the one that the log knows it by.
 */
export class FileTable {
  readonly #host: Host;
  readonly #log: ActionLog;
  readonly #place: BuildPlace;
  readonly #looks = new LookedAt();
  /** What lay in folders that actions made, once they had. */
  readonly #made = new Map<string, Signature>();
  /** Files that someone saw to be as the log knows them. */
  readonly #unchanged: Set<string>;
  #moment = 1;
  /** Folders that are there, in this moment. */
  readonly #folders = new Set<string>();
  /** When each was looked at that was so new that a later change of it might not show, oldest first. */
  readonly #fresh = new Map<string, number>();
  /** What kaon itself copied, with the content it has from its original. */
  readonly #copied = new Map<string, { readonly stat: Signature; readonly content: ContentId }>();
  readonly #mayBeStamp: (path: string) => boolean;

  constructor(parts: {
    readonly host: Host;
    readonly log: ActionLog;
    readonly place: BuildPlace;
    readonly unchanged?: Iterable<string>;
    /** Whether a file, if it is empty, says by its time that an action ran. */
    readonly mayBeStamp?: (path: string) => boolean;
  }) {
    this.#host = parts.host;
    this.#log = parts.log;
    this.#place = parts.place;
    this.#unchanged = new Set(parts.unchanged);
    this.#mayBeStamp = parts.mayBeStamp ?? (() => false);
  }

  /** Time has passed: what was seen a moment ago is looked at anew where someone asks whether it changed. */
  nextMoment(): void {
    this.#moment++;
    this.#folders.clear();
  }

  /** Whether a folder of the host is there. */
  hasFolder(path: string): boolean {
    if (this.#folders.has(path)) return true;
    if (!this.#host.files.isDirectory(path)) return false;
    this.#folders.add(path);
    return true;
  }

  content(path: string): ContentId {
    return this.#looks.content(this.#look(path));
  }

  exists(path: string): boolean {
    return this.#looks.isThere(this.#look(path));
  }

  isFolder(path: string): boolean {
    return this.#looks.stat(this.#look(path))?.kind === 'directory';
  }

  isMissing(content: ContentId): boolean {
    return this.#log.content(content).hash === missing;
  }

  /** Whether the content was looked at in this build already. */
  isKnown(path: string): boolean {
    return this.#looks.id(path) !== undefined;
  }

  /** The next look is a new one, at a link and at what it leads to. */
  forget(path: string): void {
    this.#unchanged.delete(path);
    this.#looks.delete(path);
    this.#looks.delete(path.startsWith(linkMark) ? path.slice(linkMark.length) : asLink(path));
  }

  /** An action made a folder: what was looked at below it is looked at anew, and known to be as it is now. */
  madeBelow(folder: string): void {
    const inside = `${folder}/`;
    for (const known of [this.#looks.paths(), this.#unchanged])
      for (const path of known)
        if (path.startsWith(inside) || path.startsWith(linkMark + inside)) this.forget(path);
    const folders = [folder];
    for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
      const listed = this.#host.files.list(hostPath(this.#place, at));
      for (const name of listed.ok ? listed.value : []) {
        const path = `${at}/${name}`;
        // Not through links, which may lead in circles.
        const { kind } = this.#host.files.lstat(hostPath(this.#place, path)) ?? {};
        const stat = this.#stat(path);
        if (kind === 'directory') folders.push(path);
        else if (stat !== undefined) this.#made.set(path, stat);
      }
    }
  }

  /**
   * Kaon copied a file: the copy holds what its original does, unless either is other now than it
   * was then. Nothing is noted where that cannot be told.
   */
  copied(from: string, to: string): void {
    const known = this.#looks.id(from);
    const stat = this.#stat(to);
    if (known === undefined || stat?.kind !== 'file') return;
    const original = this.#looks.stat(known);
    const originalContent = this.#looks.content(known);
    if (original !== undefined && stat.inode === original.inode)
      this.#linked(from, { stat: original, content: originalContent }, stat);
    if (this.hasChanged(from)) return;
    if (stat.size !== original?.size) return;
    const { hash } = this.#log.content(originalContent);
    // A copy of a stamp is an empty file.
    if (isStamp(hash)) return;
    const executable = (stat.mode & 0o111) !== 0;
    const learned = { signature: stat, trusted: false };
    const content = this.#log.learn({ path: to, hash, executable }, learned);
    this.#looks.set(to, { stat, content });
    this.#copied.set(to, { stat, content });
    this.#isFresh(to);
  }

  /** A file that got one more name has another change time, but the same content. */
  #linked(
    path: string,
    { stat: before, content }: { readonly stat: Signature; readonly content: ContentId },
    stat: Signature,
  ): void {
    if (!sameStat({ ...stat, ctimeNs: before.ctimeNs }, before)) return;
    const wasProof = this.#isProof(path, content);
    this.#log.learn(this.#log.content(content), { signature: stat, trusted: false });
    this.#looks.set(path, { stat, content });
    if (wasProof) this.#copied.set(path, { stat, content });
  }

  /**
   * The content of a file that a command read which started at a time; nothing where it changed since it
   * was looked at, or where it was not and changed after that time, as far as its stamps can tell.
   */
  steadyContent(path: string, startedAtMs: number): ContentId | undefined {
    const known = this.#looks.id(path);
    if (known !== undefined) {
      const before = this.#looks.content(known);
      return this.#isSteady(path, known) ? before : undefined;
    }
    this.#doubt(path);
    const look = this.#look(path);
    const [stat, content] = [this.#looks.stat(look), this.#looks.content(look)];
    if (stat === undefined || isSettled(stat, startedAtMs)) return content;
    const made = this.#made.get(path);
    return made !== undefined && sameStat(stat, made) ? content : undefined;
  }

  /** Whether a file of the build directory appeared after a time, and was unknown to earlier builds. */
  isBornHere(path: string, sinceMs: number): boolean {
    if (/^(?:\/|\.\.\/)/.test(path) || this.#log.file(path) !== undefined) return false;
    const { birthNs } = this.#stat(path) ?? {};
    return birthNs !== undefined && birthNs >= BigInt(Math.floor(sinceMs)) * 1_000_000n;
  }

  /**
   * What was as it had been when the build began may have become another since: by an edit, be it for a
   * moment only, or by an action that does not say so. It is looked at.
   */
  #doubt(path: string): void {
    if (!this.#unchanged.has(path)) return;
    const known = this.#log.file(path);
    const stat = this.#stat(path);
    if (known === undefined || stat === undefined || !sameStat(known.signature, stat))
      this.#unchanged.delete(path);
  }

  /** Whether a file is other than when it was looked at; if so, the next look is a new one. */
  hasChanged(path: string): boolean {
    const look = this.#looks.id(path);
    return look !== undefined && !this.#isSteady(path, look);
  }

  /** A new hard link to a file changes its ctime alone: then its content decides. */
  #isSteady(path: string, look: LookId): boolean {
    if (this.#looks.steadyAt(look) === this.#moment) return true;
    const now = this.#stat(path);
    if (now === undefined || !this.#looks.isThere(look)) {
      if (now === undefined && !this.#looks.isThere(look)) return true;
      this.forget(path);
      return false;
    }
    if (this.#looks.isSame(look, now)) {
      this.#looks.setSteadyAt(look, this.#moment);
      return true;
    }
    this.forget(path);
    const ctimeNs = this.#looks.stat(look)?.ctimeNs ?? now.ctimeNs;
    if (!this.#looks.isSame(look, { ...now, ctimeNs })) return false;
    return this.content(path) === this.#looks.content(look);
  }

  /**
   * Looks again at what was so new that a later change of it might not have shown, once it would. False
   * when it did change. What kaon copied is not read for that: nobody else writes it in the same tick.
   */
  settle(path: string): boolean {
    const before = this.content(path);
    const copied = this.#copied.get(path);
    const stat = copied && this.#stat(path);
    if (copied?.content === before && stat !== undefined && sameStat(stat, copied.stat)) {
      const content = this.#log.learn(this.#log.content(before), {
        signature: stat,
        trusted: true,
      });
      this.#looks.set(path, { stat, content });
      return true;
    }
    this.forget(path);
    return this.content(path) === before;
  }

  /** The same for all for which the time has come, but for what is so large that others would wait for it. */
  settleOld(): void {
    const now = this.#host.clock.nowMs();
    for (const [path, atMs] of this.#fresh) {
      if (atMs + settlingMs > now) return;
      this.#fresh.delete(path);
      const look = this.#looks.id(path);
      const size = look === undefined ? undefined : this.#looks.stat(look)?.size;
      if (look === undefined || size === undefined || size > largeBytes) continue;
      if (!this.#isProof(path, this.#looks.content(look))) this.settle(path);
    }
  }

  /** All that was looked at; undefined where a later change of it might not show in a signature. */
  seen(): readonly SeenContent[] | undefined {
    const seen: SeenContent[] = [];
    for (const [path, look] of this.#looks.entries()) {
      const isThere = this.#looks.isThere(look);
      if (isThere && !this.#isProof(path, this.#looks.content(look))) return undefined;
      seen.push(new SeenContent(path, look, this.#looks));
    }
    return seen;
  }

  /** Files whose signature was too new, when looked at, to prove their content. */
  unsettled(): readonly { readonly path: string; readonly size: number }[] {
    const unsettled: { readonly path: string; readonly size: number }[] = [];
    for (const [path, look] of this.#looks.entries()) {
      if (!this.#looks.isThere(look) || this.#isProof(path, this.#looks.content(look))) continue;
      unsettled.push({ path, size: this.#looks.stat(look)?.size ?? 0 });
    }
    return unsettled;
  }

  #isProof(path: string, content: ContentId): boolean {
    return this.#log.isTrusted(path, content);
  }

  #look(path: string): LookId {
    return this.#looks.id(path) ?? this.#looks.set(path, this.#newLook(path));
  }

  #newLook(path: string): Look {
    if (this.#unchanged.has(path)) {
      const known = this.#log.file(path);
      if (known?.trusted === true) {
        return { stat: known.signature, content: known.content, assumed: true };
      }
    }
    // Before the look: a change after it then gives the file a stamp that is not settled now.
    const atMs = this.#host.clock.nowMs();
    const stat = this.#stat(path);
    const known = this.#log.file(path);
    if (stat === undefined) {
      const content = { path, hash: missing, executable: false };
      return { stat, content: this.#log.intern(content) };
    }
    if (known?.trusted === true && sameStat(known.signature, stat)) {
      return { stat, content: known.content };
    }
    const hash = this.#hash(path, stat);
    const content = {
      path,
      hash: hash.ok ? hash.value : hashBytes('unreadable: ', hash.error.kind),
      executable: stat.kind === 'file' && (stat.mode & 0o111) !== 0,
    };
    const trusted = hash.ok && isSettled(stat, atMs);
    if (!trusted) this.#isFresh(path, atMs);
    if (known?.trusted === trusted && sameStat(known.signature, stat)) {
      // Nothing new, unless the content is.
      const before = this.#log.content(known.content);
      if (before.hash === content.hash) return { stat, content: known.content };
    }
    return { stat, content: this.#log.learn(content, { signature: stat, trusted }) };
  }

  #isFresh(path: string, atMs = this.#host.clock.nowMs()): void {
    this.#fresh.delete(path);
    this.#fresh.set(path, atMs);
  }

  #stat(path: string): FileStat | undefined {
    const at = this.#hostPath(path);
    return path.startsWith(linkMark) ? this.#host.files.lstat(at) : this.#host.files.stat(at);
  }

  #hostPath(path: string): string {
    return hostPath(this.#place, path.startsWith(linkMark) ? path.slice(linkMark.length) : path);
  }

  #hash(path: string, stat: FileStat): Result<Hash, FileFault> {
    const { files } = this.#host;
    const at = this.#hostPath(path);
    if (stat.kind === 'symlink') {
      const target = files.readLink(at);
      return target.ok ? ok(hashBytes('link to ', target.value)) : target;
    }
    if (stat.kind === 'directory') {
      const names = files.list(at);
      return names.ok ? ok(hashBytes('folder of ', names.value.join('\0'))) : names;
    }
    if (stat.kind !== 'file') return ok(hashBytes('device'));
    // The system's own tables have no size, whatever they hold.
    if (stat.size === 0 && !/^\/(?:proc|sys)\//.test(at))
      return ok(this.#isStamp(path) ? stampHash(stat) : empty);
    return hashFile(files, at);
  }

  /** Of an action that is not in the scope of this build, the log knows. */
  #isStamp(path: string): boolean {
    if (this.#mayBeStamp(path)) return true;
    const known = this.#log.file(path);
    return known !== undefined && isStamp(this.#log.content(known.content).hash);
  }
}
