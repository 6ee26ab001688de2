import { quoteWord } from '../../base/shell-words.ts';
import type { FileFault, Host } from '../../host/host.ts';
import { exitStatusText } from '../judge/return-code.ts';
import type { TestOptions } from '../test-options.ts';
import { isBad } from '../test-run.ts';
import { JunitReport } from './junit-report.ts';
import { LogFile, piecesOf } from './log-file.ts';
import type { NumberedResult, TestObserver, TestSession, TestTotals } from './observer.ts';
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

/**
 * Writes testlog.txt and testlog.json while tests run, and testlog.junit.xml when they are over. `wrote` is
 * told then, and what the disk refused.
 */
export function logObserver(
  host: Host,
  path: string,
  wrote: (refused?: FileFault) => void = () => {},
): TestObserver {
  let logs: Logs | undefined;
  return {
    started: (session) => {
      logs = new Logs(host, path, session);
    },
    testFinished: (result) => logs?.add(result),
    finished: (totals) => {
      if (logs !== undefined) wrote(logs.finish(totals));
    },
  };
}

class Logs {
  readonly #session: TestSession;
  readonly #text: LogFile;
  readonly #json: LogFile;
  readonly #junit: JunitReport;

  constructor(host: Host, path: string, session: TestSession) {
    host.files.makeDirectory(path.slice(0, path.lastIndexOf('/')));
    this.#session = session;
    this.#text = new LogFile(host, `${path}.txt`);
    this.#json = new LogFile(host, `${path}.json`);
    this.#junit = new JunitReport(host, `${path}.junit.xml`);
    const variables = Object.entries(host.system.environment).map(
      ([name, value]) => `${name}=${quoteWord(value)} `,
    );
    const date = new Date(host.clock.nowMs()).toISOString();
    const head = `Log of Meson test suite run on ${date}\n\nInherited environment: `;
    this.#text.add([head, ...variables, '\n\n']);
  }

  add(result: NumberedResult): void {
    this.#text.add(textEntry(result, this.#session));
    this.#json.add(jsonEntry(result));
    this.#junit.add(result);
  }

  /** Ends all logs; answers what was refused. */
  finish(totals: TestTotals): FileFault | undefined {
    const columns = columnsOf(this.#session);
    if (totals.failures.length > 0) {
      const lines = totals.failures.map(
        (each) => `${resultLine(each, columns, (plain) => plain)}\n`,
      );
      this.#text.add(['\nSummary of Failures:\n\n', ...lines]);
    }
    this.#text.add([summary(totals)]);
    for (const log of [this.#text, this.#json]) log.close();
    return this.#text.fault ?? this.#json.fault ?? this.#junit.write();
  }
}

function* textEntry(result: NumberedResult, { runs, options }: TestSession): Iterable<string> {
  const start = new Date(result.startedAtMs).toISOString().slice(11, 19);
  const { run, stdout, stderr } = result;
  yield `${ruler(`${result.number}/${runs.length}`, '=', 78)}\n`;
  yield `test:         ${run.title}\n`;
  yield `start time:   ${start}\n`;
  yield `duration:     ${(result.durationMs / 1000).toFixed(2)}s\n`;
  yield `result:       ${exitStatusText(result.returnCode)}\n`;
  if (run.commandLine !== '') yield `command:      ${run.commandLine}\n`;
  if (stdout !== '') yield `${ruler(options.split ? 'stdout' : 'output', '-', 78)}\n`;
  yield* piecesOf(stdout);
  if (stderr !== '') yield `${ruler('stderr', '-', 78)}\n`;
  yield* piecesOf(stderr);
  yield `${ruler('', '=', 78)}\n\n`;
}

/** One line, as Meson's readers of it expect. */
function* jsonEntry(result: NumberedResult): Iterable<string> {
  yield `{"name":${JSON.stringify(result.run.title)},"stdout":`;
  yield* jsonString(result.stdout);
  const rest = JSON.stringify({
    result: outcomeWords[result.outcome],
    is_fail: isBad(result.outcome),
    starttime: result.startedAtMs / 1000,
    duration: result.durationMs / 1000,
    returncode: result.returnCode,
    env: result.run.environment,
    command: result.run.argv ?? null,
  });
  yield `,${rest.slice(1, -1)}`;
  if (result.stderr !== '') {
    yield ',"stderr":';
    yield* jsonString(result.stderr);
  }
  yield '}\n';
}

function* jsonString(text: string): Iterable<string> {
  yield '"';
  for (const piece of piecesOf(text)) yield JSON.stringify(piece).slice(1, -1);
  yield '"';
}
