import { quoteWord } from '../../base/shell-words.ts';
import type { FileFault, Host } from '../../host/host.ts';
import { exitStatusText } from '../judge/return-code.ts';
import type { TestOptions } from '../test-options.ts';
import { isBad } from '../test-run.ts';
import { junitReport } from './junit-report.ts';
import type { NumberedResult, TestObserver, TestSession } from './observer.ts';
import { columnsOf, outcomeWords, resultLine, ruler, summary } from './result-line.ts';

/** The path of a session's logs without their endings; undefined where none are written. */
export function logPathOf(options: TestOptions): string | undefined {
  if (options.logBase === '' || options.interactive || options.gdb) return undefined;
  const wrapper = options.wrapper[0];
  const of =
    wrapper === undefined
      ? options.setup?.replaceAll(':', '_')
      : wrapper.slice(wrapper.lastIndexOf('/') + 1);
  const suffix = of === undefined ? '' : `-${of.replaceAll(' ', '_')}`;
  return `${options.buildRoot}/meson-logs/${options.logBase}${suffix}`;
}

/** Writes testlog.txt, testlog.json and testlog.junit.xml when a run is over. `wrote` is told what the disk refused. */
export function logObserver(
  host: Host,
  path: string,
  wrote: (refused?: FileFault) => void = () => {},
): TestObserver {
  const results: NumberedResult[] = [];
  let session: TestSession | undefined;
  let text = '';
  return {
    started: (told) => {
      session = told;
      const variables = Object.entries(host.system.environment)
        .map(([name, value]) => `${name}=${quoteWord(value)} `)
        .join('');
      const date = new Date(host.clock.nowMs()).toISOString();
      text = `Log of Meson test suite run on ${date}\n\nInherited environment: ${variables}\n\n`;
    },
    testFinished: (result) => {
      results.push(result);
      text += textEntry(result, session);
    },
    finished: (totals) => {
      if (session === undefined) return;
      const columns = columnsOf(session);
      const failures = totals.failures.map(
        (each) => `${resultLine(each, columns, (plain) => plain)}\n`,
      );
      if (failures.length > 0) text += `\nSummary of Failures:\n\n${failures.join('')}`;
      host.files.makeDirectory(path.slice(0, path.lastIndexOf('/')));
      const logs = {
        txt: text + summary(totals),
        json: results.map((each) => `${jsonEntry(each)}\n`).join(''),
        'junit.xml': junitReport(results),
      };
      const written = Object.entries(logs).map(([ending, log]) =>
        host.files.replace(`${path}.${ending}`, log),
      );
      const refused = written.find((each) => !each.ok);
      wrote(refused?.ok === false ? refused.error : undefined);
    },
  };
}

function textEntry(result: NumberedResult, session: TestSession | undefined): string {
  const total = session?.runs.length ?? 0;
  const split = session?.options.split ?? true;
  const start = new Date(result.startedAtMs).toISOString().slice(11, 19);
  const { run } = result;
  const lines = [
    ruler(`${result.number}/${total}`, '=', 78),
    `test:         ${run.title}`,
    `start time:   ${start}`,
    `duration:     ${(result.durationMs / 1000).toFixed(2)}s`,
    `result:       ${exitStatusText(result.returnCode)}`,
  ];
  if (run.commandLine !== '') lines.push(`command:      ${run.commandLine}`);
  const stdout =
    result.stdout === '' ? '' : `${ruler(split ? 'stdout' : 'output', '-', 78)}\n${result.stdout}`;
  const stderr = result.stderr === '' ? '' : `${ruler('stderr', '-', 78)}\n${result.stderr}`;
  return `${lines.join('\n')}\n${stdout}${stderr}${ruler('', '=', 78)}\n\n`;
}

function jsonEntry(result: NumberedResult): string {
  return JSON.stringify({
    name: result.run.title,
    stdout: result.stdout,
    result: outcomeWords[result.outcome],
    is_fail: isBad(result.outcome),
    starttime: result.startedAtMs / 1000,
    duration: result.durationMs / 1000,
    returncode: result.returnCode,
    env: result.run.environment,
    command: result.run.argv ?? null,
    ...(result.stderr !== '' && { stderr: result.stderr }),
  });
}
