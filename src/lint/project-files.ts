import { posix } from 'node:path';
import { pathBelow } from '../base/path-below.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import type { Files } from '../host/host.ts';
import { parse } from '../lang/parse.ts';
import type { CallExpression, Tree } from '../lang/tree.ts';

/** As much of the disk as is looked at; an editor lays its unsaved texts over it. */
export type ReadFiles = Pick<
  Files,
  'readText' | 'exists' | 'isFile' | 'isDirectory' | 'list' | 'realPath'
>;

/** A build or option file, parsed. */
export interface BuildFile {
  /** Absolute. */
  readonly path: string;
  /** Its folder, relative to the project: empty for the project's own. */
  readonly folder: string;
  readonly source: Source;
  readonly tree: Tree;
  /** What the parser says of it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Trees of texts that were parsed before, by path: for one who reads the same project again and again. */
export type ParsedBefore = Map<string, BuildFile>;

interface ProjectPlace {
  /** Absolute. */
  readonly root: string;
  /** The folder that paths in messages are relative to, where they lie below it; else that is the root. */
  readonly shownUnder?: string;
  readonly before?: ParsedBefore;
}

/** Reads files of a project, each once. */
export class ProjectFiles {
  /** Absolute. */
  readonly root: string;
  readonly disk: ReadFiles;
  readonly #shownUnder: string;
  readonly #before: ParsedBefore;
  readonly #read = new Map<string, BuildFile | undefined>();

  constructor(disk: ReadFiles, { root, shownUnder = root, before = new Map() }: ProjectPlace) {
    this.#before = before;
    this.disk = disk;
    this.root = root;
    this.#shownUnder = shownUnder;
  }

  /** The build file of a folder that is relative to the project. */
  buildFile(folder: string): BuildFile | undefined {
    return this.file(posix.join(folder, 'meson.build'));
  }

  /** The file that declares the project's options. */
  optionFile(): BuildFile | undefined {
    return this.file('meson.options') ?? this.file('meson_options.txt');
  }

  /** A file by its path relative to the project. */
  file(relative: string): BuildFile | undefined {
    const path = posix.join(this.root, relative);
    if (this.#read.has(path)) return this.#read.get(path);
    const text = this.disk.readText(path);
    const file = text.ok ? this.#parsed(path, relative, text.value) : undefined;
    this.#read.set(path, file);
    return file;
  }

  #parsed(path: string, relative: string, text: string): BuildFile {
    const before = this.#before.get(path);
    const [source, folder] = [{ path: this.#shown(path), text }, posix.dirname(relative)];
    if (before?.source.text === text && before.folder === (folder === '.' ? '' : folder)) {
      return before;
    }
    const { tree, diagnostics } = parse(source);
    const file = { path, folder: folder === '.' ? '' : folder, source, tree, diagnostics };
    this.#before.set(path, file);
    return file;
  }

  #shown(path: string): string {
    return pathBelow(this.#shownUnder, path) ?? path;
  }
}

/** The folder of the project that a path belongs to: the nearest above whose build file begins with `project()`. */
export function projectRoot(disk: ReadFiles, path: string): string | undefined {
  for (let folder = disk.isDirectory(path) ? path : posix.dirname(path); ; ) {
    const text = disk.readText(posix.join(folder, 'meson.build'));
    if (text.ok && projectCall(parse({ path: folder, text: text.value }).tree)) return folder;
    const above = posix.dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

/** The call of `project()` that begins a build file. */
export function projectCall({ statements }: Tree): CallExpression | undefined {
  const first = statements.find(
    (statement) => statement.kind === 'expression' && statement.expression.kind === 'call',
  );
  const call = first?.kind === 'expression' ? first.expression : undefined;
  return call?.kind === 'call' && call.name === 'project' ? call : undefined;
}
