import { ok } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { candidatesOf, firstKnown } from '../detect/candidates.ts';
import type { Detection, DetectRequest } from '../detect/request.ts';
import { findVersion } from '../detect/steps.ts';
import { isWindowsLike, systemFacts } from '../system.ts';

/** Finds Mono's compiler or Microsoft's. */
export function* detectCsharp(host: Host, request: DetectRequest): Detection {
  const names = isWindowsLike(request.machineInfo.system) ? ['csc', 'mcs'] : ['mcs', 'csc'];
  const candidates = candidatesOf(host, request, names);
  if (!candidates.ok) return candidates;
  const { commands } = candidates.value;
  const found = yield* firstKnown(host, commands, {
    known: (command, { stdout }) => {
      const id = stdout.includes('Mono')
        ? 'mono'
        : stdout.includes('Visual C#')
          ? 'csc'
          : undefined;
      return id === undefined ? undefined : { id, command, version: findVersion(stdout) };
    },
  });
  if (!found.ok) return found;
  return ok({
    language: 'cs',
    ...found.value,
    machine: request.machine,
    wrapper: [],
    fullVersion: '',
    linker: undefined,
    archiver: undefined,
    facts: systemFacts(request.machineInfo),
  });
}
