import { posix } from 'node:path';
import { splitWords } from '../../base/shell-words.ts';
import type { Files } from '../../host/host.ts';

/** A crate of the project as its build compiles it. */
export interface RustCrate {
  readonly compiler: string;
  /** rustc's arguments without those that say what is written. */
  readonly args: readonly string[];
  /** As the compiler is told it, and absolute. */
  readonly root: string;
  readonly rootPath: string;
  readonly folder: string;
  readonly name: string;
  readonly edition: string;
  readonly isTest: boolean;
}

/**
 * The crates of a build directory that are the project's own: no subproject's, and none whose lints
 * are off. Read from `compile_commands.json`, which has each call whole.
 */
export function rustCrates(
  files: Files,
  {
    sourceRoot,
    buildRoot,
    subprojects,
  }: { readonly sourceRoot: string; readonly buildRoot: string; readonly subprojects: string },
): readonly RustCrate[] {
  const text = files.readText(`${buildRoot}/compile_commands.json`);
  // Written by setup in this shape.
  const entries = text.ok ? (JSON.parse(text.value) as readonly CompileCommand[]) : [];
  return entries.flatMap((entry) => {
    if (!entry.file.endsWith('.rs')) return [];
    const rootPath = posix.resolve(entry.directory, entry.file);
    const inside = (folder: string): boolean => rootPath.startsWith(`${folder}/`);
    const isOwn = inside(buildRoot)
      ? !inside(`${buildRoot}/${posix.basename(subprojects)}`)
      : inside(sourceRoot) && !inside(subprojects);
    const crate = crateOf(entry, rootPath);
    return isOwn && crate !== undefined ? [crate] : [];
  });
}

interface CompileCommand {
  readonly directory: string;
  readonly command: string;
  readonly file: string;
}

/** Options whose value says where something is written. */
const outputs = new Set(['--emit', '--out-dir', '-o', '--dep-info']);

function crateOf({ directory, command, file }: CompileCommand, rootPath: string) {
  const [compiler, ...words] = splitWords(command) ?? [];
  if (compiler === undefined) return undefined;
  const args: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (outputs.has(word)) at++;
    else if (word !== file && !/^--(emit|out-dir|color|error-format|json)=/.test(word))
      args.push(word);
  }
  const cap = args.indexOf('--cap-lints');
  if (cap >= 0 && args[cap + 1] === 'allow') return undefined;
  const name = args[args.indexOf('--crate-name') + 1] ?? '';
  const edition = args.find((word) => word.startsWith('--edition='))?.slice('--edition='.length);
  return {
    ...{ compiler, args, root: file, rootPath, folder: directory, name },
    edition: edition ?? '2015',
    isTest: args.includes('--test'),
  };
}
