import { err, ok, type Result } from '../../base/result.ts';
import { askedToBeThere } from '../../model/file.ts';
import { graphManifest } from '../../ninja/graph-manifest.ts';
import { keptWarnings } from '../build/kept-warnings.ts';
import { leaveProof } from '../build/no-op.ts';
import { openBuild } from '../build/open-build.ts';
import { openInput } from '../build/open-input.ts';
import type { Session } from '../session.ts';
import type { NinjaPlace } from './place.ts';
import { services } from './services.ts';

/** A build directory that kaon set up; it is set up anew where a build file changed. */
export async function ownPlace(
  session: Session,
  place: { readonly directory: string; readonly asItIs: boolean },
): Promise<Result<NinjaPlace, number>> {
  const opened = await openBuild(session, place);
  if (!opened.ok) return opened;
  const { state, graph, release, outdated } = opened.value;
  const input = openInput(session, { state, graph });
  if (typeof input === 'number') {
    release();
    return err(input);
  }
  const commands = services(session, { state, graph });
  return ok({
    directory: place.directory,
    input,
    manifest: () => {
      const buildFiles = state.inputs
        .map(({ path }) => path)
        .filter((path) => askedToBeThere(path) === undefined);
      return graphManifest({ graph, buildFiles, services: commands });
    },
    defaults: ['all'],
    services: commands,
    ...(outdated !== undefined && { outdated }),
    leave: (seen) => {
      const kept = { buildRoot: state.buildRoot, graph };
      const warnings = keptWarnings(session.host.files, kept, () => undefined).all();
      // Its stamps count.
      input.log.end();
      leaveProof(session, state, { seen, warnings });
    },
    release,
  });
}
