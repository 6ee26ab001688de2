import { ownText } from '../../base/own-text.ts';
import { isJsonObject, parseJsonObject } from '../../base/parse-json.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Action } from '../../graph/graph.ts';
import type { BuildContext } from '../build-context.ts';
import { graphPath, hostPath } from '../build-place.ts';
import { type Discovered, parseMakeDepfile } from './make-depfile.ts';

type Where = Pick<BuildContext, 'host' | 'place' | 'spelled'>;

/** What an action's depfile and its output say it read, as paths of the graph; nothing when no depfile was written. */
export function discoverInputs(
  where: Where,
  action: Action,
  said: readonly string[] = [],
): Result<Discovered, string> {
  const found = inDepfile(where, action);
  if (!found.ok || said.length === 0) return found;
  const paths = said.map((path) => graphPath(where.place, path));
  return ok({ ...found.value, paths: [...new Set([...found.value.paths, ...paths])] });
}

function inDepfile(
  { host, place, spelled }: Where,
  { depfile, work }: Action,
): Result<Discovered, string> {
  if (depfile === undefined) return ok({ paths: [], environment: [] });
  const text = host.files.readText(hostPath(place, depfile.path));
  if (!text.ok) {
    const { kind, reason } = text.error;
    const none = { paths: [], environment: [] };
    if (kind === 'missing')
      return ok(depfile.needed === true ? { ...none, partly: 'untold' } : none);
    // It names files whose names are no text, which nothing here could say.
    if (kind === 'not-text') return ok({ ...none, partly: 'unnameable' });
    return err(`the depfile ${depfile.path} cannot be read: ${reason}`);
  }
  const folder = work.kind === 'command' ? work.cwd : undefined;
  const found =
    depfile.format === 'make' ? parseMakeDepfile(text.value) : parseMetafile(text.value);
  if (found === undefined) {
    const why = depfile.format === 'make' ? "expected ':'" : 'cannot be understood';
    return err(`the depfile ${depfile.path}: ${why}`);
  }
  const paths = new Set<string>();
  for (const path of found.paths) {
    // Most paths are read by many actions.
    let known = folder === undefined ? spelled.get(path) : undefined;
    if (known === undefined) {
      known = graphPath(place, ownText(path), folder);
      if (folder === undefined) spelled.set(path, known);
    }
    paths.add(known);
  }
  return ok({ paths: [...paths], environment: found.environment });
}

/** The inputs that esbuild's metafile names, without those of its plugins' own namespaces. */
function parseMetafile(text: string): Discovered | undefined {
  const inputs = parseJsonObject(text)?.['inputs'];
  if (!isJsonObject(inputs)) return undefined;
  const paths = Object.keys(inputs).filter(
    (path) => !/^[\w-]{2,}:/.test(path) && !path.startsWith('<'),
  );
  return { paths, environment: [] };
}
