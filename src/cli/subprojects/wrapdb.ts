import { parseJsonObject } from '../../base/parse-json.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { type OfferedWrap, offeredWrap } from '../../wrap/offered-wraps.ts';
import { shownUrl } from '../../wrap/url.ts';

const largest = 64 * 1024 * 1024;

/** A server that has `releases.json` and `NAME_VERSION-REVISION/NAME.wrap` below a URL. */
export class Wrapdb {
  readonly #host: Host;
  readonly #url: string | undefined;
  readonly #kept: string;
  readonly #allowInsecure: boolean;

  /** `kept` is a file that may hold the list of projects: asked where no server is known. */
  constructor(
    host: Host,
    {
      url,
      kept,
      allowInsecure,
    }: {
      readonly url: string | undefined;
      readonly kept: string;
      readonly allowInsecure: boolean;
    },
  ) {
    this.#host = host;
    this.#url = url?.replace(/\/+$/, '');
    this.#kept = kept;
    this.#allowInsecure = allowInsecure;
  }

  async releases(): Promise<Result<ReadonlyMap<string, OfferedWrap>, string>> {
    const kept = this.#url === undefined ? this.#host.files.readText(this.#kept) : undefined;
    const content = kept?.ok === true ? ok(kept.value) : await this.text('releases.json');
    if (!content.ok) return content;
    const all = parseJsonObject(content.value);
    if (all === undefined) return err('The list of projects of the database cannot be read.');
    return ok(new Map(Object.entries(all).map(([name, value]) => [name, offeredWrap(value)])));
  }

  /** The wrap file of a version; only plain names make a path. */
  async wrapFile(name: string, version: string): Promise<Result<string, string>> {
    if (!/^[\w.+-]+$/.test(name) || !/^[\w.+~-]+$/.test(version)) {
      return err(`'${name}' ${version} is no name of a wrap`);
    }
    return this.text(`${name}_${version}/${name}.wrap`);
  }

  async text(path: string): Promise<Result<string, string>> {
    if (this.#url === undefined) {
      return err('Which database? Give its URL by --wrapdb or in KAON_WRAPDB.');
    }
    const secure = await this.#download(`${this.#url}/${path}`);
    if (secure.ok || !this.#allowInsecure || !this.#url.startsWith('https:')) return secure;
    const plain = await this.#download(`${this.#url.replace(/^https:/, 'http:')}/${path}`);
    // What is true of the secure server says more.
    return plain.ok ? plain : secure;
  }

  async #download(url: string): Promise<Result<string, string>> {
    const { files, network, system, clock } = this.#host;
    const name = `kaon-wrapdb-${system.processId}-${clock.nowMs()}`;
    const target = `${system.temporaryDirectory}/${name}`;
    const done = await network.download(url, target, { maxBytes: largest });
    if (!done.ok) {
      const { reason } = done.error;
      return err(reason.includes('://') ? reason : `${shownUrl(url)}: ${reason}`);
    }
    const read = files.readText(target);
    files.remove(target);
    return read.ok ? ok(read.value) : err(read.error.reason);
  }
}
