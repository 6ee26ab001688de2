import { err, ok } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import type { Detection, DetectRequest } from '../detect/request.ts';
import { findVersion } from '../detect/steps.ts';
import { systemFacts } from '../system.ts';

/** Finds valac. */
export function* detectVala(host: Host, request: DetectRequest): Detection {
  const command = request.binary('vala') ?? ['valac'];
  if (findInPath(host, command[0] ?? '') === undefined)
    return err({
      kind: 'no-compiler',
      message: `Could not execute Vala compiler: ${command.join(' ')}`,
    });
  const [answer] = yield [{ argv: [...command, '--version'] }];
  const text = answer?.stdout ?? '';
  if (!text.includes('Vala'))
    return err({ kind: 'no-compiler', message: `Unknown compiler: ${command.join(' ')}` });
  return ok({
    language: 'vala',
    id: 'valac',
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
