import { posix } from 'node:path';
import { quoteWords } from '../../base/shell-words.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Files } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import { askedToBeThere } from '../../model/file.ts';
import { writeManifest } from '../../ninja/write-manifest.ts';
import type { CommandLineRecord } from '../../store/setup/cmd-line-file.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import type { Session } from '../session.ts';
import { pointerManifest } from './pointer-manifest.ts';
import { services } from './services.ts';

/** The first words of a `build.ninja` that kaon wrote. */
export const manifestMark = '# What kaon builds';

interface Configuration {
  readonly state: SetupState;
  readonly graph: Graph;
  readonly commandLine: CommandLineRecord;
}

/**
 * Writes `build.ninja` with all commands where someone will look for them: asked for by `--backend=ninja`,
 * where kaon stands in Meson's place, or where there is one already; else one that starts kaon.
 */
export function exportManifest(
  session: Session,
  { state, graph, commandLine }: Configuration,
): void {
  const { files } = session.host;
  const path = `${state.buildRoot}/build.ninja`;
  const backend = commandLine.options.get('backend');
  const wanted = backend === 'ninja' || (session.asMeson && backend !== 'none');
  if (!wanted && !files.exists(path)) {
    if (backend === 'none' || !isMesonProject(files, state.sourceRoot)) return;
    const named = services(session, { state, graph }).map(({ name }) => name);
    replaceDifferent(files, path, pointerManifest(session.self, [...graph.goals.keys(), ...named]));
    return;
  }
  // Ninja would make what is asked only whether it is there.
  const inputs = state.inputs
    .map((input) => input.path)
    .filter((input) => askedToBeThere(input) === undefined);
  const regenerate = quoteWords([...session.self, 'setup', '--reconfigure', '.', state.sourceRoot]);
  const text = writeManifest({
    graph,
    kaon: session.self,
    regenerate: { command: regenerate, inputs },
    services: services(session, { state, graph }),
  });
  makeFolders(files, state.buildRoot, graph);
  // As old as the build files it was made from, for ninja; as new as now, where they changed.
  const replaced = replaceDifferent(files, path, text);
  if (replaced.ok && replaced.value === 'same') files.setTimes(path, session.host.clock.nowMs());
}

/** Ninja makes the folders of outputs, and no others that a command writes to. */
function makeFolders(files: Files, buildRoot: string, graph: Graph): void {
  const folders = new Set<string>();
  for (const { depfile, work } of graph.actions.values()) {
    const response = work.kind === 'command' ? work.response : undefined;
    for (const file of [depfile, response]) {
      if (file !== undefined) folders.add(posix.dirname(file.path));
    }
  }
  for (const folder of folders) files.makeDirectory(posix.resolve(buildRoot, folder));
}
