import { capitalized } from '../../base/capitalized.ts';
import { scriptOf } from '../../base/shell-words.ts';
import { versionMatches } from '../../base/version.ts';
import { findInPath } from '../../host/find-in-path.ts';
import { exitCodes, type Session } from '../session.ts';
import { compilerIds } from '../testing/compiler-ids.ts';

type Kind = 'xml' | 'sonarqube' | 'text' | 'html';

interface Reporting {
  readonly session: Session;
  readonly sourceRoot: string;
  /** What lies here is not counted. */
  readonly subprojects: string;
  readonly buildRoot: string;
  readonly logs: string;
  readonly gcovr: { readonly program: string; readonly version: string } | undefined;
  /** The compiler was clang, whose counts its own tool reads. */
  readonly llvmCov: string | undefined;
}

/**
 * `coverage-report SOURCE SUBPROJECTS BUILD [KIND…]`: what ninja's target `coverage` makes of the counts
 * that runs left behind, by gcovr and lcov, where Meson puts it. Without kinds all that can be made.
 */
export function coverageReport(session: Session, words: readonly string[]): number {
  const [sourceRoot = '', subprojects = '', buildRoot = '', ...kinds] = words;
  const { host, terminal } = session;
  const isClang = compilerIds(host.files, buildRoot).some((id) => id === 'clang');
  const reporting: Reporting = {
    session,
    sourceRoot,
    subprojects,
    buildRoot,
    logs: `${buildRoot}/meson-logs`,
    gcovr: findGcovr(session),
    llvmCov: isClang ? findInPath(host, 'llvm-cov') : undefined,
  };
  const made: string[] = [];
  let code: number = exitCodes.ok;
  for (const [kind, make] of Object.entries(makers) as [Kind, Maker][]) {
    if (kinds.length > 0 && !kinds.includes(kind)) continue;
    const report = make(reporting);
    if (typeof report === 'number') return report;
    if (report !== undefined)
      made.push(`${capitalized(kind)} coverage report can be found at file://${report}`);
    else if (kinds.length > 0) {
      terminal.print(
        `${kind === 'html' ? 'lcov and genhtml, or gcovr,' : 'gcovr'} is needed for a report of the kind ${kind}`,
      );
      code = exitCodes.failed;
    }
  }
  if (kinds.length === 0 && made.length === 0) {
    terminal.print('Need gcovr or lcov/genhtml to generate any coverage reports');
    return exitCodes.failed;
  }
  for (const line of made) terminal.print(line);
  return code;
}

/** The report's path; undefined where no tool makes it; a number where one failed. */
type Maker = (reporting: Reporting) => string | number | undefined;

const makers: Readonly<Record<Kind, Maker>> = {
  xml: (reporting) => byGcovr(reporting, 'coverage.xml', '-x'),
  sonarqube: (reporting) => byGcovr(reporting, 'sonarqube.xml', '--sonarqube'),
  text: (reporting) => byGcovr(reporting, 'coverage.txt'),
  html: (reporting) => byLcov(reporting) ?? htmlByGcovr(reporting),
};

