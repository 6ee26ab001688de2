import type { Host } from '../../host/host.ts';

/**
 * The folder from which Cargo looks upwards for its configuration: the one that a command is called in, as
 * with Cargo, where that is in the workspace.
 */
export function configFolder({ system }: Pick<Host, 'system'>, workspace: string): string {
  const here = system.workingDirectory;
  return here.startsWith(`${workspace}/`) ? here : workspace;
}
