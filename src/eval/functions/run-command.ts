import { bool, orNothing } from '../argument-type.ts';
import { builtin, keyword, positional, rest } from '../declare.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { commandLine, nowWord, runNow } from '../programs/run-now.ts';
import { environment, environmentChanges } from '../targets/keywords/environment.ts';

const implicitCheck = perEvaluation(() => ({ told: false }));

export const runCommand = builtin({
  name: 'run_command',
  doc: 'Runs a command now.',
  positional: [positional('command', nowWord, 'The program.')],
  rest: rest('arguments', nowWord, 'Its arguments.'),
  keywords: {
    check: keyword(orNothing(bool), undefined, 'Whether a failure is an error.', {
      since: '0.47.0',
    }),
    capture: keyword(bool, true, 'Keeps what it prints.', { since: '0.47.0' }),
    console: keyword(bool, false, 'Shows what it prints.', { since: '1.11.0' }),
    env: { ...environment, since: '0.50.0' },
  },
  returns: 'runresult',
  run: (call, { positional: [command], rest: args, keywords }) => {
    if (keywords.check === undefined && !implicitCheck(call.evaluation).told) {
      implicitCheck(call.evaluation).told = true;
      call.unplaced.warn(
        'You should add the boolean check kwarg to the run_command call.\n         It currently defaults to false,\n         but it will default to true in meson 2.0.\n         See also: https://github.com/mesonbuild/meson/issues/9300',
      );
    }
    return runNow(call, commandLine(call, [command, ...args]), {
      check: keywords.check ?? false,
      capture: keywords.capture,
      console: keywords.console,
      changes: environmentChanges(keywords.env),
    });
  },
});
