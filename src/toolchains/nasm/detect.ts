import { ok } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { detectCLike } from '../c-like/detect.ts';
import { candidatesOf, firstKnown } from '../detect/candidates.ts';
import type { Detection, DetectRequest } from '../detect/request.ts';
import { findVersion } from '../detect/steps.ts';
import { systemFacts } from '../system.ts';

/** Finds nasm or yasm, and the C compiler that links what it makes. A cross build may use the one of the build machine. */
export function* detectNasm(host: Host, request: DetectRequest): Detection {
  const candidates = candidatesOf(host, { ...request, cross: false }, ['nasm', 'yasm']);
  if (!candidates.ok) return candidates;
  const compiler = yield* detectCLike(host, { ...request, language: 'c', compileArgs: [] });
  if (!compiler.ok) return compiler;
  const found = yield* firstKnown(host, candidates.value.commands, {
    known: (command, { stdout }) => {
      const id = stdout.includes('NASM') ? 'nasm' : stdout.includes('yasm') ? 'yasm' : undefined;
      return id === undefined ? undefined : { id, command, stdout };
    },
  });
  if (!found.ok) return found;
  const { id, command, stdout } = found.value;
  return ok({
    language: 'nasm',
    id,
    machine: request.machine,
    command,
    wrapper: [],
    version: findVersion(stdout),
    fullVersion: '',
    linker: compiler.value.linker,
    archiver: compiler.value.archiver ?? { id: 'ar', command: ['ar'] },
    facts: systemFacts(request.machineInfo),
  });
}
