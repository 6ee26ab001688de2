import type { Environment } from '../base/environment.ts';
import type { Host } from '../host/host.ts';
import { signatureOf } from '../host/remember-answers.ts';
import { rememberTool } from '../host/tool-identity.ts';

/** All files that pkg-config may read, as they are now: its answers are the same while these are. */
export function packagesState(
  host: Host,
  tool: string,
  environment: Environment,
): string | undefined {
  if (host.processes.recall === undefined) return undefined;
  const told = environment['PKG_CONFIG_LIBDIR'];
  const standard = told ?? standardFolders(host, tool, environment);
  if (standard === undefined) return undefined;
  const folders = [...(environment['PKG_CONFIG_PATH'] ?? '').split(':'), ...standard.split(':')];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => folderState(host, folder))
    .join('\n');
}

function standardFolders(host: Host, tool: string, environment: Environment): string | undefined {
  const argv = [tool, '--variable=pc_path', 'pkg-config'];
  const { ended, stdout } = host.processes.run({
    argv,
    workingDirectory: host.system.temporaryDirectory,
    environment,
    ...rememberTool(host, argv),
  });
  return ended.kind === 'exited' && ended.code === 0 ? stdout.trim() : undefined;
}

const systemFolders = new WeakMap<Host, Map<string, string>>();

/** The system's folders are looked at once; those of the project may change while it is configured. */
function folderState(host: Host, folder: string): string {
  if (!folder.startsWith('/usr/')) return stateOf(host, folder);
  const known = systemFolders.get(host) ?? new Map<string, string>();
  systemFolders.set(host, known);
  const state = known.get(folder) ?? stateOf(host, folder);
  known.set(folder, state);
  return state;
}

function stateOf({ files }: Host, folder: string): string {
  const names = files.list(folder);
  if (!names.ok) return `${folder} ${names.error.kind}`;
  const packages = names.value.filter((name) => name.endsWith('.pc'));
  const signed = packages.map((name) => `${name} ${signatureOf(files.stat(`${folder}/${name}`))}`);
  return [folder, ...signed].join('\n');
}