function findGcovr({ host }: Session): Reporting['gcovr'] {
  const program = findInPath(host, 'gcovr');
  if (program === undefined) return undefined;
  const { ended, stdout } = host.processes.run({
    argv: [program, '--version'],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  const version = /\d+(\.\d+)+/.exec(stdout)?.[0];
  const works = ended.kind === 'exited' && ended.code === 0 && version !== undefined;
  return works && versionMatches(version, '>=4.2') ? { program, version } : undefined;
}

function byGcovr(
  reporting: Reporting,
  name: string,
  ...how: readonly string[]
): string | number | undefined {
  const { session, sourceRoot, buildRoot, gcovr, llvmCov, subprojects, logs } = reporting;
  if (gcovr === undefined) return undefined;
  // A project's own settings say what to leave out.
  const own = session.host.files.isFile(`${sourceRoot}/gcovr.cfg`);
  const code = runTool(session, [
    ...[gcovr.program, '-r', sourceRoot, buildRoot],
    ...(own ? [] : ['-e', subprojects.replace(/[^A-Za-z0-9_/]/g, '\\$&')]),
    ...how,
    ...['-o', `${logs}/${name}`],
    ...(llvmCov === undefined ? [] : ['--gcov-executable', `${llvmCov} gcov`]),
  ]);
  return code === 0 ? `${logs}/${name}` : code;
}

function htmlByGcovr(reporting: Reporting): string | number | undefined {
  const { session, gcovr, logs } = reporting;
  if (gcovr === undefined) return undefined;
  session.host.files.makeDirectory(`${logs}/coveragereport`);
  const details = versionMatches(gcovr.version, '>=6.0') ? '--html-nested' : '--html-details';
  return byGcovr(reporting, 'coveragereport/index.html', '--html', details, '--print-summary');
}

function byLcov(reporting: Reporting): string | number | undefined {
  const { session, sourceRoot, buildRoot, logs, subprojects } = reporting;
  const { host } = session;
  const lcov = findInPath(host, 'lcov');
  const genhtml = findInPath(host, 'genhtml');
  if (lcov === undefined || genhtml === undefined) return undefined;
  const settings = host.files.isFile(`${sourceRoot}/.lcovrc`)
    ? ['--config-file', `${sourceRoot}/.lcovrc`]
    : [];
  const is2 = isLcov2(session, lcov);
  const branches = ['--rc', is2 ? 'branch_coverage=1' : 'lcov_branch_coverage=1'];
  // Before version 2 a pattern that matches nothing was no error.
  const lenient = is2 ? ['--ignore-errors', 'unused'] : [];
  const tool = gcovTool(reporting);
  const info = `${logs}/coverage.info`;
  const capture = [lcov, '--directory', buildRoot, '--capture'];
  const excluded = host.files.isDirectory(subprojects) ? [`${subprojects}/*`] : [];
  const report = `${logs}/coveragereport`;
  const steps: readonly (readonly string[])[] = [
    [...capture, '--initial', '--output-file', `${info}.initial`, ...tool],
    [...capture, '--output-file', `${info}.run`, '--no-checksum', ...branches, ...tool],
    [lcov, '-a', `${info}.initial`, '-a', `${info}.run`, ...branches, '-o', `${info}.raw`],
    [lcov, '--extract', `${info}.raw`, `${sourceRoot}/*`, ...branches, '--output-file', info],
    [lcov, '--remove', info, ...excluded, ...branches, ...lenient, '-o', info],
    [
      ...[genhtml, '--prefix', buildRoot, '--prefix', sourceRoot, '--output-directory', report],
      ...['--title', 'Code coverage', '--legend', '--show-details', '--branch-coverage', info],
    ],
  ];
  for (const step of steps) {
    const code = runTool(session, [...step, ...settings]);
    if (code !== 0) return code;
  }
  return `${report}/index.html`;
}

function isLcov2({ host }: Session, lcov: string): boolean {
  const { stdout } = host.processes.run({
    argv: [lcov, '--version'],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  return versionMatches(/\d+(\.\d+)+/.exec(stdout)?.[0] ?? '0', '>=2.0');
}

/** lcov wants one program that does what gcov does. */
function gcovTool({ session, llvmCov, logs }: Reporting): readonly string[] {
  if (llvmCov === undefined) return [];
  const { files } = session.host;
  const script = `${logs}/llvm-cov.sh`;
  files.replace(script, scriptOf([llvmCov, 'gcov']));
  files.setMode(script, 0o755);
  return ['--gcov-tool', script];
}

function runTool({ host, terminal }: Session, argv: readonly string[]): number {
  const { ended, stdout, stderr } = host.processes.run({
    argv,
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  for (const text of [stdout, stderr]) if (text !== '') terminal.print(text.trimEnd());
  return ended.kind === 'exited' ? ended.code : exitCodes.failed;
}
