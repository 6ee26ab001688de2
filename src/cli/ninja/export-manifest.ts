import { quoteWords } from '../../base/shell-words.ts';
import type { Graph } from '../../graph/graph.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import { writeManifest } from '../../ninja/write-manifest.ts';
import type { CommandLineRecord } from '../../store/cmd-line-file.ts';
import type { SetupState } from '../../store/setup-state.ts';
import type { Session } from '../session.ts';
import { services } from './services.ts';

/** The first words of a `build.ninja` that kaon wrote. */
export const manifestMark = '# What kaon builds';

interface Configuration {
  readonly state: SetupState;
  readonly graph: Graph;
  readonly commandLine: CommandLineRecord;
}

/**
 * Writes `build.ninja` where someone will look for it: asked for by `--backend=ninja`, where kaon stands
 * in Meson's place, or where there is one already.
 */
export function exportManifest(
  session: Session,
  { state, graph, commandLine }: Configuration,
): void {
  const { files } = session.host;
  const path = `${state.buildRoot}/build.ninja`;
  const backend = commandLine.options.get('backend');
  const wanted = backend === 'ninja' || (session.asMeson && backend !== 'none');
  if (!wanted && !files.exists(path)) return;
  const inputs = state.inputs.map((input) => input.path);
  const regenerate = quoteWords([...session.self, 'setup', '--reconfigure', '.', state.sourceRoot]);
  const text = writeManifest({
    graph,
    kaon: session.self,
    regenerate: { command: regenerate, inputs },
    services: services(session, state),
  });
  // As old as the build files it was made from, for ninja; as new as now, where they changed.
  const replaced = replaceDifferent(files, path, text);
  if (replaced.ok && replaced.value === 'same') files.setTimes(path, session.host.clock.nowMs());
}
