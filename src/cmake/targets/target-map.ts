import { posix } from 'node:path';
import { librarySuffixes } from '../../toolchains/languages.ts';
import type { OutputReference } from '../project.ts';
import type { BuildDraft, Draft } from './drafts.ts';

/** Finds targets by their names, and by the files that they make. */
export class TargetMap {
  readonly #names = new Map<string, Draft>();
  /** By absolute path, by file name. */
  readonly #artifacts = new Map<string, Draft>();
  readonly #outputs = new Map<string, OutputReference>();
  readonly #buildDir: string;

  constructor(buildDir: string, drafts: readonly Draft[]) {
    this.#buildDir = buildDir;
    for (const draft of drafts) this.#add(draft);
  }

  #add(draft: Draft): void {
    this.#names.set(draft.cmakeName, draft);
    if (draft.kind === 'build') {
      for (const path of draft.artifacts) {
        this.#artifacts.set(path, draft);
        this.#artifacts.set(posix.basename(path), draft);
      }
      if (draft.nameOnDisk !== '') this.#artifacts.set(draft.nameOnDisk, draft);
      return;
    }
    for (const [output, path] of draft.originals.entries()) {
      const reference = { row: draft.row, output };
      this.#outputs.set(path, reference);
      this.#outputs.set(posix.basename(path), reference);
    }
  }

  target(name: string): Draft | undefined {
    return this.#names.get(name);
  }

  executable(name: string): BuildDraft | undefined {
    // An argument that looks like a file's name is none of ours; CMake names ours by whole paths.
    const made = name.startsWith('/') ? this.#artifacts.get(name) : undefined;
    const draft = this.#names.get(name) ?? made;
    return draft?.kind === 'build' && draft.function === 'executable' ? draft : undefined;
  }

  /** The target that makes a file, named by a path, a name, or a name with a version behind it. */
  artifact(name: string): Draft | undefined {
    for (const candidate of withoutVersions(name)) {
      const found =
        this.#artifacts.get(posix.resolve(this.#buildDir, candidate)) ??
        this.#artifacts.get(posix.basename(candidate));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Parts of a text: what lies between whole paths of files that targets make, and those targets. */
  parts(text: string): readonly (string | Draft)[] {
    const parts: (string | Draft)[] = [];
    for (let rest = text; rest !== ''; ) {
      const at = rest.indexOf(`${this.#buildDir}/`);
      const found = at === -1 ? undefined : this.#longest(rest.slice(at));
      if (found === undefined) {
        const end = at === -1 ? rest.length : at + this.#buildDir.length;
        parts.push(rest.slice(0, end));
        rest = rest.slice(end);
        continue;
      }
      if (at > 0) parts.push(rest.slice(0, at));
      parts.push(found.draft);
      rest = rest.slice(at + found.length);
    }
    return parts;
  }

  /** The longest path of a target's file that a text begins with. */
  #longest(text: string): { readonly draft: Draft; readonly length: number } | undefined {
    let best: { readonly draft: Draft; readonly length: number } | undefined;
    for (const [path, draft] of this.#artifacts) {
      const isWhole = path.startsWith('/') && text.startsWith(path);
      // The path of another file may begin alike.
      const ends = /^$|^[^\w.+/-]/.test(text.slice(path.length, path.length + 1));
      if (isWhole && ends && path.length > (best?.length ?? 0))
        best = { draft, length: path.length };
    }
    return best;
  }

  /** The custom target's output that a path or, failing that, a file's name stands for. */
  output(path: string, folder = this.#buildDir): OutputReference | undefined {
    return (
      this.#outputs.get(posix.resolve(folder, path)) ?? this.#outputs.get(posix.basename(path))
    );
  }

  /** The same, where a file is known by its whole path. */
  exactOutput(path: string): OutputReference | undefined {
    return this.#outputs.get(path);
  }
}

const version = /(\.[0-9]+)+$/;

/** `libx.so.1.2` is what `libx.so` is, `libx.1.dylib` what `libx.dylib` is. */
function withoutVersions(name: string): readonly string[] {
  const short = name.replace(version, '');
  const suffixed = [...librarySuffixes, 'dll.a']
    .filter((suffix) => name.endsWith(`.${suffix}`))
    .map((suffix) => `${name.slice(0, -suffix.length - 1).replace(version, '')}.${suffix}`);
  return [...new Set([name, short, ...suffixed])];
}
