import { availableParallelism, homedir, machine } from 'node:os';
import type { Environment } from '../../base/environment.ts';
import type { Host } from '../host.ts';
import { nodeFiles } from './node-files.ts';
import { nodeProcesses } from './node-processes.ts';
import { nodeStorage } from './node-storage.ts';
import { spareMemory } from './spare-memory.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The world itself. */
export function nodeHost(): Host {
  const environment = inheritedEnvironment(process.env);
  return {
    files: nodeFiles(),
    storage: nodeStorage(),
    processes: nodeProcesses(),
    network: {
      // Most commands fetch nothing, and Node's network modules take their time to load.
      download: async (url, path, limits) => {
        const { download } = await import('./download.ts');
        return download({ url, path, maxBytes: limits.maxBytes, environment });
      },
    },
    watching: {
      start: async (folder, request) => {
        const { watchFolder } = await import('./watch-folder.ts');
        return watchFolder(folder, request);
      },
    },
    clock: {
      nowMs: () => Date.now(),
      // Not `performance.now`, as its module takes its time to load.
      monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    },
    system: {
      environment,
      workingDirectory: process.cwd(),
      temporaryDirectory: temporaryFolder(),
      homeDirectory: homedir(),
      platform: process.platform,
      machine: machine(),
      cores: availableParallelism(),
      processId: process.pid,
    },
    spareMemory,
  };
}

/**
 * The environment as the user gave it. The launcher takes NODE_EXTRA_CA_CERTS away from our own Node,
 * which would read those certificates at each start (50 ms), and keeps it under another name.
 */
export function inheritedEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined) result[name] = value;
  }
  const certificates = result['KAON_NODE_EXTRA_CA_CERTS'];
  if (certificates !== undefined) {
    delete result['KAON_NODE_EXTRA_CA_CERTS'];
    result['NODE_EXTRA_CA_CERTS'] ??= certificates;
  }
  return result;
}
