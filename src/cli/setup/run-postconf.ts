import { changedEnvironment } from '../../base/environment.ts';
import { pythonRepr } from '../../base/python-repr.ts';
import { quoteWords } from '../../base/shell-words.ts';
import { plainError } from '../../diag/diagnostic.ts';
import type { PlannedScript } from '../../plan/plan.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import type { SetupLog } from './setup-log.ts';

export interface Postconf {
  readonly state: SetupState;
  readonly script: PlannedScript;
  readonly log: SetupLog;
}

/** Runs a script of `meson.add_postconf_script`. One that fails is told of, as it cannot undo the setup. */
export function runPostconf({ host }: Session, { state, script, log }: Postconf): void {
  const name = pythonRepr(script.argv.join(' '));
  log.line(`Running postconf script ${name}`);
  const environment = {
    ...host.system.environment,
    MESON_SOURCE_ROOT: state.sourceRoot,
    MESON_BUILD_ROOT: state.buildRoot,
    MESONINTROSPECT: quoteWords(state.install.introspect),
  };
  const { ended, stdout, stderr } = host.processes.run({
    argv: script.argv,
    workingDirectory: state.buildRoot,
    environment: changedEnvironment(environment, script.environment),
  });
  for (const output of [stdout, stderr]) if (output !== '') log.line(output.trimEnd());
  if (ended.kind === 'exited' && ended.code === 0) return;
  const how =
    ended.kind === 'exited'
      ? `exit code ${ended.code}`
      : ended.kind === 'not-started'
        ? ended.reason
        : 'a signal';
  log.diagnostic({ ...plainError(`postconf script ${name} failed: ${how}`), severity: 'warning' });
}
