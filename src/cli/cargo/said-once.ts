import { saidOnceOption } from '../../base/cargo-options.ts';
import { isJsonObject, parseJsonObject } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

/** `--locked`, `--offline` and `--frozen`: they say how a command may work, not what is built. */
const once: ReadonlySet<string> = new Set(['locked', 'wrap_mode']);

interface Before {
  readonly said: string;
  readonly before: string | null;
}

/**
 * Options to set, where some words hold for one command in a Cargo workspace without build file, as with
 * Cargo: the next that does not say them takes them back, unless somebody set them otherwise since.
 */
export function withSaidOnce(
  files: Files,
  directory: BuildDirectory,
  given: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, string | undefined> {
  const sourceRoot = sourceRootOf(files, directory);
  if (sourceRoot === undefined || isMesonProject(files, sourceRoot)) return given;
  const now = loadCommandLine(files, directory.buildRoot).options;
  const kept = readKept(now.get(saidOnceOption));
  const options = new Map(given);
  const next = new Map<string, Before>();
  for (const [name, { said, before }] of kept)
    if (!given.has(name) && now.get(name) === said) options.set(name, before ?? undefined);
  for (const [name, said] of given) {
    const current = now.get(name) ?? null;
    const known = kept.get(name);
    const before = known !== undefined && known.said === current ? known.before : current;
    if (once.has(name) && said !== undefined && before !== said) next.set(name, { said, before });
  }
  const text = next.size === 0 ? '' : JSON.stringify(Object.fromEntries(next));
  if (text !== (now.get(saidOnceOption) ?? ''))
    options.set(saidOnceOption, text === '' ? undefined : text);
  return options;
}

function readKept(option = ''): ReadonlyMap<string, Before> {
  const read = option === '' ? {} : (parseJsonObject(option) ?? {});
  return new Map(
    Object.entries(read).flatMap(([name, value]) => {
      const { said, before } = isJsonObject(value) ? value : {};
      if (typeof said !== 'string') return [];
      return [[name, { said, before: typeof before === 'string' ? before : null }] as const];
    }),
  );
}
