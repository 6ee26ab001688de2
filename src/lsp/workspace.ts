import { posix } from 'node:path';
import type { Location, Position, Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Source, Span } from '../diag/source.ts';
import { type Facts, gatherFacts } from '../lint/facts.ts';
import {
  type BuildFile,
  type ParsedBefore,
  ProjectFiles,
  projectRoot,
  type ReadFiles,
} from '../lint/project-files.ts';
import { pathOf, uriOf } from './uri.ts';

/** A place in a build file, with all that is known of its project. */
export interface Spot {
  readonly facts: Facts;
  readonly file: BuildFile;
  readonly offset: number;
}

/** What an editor works on: the disk, with the texts of open documents laid over it. */
export class Workspace {
  readonly disk: ReadFiles;
  readonly #before: ParsedBefore = new Map();
  readonly #projects = new Map<string, Facts>();

  /** `open` gives the text of a document that is open, by its path. */
  constructor(disk: ReadFiles, open: (path: string) => string | undefined) {
    this.disk = {
      ...readers(disk),
      readText: (path) => {
        const text = open(path);
        return text === undefined ? disk.readText(path) : { ok: true, value: text };
      },
      exists: (path) => open(path) !== undefined || disk.exists(path),
      isFile: (path) => open(path) !== undefined || disk.isFile(path),
    };
  }

  /** Something changed: what was gathered is no longer true. */
  forget(): void {
    this.#projects.clear();
  }

  /** The projects that were looked at. */
  get known(): readonly Facts[] {
    return [...this.#projects.values()];
  }

  /** All that is known of the project a file belongs to; of a file that no project enters, of it beside the project. */
  factsOf(path: string): Facts {
    const root = projectRoot(this.disk, path) ?? posix.dirname(path);
    const facts = this.#projects.get(root) ?? this.#gather(root);
    this.#projects.set(root, facts);
    if (isOptionFile(path) || facts.scan.files.some((file) => file.path === path)) return facts;
    const folder = posix.relative(root, posix.dirname(path));
    return this.#gather(root, folder);
  }

  #gather(root: string, also?: string): Facts {
    return gatherFacts(new ProjectFiles(this.disk, { root, before: this.#before }), also);
  }

  /** The facts of a document, and itself among them. */
  fileOf(uri: string): { readonly facts: Facts; readonly file: BuildFile } | undefined {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    const facts = this.factsOf(path);
    const file = facts.project.file(posix.relative(facts.project.root, path));
    return file === undefined ? undefined : { facts, file };
  }

  spotAt(uri: string, position: Position): Spot | undefined {
    const found = this.fileOf(uri);
    return found && { ...found, offset: documentOf(found.file.source).offsetAt(position) };
  }
}

function readers(disk: ReadFiles): ReadFiles {
  return {
    readText: (path) => disk.readText(path),
    exists: (path) => disk.exists(path),
    isFile: (path) => disk.isFile(path),
    isDirectory: (path) => disk.isDirectory(path),
    list: (path) => disk.list(path),
    realPath: (path) => disk.realPath(path),
  };
}

/** Whether a path is one of the files that declare options. */
export function isOptionFile(path: string): boolean {
  return /\/meson(\.options|_options\.txt)$/.test(path);
}

const documents = new WeakMap<Source, TextDocument>();

/** A text that can tell lines from offsets. */
function documentOf(source: Source): TextDocument {
  const known = documents.get(source) ?? TextDocument.create('', 'meson', 0, source.text);
  documents.set(source, known);
  return known;
}

/** A span in the positions of the protocol: lines and UTF-16 units, from 0. */
export function rangeOf({ source }: Pick<BuildFile, 'source'>, { start, end }: Span): Range {
  const document = documentOf(source);
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** A span with the address of its file. */
export function locationOf({
  file,
  span,
}: {
  readonly file: BuildFile;
  readonly span: Span;
}): Location {
  return { uri: uriOf(file.path), range: rangeOf(file, span) };
}
