import { ok } from '../../base/result.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { fault } from '../fault.ts';
import type { Outcome } from '../request.ts';
import { withoutSecrets } from '../url.ts';

/** Checks a git submodule out where a subproject's folder is one that is empty; else does nothing. */
export async function resolveSubmodule(host: Host, folder: string): Outcome<Diagnostic[]> {
  const program = findInPath(host, 'git');
  if (program === undefined) return ok([]);
  const git = async (...args: string[]) => {
    const { ended, stdout, stderr } = await host.processes.spawn({
      argv: [program, ...args],
      workingDirectory: folder,
      environment: { ...host.system.environment, GIT_TERMINAL_PROMPT: '0' },
    }).done;
    return { ok: ended.kind === 'exited' && ended.code === 0, stdout, stderr };
  };
  const status = await git('submodule', 'status', '.');
  if (!status.ok) return ok([]);
  switch (status.stdout[0]) {
    case '+':
      return ok([{ ...plainError('git submodule might be out of date'), severity: 'warning' }]);
    case 'U':
      return fault('download', 'git submodule has merge conflicts');
    case '-': {
      const done = await git('submodule', 'update', '--init', '.');
      if (done.ok) return ok([]);
      const why = withoutSecrets(done.stderr.trim().split('\n').slice(-4).join('\n'));
      return fault('download', 'git submodule failed to init', { hint: why });
    }
    case ' ':
      await git('submodule', 'update', '.');
      await git('checkout', '.');
      return ok([]);
    default:
      return ok([]);
  }
}
