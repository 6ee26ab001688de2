import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { parseJsonObject } from '../base/parse-json.ts';
import type { ActionId, FileId, Graph } from '../graph/graph.ts';
import type { FileStat, Host } from '../host/host.ts';
import type { PlannedTest } from '../model/test-plan.ts';

export interface FingerprintRequest {
  readonly host: Host;
  readonly graph: Graph;
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute. */
  readonly buildRoot: string;
}

/**
 * What each test rests on, as one word: its command and the content of what it runs, is given and
 * loads. A script may read any source, so it rests on all of them.
 */
export function fingerprints(
  tests: readonly PlannedTest[],
  request: FingerprintRequest,
): ReadonlyMap<PlannedTest, string> {
  const { host, graph, buildRoot, sourceRoot } = request;
  const digests = openDigests(host, buildRoot);
  const loaded = loadedLibraries(graph);
  let sources: string | undefined;
  const result = new Map<PlannedTest, string>();
  for (const test of tests) {
    const given = test.argv
      .map((word) => posix.resolve(test.workingDirectory ?? buildRoot, word))
      .filter((path) => host.files.isFile(path));
    const built = test.depends.flatMap((path) => [path, ...loaded(path)]);
    const paths = new Set([...given, ...built.map((path) => posix.resolve(buildRoot, path))]);
    if (!test.built) sources ??= digestOfSources(host, { sourceRoot, buildRoot, digests });
    const { argv, environment, workingDirectory, protocol, expectedExitCode, shouldFail } = test;
    const rule = [argv, environment, workingDirectory, protocol, expectedExitCode, shouldFail];
    const files = [...paths].sort().map((path) => [path, digests.of(path)]);
    result.set(test, digest(JSON.stringify([rule, files, test.built ? '' : sources])));
  }
  digests.save();
  return result;
}

/** The shared libraries that a built file loads, or that what it is made of loads; relative paths. */
function loadedLibraries(graph: Graph): (path: string) => readonly string[] {
  const makers = new Map<FileId, ActionId>();
  const ids = new Map<string, FileId>();
  for (const [id, path] of graph.files.entries()) ids.set(path, id);
  for (const [id, action] of graph.actions.entries()) {
    for (const output of action.outputs) makers.set(output, id);
  }
  return (path) => {
    const start = ids.get(path);
    const maker = start === undefined ? undefined : makers.get(start);
    const seen = new Set<ActionId>();
    const found: string[] = [];
    const waiting = maker === undefined ? [] : [maker];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const action = graph.actions.get(at);
      const lists = action.orderOnly.flatMap((list) => graph.fileLists.get(list));
      for (const input of [...action.inputs, ...lists]) {
        const made = makers.get(input);
        if (made === undefined) continue;
        const name = graph.files.get(input);
        if (/\.(so|dylib|dll)(\.[\d.]+)?$/.test(name)) found.push(name);
        waiting.push(made);
      }
    }
    return found;
  };
}

/** Above this many, files of the source tree are told by their stamps instead of their content. */
const mostSources = 20_000;
const notSources = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.cache']);

function digestOfSources(
  { files }: Host,
  { sourceRoot, buildRoot, digests }: { sourceRoot: string; buildRoot: string; digests: Digests },
): string {
  const paths: string[] = [];
  const waiting = [sourceRoot];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const names = files.list(folder);
    for (const name of names.ok ? names.value : []) {
      const path = `${folder}/${name}`;
      const kind = files.lstat(path)?.kind;
      if (kind === 'file') paths.push(path);
      const isBuild = path === buildRoot || notSources.has(name);
      if (kind === 'directory' && !isBuild && !files.exists(`${path}/meson-private`))
        waiting.push(path);
    }
  }
  const word = (path: string): string => {
    if (paths.length <= mostSources) return digests.of(path);
    const stat = files.stat(path);
    return stat === undefined ? 'missing' : stampOf(stat);
  };
  return digest(
    paths
      .sort()
      .map((path) => `${path}\0${word(path)}\n`)
      .join(''),
  );
}

/** The content of files, remembered from run to run by what the system says of them. */
interface Digests {
  of(path: string): string;
  save(): void;
}

function openDigests({ files }: Host, buildRoot: string): Digests {
  const path = `${buildRoot}/meson-private/kaon-test-inputs.json`;
  const text = files.readText(path);
  const known = new Map(Object.entries((text.ok && parseJsonObject(text.value)) || {}));
  let isChanged = false;
  return {
    of: (file) => {
      const stat = files.stat(file);
      if (stat === undefined) return 'missing';
      const stamp = stampOf(stat);
      const [before, content] = String(known.get(file) ?? '').split(' ');
      if (before === stamp && content !== undefined) return content;
      const bytes = files.readBytes(file);
      const made = bytes.ok ? digest(bytes.value) : 'unreadable';
      known.set(file, `${stamp} ${made}`);
      isChanged = true;
      return made;
    },
    save: () => {
      if (isChanged) files.replace(path, JSON.stringify(Object.fromEntries(known)));
    },
  };
}

function stampOf({ size, mtimeNs, ctimeNs, inode, mode }: FileStat): string {
  return [size, mtimeNs, ctimeNs, inode, mode].join('-');
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 32);
}
