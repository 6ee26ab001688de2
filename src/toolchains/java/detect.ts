import { err, ok } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import type { Detection, DetectRequest } from '../detect/request.ts';
import { findVersion } from '../detect/steps.ts';
import { systemFacts } from '../system.ts';

/** Finds javac. Its id is Meson's: nobody gave it one. */
export function* detectJava(host: Host, request: DetectRequest): Detection {
  const command = request.binary('java') ?? ['javac'];
  if (findInPath(host, command[0] ?? '') === undefined)
    return err({
      kind: 'no-compiler',
      message: `Could not execute Java compiler: ${command.join(' ')}`,
    });
  const [answer] = yield [{ argv: [...command, '-version'] }];
  const told = [answer?.stderr, answer?.stdout].find((text) => text?.includes('javac'));
  if (told === undefined)
    return err({ kind: 'no-compiler', message: `Unknown compiler: ${command.join(' ')}` });
  const version = findVersion(told);
  return ok({
    language: 'java',
    id: 'unknown',
    machine: request.machine,
    command,
    wrapper: [],
    version: version === 'unknown version' ? (told.split(/\s+/)[1] ?? version) : version,
    fullVersion: '',
    linker: undefined,
    archiver: undefined,
    facts: systemFacts(request.machineInfo),
  });
}
