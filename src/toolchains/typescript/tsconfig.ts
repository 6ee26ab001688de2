import { posix } from 'node:path';
import { isJsonObject, parseJsonObject } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';

/** A project that a tsconfig describes. */
export interface TsProject {
  /** Its tsconfig, relative to the package. */
  readonly config: string;
  /** It has no files of its own: it only names others. */
  readonly isEmpty: boolean;
  /** Others may reference it; it always has declarations then. */
  readonly isComposite: boolean;
  /** It references others, so that it may have no files. */
  readonly isParent: boolean;
}

/** A tsconfig and those that it extends, but for those of packages. */
export function configFiles(files: Files, source: string, project: string): readonly string[] {
  return extended(files, source, project).flatMap(({ path, isThere }) => (isThere ? [path] : []));
}

/** A tsconfig, then those that it extends. */
function extended(files: Files, source: string, project: string): readonly ReadConfig[] {
  return reach(files, { source, project }, (at, config) =>
    [config['extends']]
      .flat()
      .filter((name) => typeof name === 'string')
      .filter((name) => name.startsWith('.'))
      .flatMap((name) => {
        const path = posix.join(posix.dirname(at), name);
        return name.endsWith('.json') ? [path] : [path, `${path}.json`];
      }),
  );
}

/** A tsconfig and all that it references, and these reference in turn. */
export function referencedProjects(
  files: Files,
  source: string,
  project: string,
): readonly TsProject[] {
  return reach(files, { source, project }, (at, config) =>
    [config['references']]
      .flat()
      .flatMap((one) => (isJsonObject(one) && typeof one['path'] === 'string' ? [one['path']] : []))
      .map((path) => posix.join(posix.dirname(at), path)),
  ).map(({ path, config }) => ({
    config: path,
    isParent: config['references'] !== undefined,
    isEmpty: [config['files']].flat().length === 0 && config['include'] === undefined,
    isComposite: compilerOption(files, { source, project: path }, 'composite')?.value === true,
  }));
}

/** What a tsconfig, or else what it extends, says of an option, and where that stands: paths start there. */
export function compilerOption(
  files: Files,
  { source, project }: { readonly source: string; readonly project: string },
  name: string,
): { readonly value: unknown; readonly config: string } | undefined {
  for (const { path, config } of extended(files, source, project)) {
    const options = config['compilerOptions'];
    const value = isJsonObject(options) ? options[name] : undefined;
    if (value !== undefined) return { value, config: path };
  }
  return undefined;
}

interface ReadConfig {
  readonly path: string;
  readonly isThere: boolean;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Each tsconfig once, the asked one first. */
function reach(
  files: Files,
  { source, project }: { readonly source: string; readonly project: string },
  next: (path: string, config: ReadConfig['config']) => readonly string[],
): readonly ReadConfig[] {
  const found = new Map<string, ReadConfig>();
  const waiting = [posix.normalize(project)];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const at = files.isDirectory(posix.join(source, path))
      ? posix.join(path, 'tsconfig.json')
      : path;
    const text = files.readText(posix.join(source, at));
    if (found.has(at)) continue;
    const config = text.ok ? parseConfig(text.value) : {};
    found.set(at, { path: at, config, isThere: text.ok });
    waiting.push(...next(at, config));
  }
  return [...found.values()];
}

/** Such files have comments and commas that JSON has not. What cannot be read says nothing: tsc will tell. */
function parseConfig(text: string): Readonly<Record<string, unknown>> {
  const string = '"(?:[^"\\\\]|\\\\.)*"';
  const bare = text
    .replace(new RegExp(`(${string})|//[^\\n]*|/\\*[^]*?\\*/`, 'g'), '$1')
    .replace(new RegExp(`(${string})|,(?=\\s*[}\\]])`, 'g'), '$1');
  return parseJsonObject(bare) ?? {};
}
