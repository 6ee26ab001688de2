import { posix } from 'node:path';
import { addAll } from '../../base/add-all.ts';
import { filesOf } from '../../ninja/asked-for.ts';
import { allInputs, allOutputs } from '../../ninja/manifest.ts';
import { edgesFor } from '../../ninja/tools/tool.ts';
import { exitCodes, type Session } from '../session.ts';
import type { NinjaPlace } from './place.ts';
import { refuseAsNinja } from './say.ts';
import type { NinjaRequest } from './words.ts';

type CleanRequest = Pick<NinjaRequest, 'dryRun' | 'quiet' | 'verbose'> & {
  readonly words: readonly string[];
};

/** `-t clean [-g] [-r RULE …] [TARGET …]` */
export function clean(session: Session, place: NinjaPlace, request: CleanRequest): number {
  const { words } = request;
  const generated = words.includes('-g');
  const byRule = words.includes('-r');
  const names = words.filter((word) => word !== '-g' && word !== '-r');
  const option = names.find((word) => word.startsWith('-'));
  if (option !== undefined) return refuseAsNinja(session, `clean has no option '${option}'`);
  if (byRule && names.length === 0) return refuseAsNinja(session, 'expected a rule to clean');
  const manifest = place.manifest();
  const noRule = byRule ? names.find((name) => !manifest.rules.has(name)) : undefined;
  if (noRule !== undefined) return refuseAsNinja(session, `unknown rule '${noRule}'`);
  const targets = filesOf(manifest, byRule ? [] : names);
  if (!targets.ok) return refuseAsNinja(session, targets.error);
  const chosen = targets.value.length === 0 ? manifest.edges : edgesFor(manifest, targets.value);
  const paths: string[] = [];
  for (const edge of chosen) {
    if (edge.rule === 'phony' || (byRule && !names.includes(edge.rule))) continue;
    // What is asked for by name goes, whoever made it.
    if (edge.generator && !generated && names.length === 0) continue;
    addAll(paths, allOutputs(edge));
    paths.push(edge.depfile, edge.rspfile);
  }
  removeAll(session, place, { request, paths });
  return exitCodes.ok;
}

/** `-t cleandead`: what an earlier manifest made and this one neither makes nor reads. */
export function cleanDead(session: Session, place: NinjaPlace, request: CleanRequest): number {
  const { log } = place.input;
  const { edges } = place.manifest();
  const known = new Set(edges.flatMap((edge) => [...allOutputs(edge), ...allInputs(edge)]));
  const isDead = (path: string): boolean => !known.has(path);
  const paths = [...log.actions()]
    .flatMap(({ outputs }) => outputs.map((id) => log.content(id).path))
    .filter(isDead);
  removeAll(session, place, { request, paths });
  return exitCodes.ok;
}

function removeAll(
  { host, terminal }: Session,
  { directory }: NinjaPlace,
  what: { readonly request: CleanRequest; readonly paths: readonly string[] },
): void {
  const { dryRun, quiet, verbose } = what.request;
  const removed = new Set<string>();
  for (const path of what.paths) {
    const whole = posix.resolve(directory, path);
    const kind = path === '' || removed.has(path) ? undefined : host.files.lstat(whole)?.kind;
    if (kind === undefined || kind === 'directory') continue;
    if (dryRun || host.files.remove(whole).ok) removed.add(path);
  }
  if (quiet) return;
  const shown = verbose || dryRun ? [...removed].map((path) => `Remove ${path}`) : [];
  const count = `${removed.size} files.`;
  terminal.print(
    shown.length > 0 || verbose || dryRun
      ? ['Cleaning...', ...shown, count].join('\n')
      : `Cleaning... ${count}`,
  );
}
