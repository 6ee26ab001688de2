import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import { bin } from './kaon.ts';

/** An editor with a real `kaon lsp` at the other end of its pipes. */
export class Editor {
  readonly connection: ProtocolConnection;
  readonly #folder: string;
  readonly #versions = new Map<string, number>();
  readonly #waiting: {
    readonly uri: string;
    readonly resolve: (list: readonly Diagnostic[]) => void;
  }[] = [];
  /** Resolves with what the server exited with. */
  readonly exited: Promise<number | null>;
  capabilities: InitializeResult['capabilities'] = {};

  constructor(folder: string) {
    this.#folder = folder;
    const child = spawn(bin, ['lsp', '--stdio'], { cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] });
    this.exited = new Promise((resolve) => child.on('exit', resolve));
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      for (const each of this.#waiting.splice(0)) {
        if (each.uri === uri) each.resolve(diagnostics);
        else this.#waiting.push(each);
      }
    });
    this.connection.listen();
  }

  uri(path: string): string {
    return `file://${join(this.#folder, path)}`;
  }

  async start(): Promise<void> {
    const { capabilities } = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: this.uri(''),
      capabilities: { textDocument: { rename: { prepareSupport: true } } },
      workspaceFolders: [{ uri: this.uri(''), name: 'project' }],
    });
    this.capabilities = capabilities;
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  /** Opens a file, with the text it has on disk unless another is told; resolves with what is wrong with it. */
  open(
    path: string,
    text = readFileSync(join(this.#folder, path), 'utf8'),
  ): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    this.#versions.set(uri, 1);
    const told = this.told(path);
    void this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'meson', version: 1, text },
    });
    return told;
  }

  /** Types; resolves with what is wrong then. */
  change(
    path: string,
    ...contentChanges: TextDocumentContentChangeEvent[]
  ): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    const told = this.told(path);
    void this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
    return told;
  }

  /** The next diagnostics of a file. */
  told(path: string): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    return new Promise((resolve) => this.#waiting.push({ uri, resolve }));
  }

  async end(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return this.exited;
  }
}
