import { ok } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { candidatesOf, firstKnown } from '../detect/candidates.ts';
import type { Detection, DetectRequest } from '../detect/request.ts';
import { findVersion } from '../detect/steps.ts';
import { systemFacts } from '../system.ts';

/** Finds Cython, which runs on the machine that builds. */
export function* detectCython(host: Host, request: DetectRequest): Detection {
  const candidates = candidatesOf(host, { ...request, cross: false }, ['cython', 'cython3']);
  if (!candidates.ok) return candidates;
  const found = yield* firstKnown(host, candidates.value.commands, {
    versionArgs: ['-V'],
    known: (command, { stdout, stderr }) => {
      const text = [stdout, stderr].find((each) => each.includes('Cython'));
      return text === undefined ? undefined : { command, text };
    },
  });
  if (!found.ok) return found;
  const { command, text } = found.value;
  return ok({
    language: 'cython',
    id: 'cython',
    machine: request.machine,
    command,
    wrapper: [],
    version: findVersion(text),
    fullVersion: '',
    linker: undefined,
    archiver: undefined,
    facts: systemFacts(request.machineInfo),
  });
}
