import type { Service } from '../../ninja/service.ts';
import { exitCodes, type Session } from '../session.ts';

/** Runs a command that was asked for as a target, in the terminal. */
export async function runService(
  { host, terminal }: Session,
  directory: string,
  service: Service,
): Promise<number> {
  terminal.print(service.description);
  const { done } = host.processes.spawn({
    argv: ['/bin/sh', '-c', service.command],
    workingDirectory: directory,
    environment: host.system.environment,
    terminal: true,
  });
  const { ended } = await done;
  return ended.kind === 'exited' && ended.code === 0 ? exitCodes.ok : exitCodes.failed;
}
