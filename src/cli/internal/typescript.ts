import { parseArgs } from 'node:util';
import type { Host } from '../../host/host.ts';
import { runTool, type ToolOutcome, type ToolRun } from '../../toolchains/typescript/tools.ts';

/**
 * `kaon internal typescript KIND …`: what the actions and tests run that the module `typescript`
 * declares. Paths may be relative to the working directory.
 */
export function internalTypescript(host: Host, argv: readonly string[]): ToolOutcome {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      mirror: { type: 'string' },
      stamp: { type: 'string' },
      output: { type: 'string' },
      depfile: { type: 'string' },
      project: { type: 'string' },
      entry: { type: 'string' },
      file: { type: 'string' },
      config: { type: 'string' },
      'build-info': { type: 'string' },
      option: { type: 'string', multiple: true },
    },
  });
  const absolute = (path: string | undefined): string =>
    path === undefined || path.startsWith('/')
      ? (path ?? '')
      : `${host.system.workingDirectory}/${path}`;
  const run = toolRun(positionals[0], {
    ...values,
    stamp: absolute(values.stamp),
    output: absolute(values.output),
    depfile: absolute(values.depfile),
    buildInfo: absolute(values['build-info']),
  });
  if (run === undefined)
    return { code: 2, output: `kaon internal typescript: no such kind: ${positionals[0] ?? ''}\n` };
  return runTool(host, { source: absolute(values.source), mirror: absolute(values.mirror) }, run);
}

function toolRun(
  kind: string | undefined,
  given: {
    readonly stamp: string;
    readonly output: string;
    readonly depfile: string;
    readonly buildInfo: string;
    readonly project?: string | undefined;
    readonly entry?: string | undefined;
    readonly file?: string | undefined;
    readonly config?: string | undefined;
    readonly option?: readonly string[] | undefined;
  },
): ToolRun | undefined {
  const { stamp, output, depfile, buildInfo } = given;
  switch (kind) {
    case 'install':
      return { kind, stamp };
    case 'check':
      return { kind, project: given.project ?? 'tsconfig.json', stamp, depfile, buildInfo };
    case 'bundle':
      return { kind, entry: given.entry ?? '', output, depfile, options: given.option ?? [] };
    case 'test':
      return { kind, file: given.file ?? '', config: given.config };
    default:
      return undefined;
  }
}
