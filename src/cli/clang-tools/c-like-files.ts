import { posix } from 'node:path';
import { filesBelow } from '../../host/files-below.ts';
import type { Files, Host } from '../../host/host.ts';
import { matchesGlob } from '../../testrun/match-glob.ts';
import { languageSuffixes } from '../../toolchains/languages.ts';

interface Place {
  /** `clang-format`, whose lists are `.clang-format-include` and `.clang-format-ignore`. */
  readonly tool: string;
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/**
 * The files of C and its kin that a tool is for, absolute: those that its list of patterns includes, or
 * those that git knows, or all there are; without those that are built or that its other list ignores.
 */
export function cLikeFiles(host: Host, { tool, sourceRoot, buildRoot }: Place): readonly string[] {
  const { files } = host;
  const included = patterns(files, `${sourceRoot}/.${tool}-include`);
  const ignored = patterns(files, `${sourceRoot}/.${tool}-ignore`).map(
    (pattern) => `${sourceRoot}/${pattern}`,
  );
  const all = (): readonly string[] =>
    filesBelow(files, sourceRoot, { enters: (name) => name !== '.git' }).map(({ path }) => path);
  const inSource =
    included.length > 0
      ? all().filter((path) =>
          included.some((pattern) => fitsPath(path.split('/'), pattern.split('/'))),
        )
      : (knownToGit(host, sourceRoot) ?? all());
  return inSource
    .filter((path) => suffixes.has(posix.extname(path)))
    .map((path) => `${sourceRoot}/${path}`)
    .filter(
      (path) =>
        !path.startsWith(`${buildRoot}/`) &&
        !ignored.some((pattern) => matchesGlob(path, pattern)) &&
        files.isFile(path),
    );
}

const suffixes: ReadonlySet<string> = new Set([
  '.h',
  ...(['c', 'cpp', 'objc', 'objcpp'] as const).flatMap((language) =>
    (languageSuffixes[language] ?? []).map((suffix) => `.${suffix}`),
  ),
]);

/** One a line; empty lines and comments are none. */
function patterns(files: Files, path: string): readonly string[] {
  const text = files.readText(path);
  const lines = text.ok ? text.value.split('\n').map((line) => line.trim()) : [];
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

function knownToGit(
  { processes, system }: Host,
  sourceRoot: string,
): readonly string[] | undefined {
  const { ended, stdout } = processes.run({
    argv: ['git', 'ls-files', '-z'],
    workingDirectory: sourceRoot,
    environment: system.environment,
  });
  if (ended.kind !== 'exited' || ended.code !== 0) return undefined;
  return stdout.split('\0').filter((path) => path !== '');
}

/** Whether a path fits a pattern of folders: `**` is any of them, also none. */
function fitsPath(path: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**')
    return path.some((_, at) => fitsPath(path.slice(at), rest)) || fitsPath([], rest);
  const [name, ...inside] = path;
  return name !== undefined && matchesGlob(name, first) && fitsPath(inside, rest);
}
