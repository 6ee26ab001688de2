import {
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  ResponseError,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ReadFiles } from '../lint/project-files.ts';
import { completion } from './features/completion.ts';
import { corrections } from './features/corrections.ts';
import { definition } from './features/definition.ts';
import { diagnostics } from './features/diagnostics.ts';
import { folding } from './features/folding.ts';
import { formatting } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { highlights, references, rename, renamed } from './features/references.ts';
import { semanticTokens, tokenModifiers, tokenTypes } from './features/semantic-tokens.ts';
import { signatureHelp } from './features/signature.ts';
import { symbols, workspaceSymbols } from './features/symbols.ts';
import { pathOf, uriOf } from './uri.ts';
import { type Spot, Workspace } from './workspace.ts';

/** What a server is told of itself and its world. */
export interface ServeInput {
  readonly disk: ReadFiles;
  readonly version: string;
  /** How long to wait for the next letter before a project is looked through. */
  readonly pauseMs: number;
}

/** Answers an editor until it says goodbye; resolves with what to exit with. */
export function serve(
  connection: Connection,
  { disk, version, pauseMs }: ServeInput,
): Promise<number> {
  const documents = new TextDocuments(TextDocument);
  const workspace = new Workspace(disk, (path) => documents.get(uriOf(path))?.getText());
  const publisher = new Publisher(connection, workspace, pauseMs);
  connection.onInitialize(() => initialized(version));
  connection.onInitialized(() => {
    const watchers = [
      { globPattern: '**/{meson.build,meson.options,meson_options.txt,meson.format,*.wrap}' },
    ];
    // Editors that cannot watch files say so, and lose nothing else.
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch(() => {});
  });
  const changed = (uri: string): void => {
    workspace.forget();
    publisher.later(uri);
  };
  documents.onDidChangeContent(({ document }) => changed(document.uri));
  documents.onDidClose(({ document }) => changed(document.uri));
  connection.onDidChangeWatchedFiles(() => {
    workspace.forget();
    for (const { uri } of documents.all()) publisher.later(uri);
  });
  answer(connection, workspace);
  documents.listen(connection);
  return new Promise((resolve) => {
    let asked = false;
    connection.onShutdown(() => {
      asked = true;
    });
    connection.onExit(() => resolve(asked ? 0 : 1));
    connection.listen();
  });
}

function initialized(version: string): InitializeResult {
  return {
    serverInfo: { name: 'kaon', version },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: { triggerCharacters: ['.', "'", '/', '('] },
      hoverProvider: true,
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      workspaceSymbolProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      foldingRangeProvider: true,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      semanticTokensProvider: {
        legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
        full: true,
      },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** Every question has its feature. */
function answer(connection: Connection, workspace: Workspace): void {
  const at = <T>(
    { textDocument, position }: TextDocumentPositionParams,
    ask: (spot: Spot) => T,
  ): T | null => {
    const spot = workspace.spotAt(textDocument.uri, position);
    return spot === undefined ? null : ask(spot);
  };
  connection.onCompletion((asked) => at(asked, (spot) => [...completion(spot)]));
  connection.onHover((asked) => at(asked, (spot) => hover(spot) ?? null));
  connection.onSignatureHelp((asked) => at(asked, (spot) => signatureHelp(spot) ?? null));
  connection.onDefinition((asked) => at(asked, (spot) => [...definition(spot)]));
  connection.onReferences((asked) =>
    at(asked, (spot) => [...references(spot, { definitions: asked.context.includeDeclaration })]),
  );
  connection.onPrepareRename((asked) => at(asked, (spot) => renamed(spot) ?? null));
  connection.onRenameRequest((asked) =>
    at(asked, (spot) => {
      const edit = rename(spot, asked.newName);
      return typeof edit === 'string' ? new ResponseError(requestFailed, edit) : edit;
    }),
  );
  const fileOf = (uri: string) => workspace.fileOf(uri);
  connection.onDocumentSymbol(({ textDocument }) => {
    const found = fileOf(textDocument.uri);
    return found === undefined ? [] : [...symbols(found.file)];
  });
  connection.onDocumentHighlight((asked) => at(asked, (spot) => [...highlights(spot)]));
  connection.onWorkspaceSymbol(({ query }) => [...workspaceSymbols(workspace.known, query)]);
  connection.onCodeAction(({ textDocument, range }) => {
    const found = fileOf(textDocument.uri);
    return found === undefined ? [] : [...corrections(found.facts, found.file, range)];
  });
  connection.onFoldingRanges(({ textDocument }) => {
    const found = fileOf(textDocument.uri);
    return found === undefined ? [] : [...folding(found.file)];
  });
  connection.onDocumentFormatting(({ textDocument }) => {
    const found = fileOf(textDocument.uri);
    return found === undefined ? [] : [...formatting(workspace.disk, found.file)];
  });
  connection.onDocumentRangeFormatting(({ textDocument, range }) => {
    const found = fileOf(textDocument.uri);
    return found === undefined ? [] : [...formatting(workspace.disk, found.file, range)];
  });
  connection.languages.semanticTokens.on(({ textDocument }) => {
    const found = fileOf(textDocument.uri);
    return found === undefined ? { data: [] } : semanticTokens(found, found.file);
  });
}

/** The protocol's number for a request that is right and cannot be met. */
const requestFailed = -32803;

/** Sends what is wrong with projects, a little after they changed. */
class Publisher {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #pauseMs: number;
  readonly #waiting = new Set<string>();
  /** Files of which something is shown. */
  readonly #shown = new Map<string, Set<string>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, workspace: Workspace, pauseMs: number) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#pauseMs = pauseMs;
  }

  later(uri: string): void {
    this.#waiting.add(uri);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tryToPublish(), this.#pauseMs);
  }

  /** A defect of ours costs an editor these diagnostics, not its server. */
  #tryToPublish(): void {
    try {
      this.#publish();
    } catch (error) {
      this.#connection.console.error(String(error instanceof Error ? error.stack : error));
    }
  }

  #publish(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const uri of waiting) {
      const path = pathOf(uri);
      if (path === undefined) continue;
      const facts = this.#workspace.factsOf(path);
      const { root } = facts.project;
      const before = this.#shown.get(root) ?? new Set();
      const now = new Set<string>();
      for (const [file, list] of diagnostics(facts)) {
        if (list.length > 0) now.add(file);
        const isWanted = list.length > 0 || before.has(file) || file === uri;
        if (isWanted) this.#send(file, list);
      }
      for (const file of before) if (!now.has(file)) this.#send(file, []);
      this.#shown.set(root, now);
    }
  }

  #send(uri: string, list: readonly Diagnostic[]): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics: [...list] });
  }
}
