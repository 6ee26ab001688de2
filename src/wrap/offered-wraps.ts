import { isJsonObject, parseJsonObject } from '../base/parse-json.ts';
import type { Host } from '../host/host.ts';
import { join } from './paths.ts';

/** A project that a database of wraps has. */
export interface OfferedWrap {
  /** `VERSION-REVISION`, the newest first. */
  readonly versions: readonly string[];
  readonly dependencies: readonly string[];
  readonly programs: readonly string[];
}

/** The list of a database's projects that lies in a subprojects folder: `wrapdb.json`. */
export function offeredWraps(
  files: Host['files'],
  folder: string,
): ReadonlyMap<string, OfferedWrap> {
  const path = join(folder, 'wrapdb.json');
  const text = files.isFile(path) ? files.readText(path) : undefined;
  if (text?.ok !== true) return new Map();
  const all = parseJsonObject(text.value) ?? {};
  return new Map(Object.entries(all).map(([name, value]) => [name, offeredWrap(value)]));
}

/** An entry of such a list. */
export function offeredWrap(value: unknown): OfferedWrap {
  const texts = (key: string): readonly string[] => {
    const list = isJsonObject(value) ? value[key] : [];
    return Array.isArray(list) ? list.map(String) : [];
  };
  return {
    versions: texts('versions'),
    dependencies: texts('dependency_names'),
    programs: texts('program_names'),
  };
}

/** Who would provide what, were the wraps of the list there. */
export function offeredTables(files: Host['files'], folder: string) {
  const dependencies = new Map<string, string>();
  const programs = new Map<string, string>();
  for (const [name, offered] of offeredWraps(files, folder)) {
    for (const one of offered.dependencies) dependencies.set(one.toLowerCase(), name);
    for (const one of offered.programs) programs.set(one, name);
  }
  return { dependencies, programs };
}
