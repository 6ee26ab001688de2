import { buildGraph } from '../build/build-graph.ts';
import type { BuildRequest } from '../build/build-request.ts';
import { exitCodes, type Session } from '../session.ts';
import type { Configured } from '../setup/configured.ts';
import { documentationGraph } from './documentation-graph.ts';
import type { RustCrate } from './rust-crates.ts';

interface RustdocRun extends Pick<BuildRequest, 'messages'> {
  readonly crates: readonly RustCrate[];
  readonly request: BuildRequest;
}

/** Has rustdoc document crates, as actions of a build: those that changed alone. Answers what to exit with. */
export async function runRustdoc(
  session: Session,
  { state, graph }: Configured,
  { crates, request, messages }: RustdocRun,
): Promise<number> {
  const { buildRoot } = state;
  const { graph: documenting, goals, checked } = documentationGraph(graph, buildRoot, crates);
  const isAside = messages?.format.kind === 'json';
  const { exitCode } =
    goals.length === 0
      ? { exitCode: exitCodes.ok }
      : await buildGraph(
          session,
          { state, graph: documenting },
          {
            ...{ ...request, goals, keepGoing: 0, quiet: true, repeats: true },
            ...(isAside && { messages, checked }),
          },
        );
  if (exitCode === exitCodes.ok) session.terminal.print(`Documentation lies in ${buildRoot}/doc`);
  return exitCode;
}
