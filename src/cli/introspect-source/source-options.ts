import { posix } from 'node:path';
import { evaluate } from '../../eval/evaluate.ts';
import { introspectOptions } from '../../export/introspect/options.ts';
import type { Files, Host } from '../../host/host.ts';
import { rememberAnswers } from '../../host/remember-answers.ts';
import { stringLiteral } from '../../lang/string-literal.ts';
import { userCache } from '../user-cache.ts';

export interface OptionSources {
  readonly languages: readonly string[];
  /** The text of the top project's option file; undefined where there is none. */
  readonly options: string | undefined;
  /** Option files of the subprojects that lie in the project, by name. */
  readonly subprojects: ReadonlyMap<string, string | undefined>;
}

/**
 * The options that a project has before it is set up, with their defaults. A project that only has
 * the same languages and option files is evaluated, in a folder that exists in memory alone.
 */
export function sourceOptions(host: Host, sources: OptionSources): readonly unknown[] | undefined {
  const root = posix.join(
    host.system.temporaryDirectory,
    `kaon-introspect-${host.system.processId}`,
  );
  const sourceRoot = `${root}/source`;
  const texts = new Map<string, string>();
  const add = (folder: string, options: string | undefined, build: string): void => {
    texts.set(`${folder}/meson.build`, build);
    if (options !== undefined) texts.set(`${folder}/meson.options`, options);
  };
  const names = [...sources.subprojects.keys()];
  for (const [name, options] of sources.subprojects) {
    add(`${sourceRoot}/subprojects/${name}`, options, `project(${stringLiteral(name)})\n`);
  }
  const lines = [
    "project('options')",
    ...sources.languages.map(
      (each) => `add_languages(${stringLiteral(each)}, required: false, native: false)`,
    ),
    ...names.map((name) => `subproject(${stringLiteral(name)}, required: false)`),
  ];
  add(sourceRoot, sources.options, `${lines.join('\n')}\n`);
  const buildRoot = `${root}/build`;
  host.files.makeDirectory(buildRoot);
  try {
    const remembering = rememberAnswers(host, { folder: `${userCache(host)}/answers` });
    const { model } = evaluate({
      host: { ...remembering, files: withTexts(host.files, texts) },
      sourceRoot,
      buildRoot,
      onlyOptions: true,
    });
    return model && introspectOptions(model.options, names);
  } finally {
    host.files.remove(root);
  }
}

/** Files, with some texts laid over them. */
function withTexts(files: Files, texts: ReadonlyMap<string, string>): Files {
  const isFolder = (path: string): boolean =>
    [...texts.keys()].some((each) => each.startsWith(`${path}/`));
  const stat = (size: number, kind: 'file' | 'directory') =>
    ({ kind, size, mode: 0o644, mtimeNs: 0n, ctimeNs: 0n, inode: 0n }) as const;
  const overlay: Partial<Files> = {
    readText: (path) => {
      const text = texts.get(path);
      return text === undefined ? files.readText(path) : { ok: true, value: text };
    },
    readBytes: (path) => {
      const text = texts.get(path);
      if (text === undefined) return files.readBytes(path);
      return { ok: true, value: new TextEncoder().encode(text) };
    },
    stat: (path) => {
      const text = texts.get(path);
      if (text !== undefined) return stat(text.length, 'file');
      return isFolder(path) ? stat(0, 'directory') : files.stat(path);
    },
    exists: (path) => texts.has(path) || isFolder(path) || files.exists(path),
    isFile: (path) => texts.has(path) || files.isFile(path),
    isDirectory: (path) => isFolder(path) || files.isDirectory(path),
    realPath: (path) =>
      texts.has(path) || isFolder(path) ? { ok: true, value: path } : files.realPath(path),
  };
  return new Proxy(files, {
    get(target, name): unknown {
      const own = Reflect.get(overlay, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
