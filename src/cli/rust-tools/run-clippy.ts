import { plainError } from '../../diag/diagnostic.ts';
import { programHint } from '../../toolchains/install-hint.ts';
import { type Built, buildGraph } from '../build/build-graph.ts';
import type { BuildRequest } from '../build/build-request.ts';
import { keptWarnings } from '../build/kept-warnings.ts';
import { finishedMessage } from '../cargo/cargo-messages.ts';
import { exitCodes, type Session } from '../session.ts';
import type { Configured } from '../setup/configured.ts';
import { refuseDiagnostic } from '../terminal/refuse.ts';
import { clippyCall } from './clippy-call.ts';
import { clippyGraph } from './clippy-graph.ts';
import type { RustCrate } from './rust-crates.ts';

interface ClippyRun extends Pick<BuildRequest, 'messages'> {
  readonly crates: readonly RustCrate[];
  readonly request: BuildRequest;
  /** For programs: what clippy says, as it writes it. */
  readonly isJson: boolean;
}

/**
 * Has clippy look at crates, as actions of a build: those that did not change are not looked at again,
 * but what was said of them is. Answers what to exit with.
 */
export async function runClippy(
  session: Session,
  { state, graph }: Configured,
  { crates, request, messages, isJson }: ClippyRun,
): Promise<number> {
  const { host, terminal } = session;
  const { buildRoot, sourceRoot } = state;
  const looked = crates.map((crate) => ({ crate, clippy: clippyCall(host, sourceRoot, crate) }));
  if (looked.some(({ clippy }) => !clippy.driver.startsWith('/'))) return refuseMissing(session);
  const look = clippyGraph(graph, buildRoot, looked);
  const { graph: looking, goals, checked } = look;
  const isAside = messages?.format.kind === 'json';
  const build = { state, graph: looking };
  const { exitCode }: Built =
    goals.length === 0
      ? { exitCode: exitCodes.ok, ran: 0 }
      : await buildGraph(session, build, {
          ...{ ...request, goals, keepGoing: 0, quiet: true, repeats: true },
          ...(isJson ? { diagnostics: (lines: string) => terminal.write(lines) } : { messages }),
          ...(isAside && { checked }),
        });
  if (isJson) return exitCode;
  if (isAside) messages?.write(finishedMessage(exitCode === exitCodes.ok));
  else if (exitCode === exitCodes.ok) {
    const kept = keptWarnings(host.files, { buildRoot, graph: looking }, () => undefined);
    if (look.looks.every((id) => kept.of(id).text === ''))
      terminal.print('clippy has nothing to say.');
  }
  return exitCode;
}

function refuseMissing(session: Session): number {
  const packages = programHint('clippy-driver') ?? '';
  const hint = `"rustup component add clippy" brings it where rustup has the compiler. ${packages}`;
  const message = '`clippy-driver` lies neither beside rustc nor in PATH';
  return refuseDiagnostic(session, plainError(message, hint.trimEnd()));
}
