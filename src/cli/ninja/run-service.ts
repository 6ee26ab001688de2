import { exitCodes, type Session } from '../session.ts';
import type { NinjaPlace } from './place.ts';

/** Runs a command that was asked for as a target, in the terminal. */
export async function runService(
  { host, terminal }: Session,
  { directory, services }: NinjaPlace,
  name: string,
): Promise<number> {
  const service = services.find((one) => one.name === name);
  if (service === undefined) return exitCodes.wrong;
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
