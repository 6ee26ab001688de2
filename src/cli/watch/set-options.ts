import { posix } from 'node:path';
import type { Files, Watcher, Watching } from '../../host/host.ts';
import { commandLinePath } from '../../store/setup/setup-state.ts';

interface OptionsToWatch {
  readonly buildRoot: string;
  readonly changed: (path: string) => void;
  readonly failed: (reason: string) => void;
}

/** The options that a build directory is to have: another kaon may be asked for others meanwhile. */
export class SetOptions {
  readonly #files: Files;
  readonly #watching: Watching;
  readonly #what: OptionsToWatch;
  readonly #path: string;
  #known: string | undefined;
  #watcher: Watcher | undefined;

  constructor(
    { files, watching }: { readonly files: Files; readonly watching: Watching },
    what: OptionsToWatch,
  ) {
    this.#files = files;
    this.#watching = watching;
    this.#what = what;
    this.#path = commandLinePath(what.buildRoot);
  }

  /** What is set now is about to be built. */
  note(): void {
    this.#known = this.#text();
  }

  /** Begins to look, once there is something to look at. */
  async watch(): Promise<void> {
    if (this.#watcher !== undefined) return;
    this.note();
    if (this.#known === undefined) return;
    const { changed, failed } = this.#what;
    const folder = posix.dirname(this.#path);
    const started = await this.#watching.start(folder, {
      ignores: (path) => path !== folder && path !== this.#path,
      changed: (path) => {
        if (this.#text() !== this.#known) changed(path);
      },
      failed,
    });
    if (started.ok) this.#watcher = started.value;
    else failed(started.error.reason);
  }

  async close(): Promise<void> {
    await this.#watcher?.close();
  }

  #text(): string | undefined {
    const text = this.#files.readText(this.#path);
    return text.ok ? text.value : undefined;
  }
}
