import { basename, join } from 'node:path/posix';
import { splitWords } from '../../base/shell-words.ts';
import { filesBelow } from '../../host/files-below.ts';
import { exitCodes, type Session } from '../session.ts';

/** A part with a build system of its own, as `external_project.add_project()` writes it. */
interface Part {
  readonly name: string;
  /** Absolute. */
  readonly build: string;
  readonly verbose: boolean;
}

/**
 * `external-project NAME SOURCE BUILD DESTDIR verbose|quiet MAKE STAMP DEPFILE`: builds such a part,
 * installs it into the build tree, and tells of all its sources.
 */
export function externalProject(session: Session, words: readonly string[]): number {
  const [name = '', source = '', build = '', destdir = '', how = '', tool = ''] = words;
  const [stamp = '', depfile = ''] = words.slice(6);
  const { files, system } = session.host;
  const part: Part = { name, build, verbose: how === 'verbose' };
  const make = splitWords(tool) ?? [tool];
  const jobs = takesJobs(session, make) ? [`-j${system.cores}`] : [];
  const built = runStep(session, part, { title: 'build', argv: [...make, ...jobs] });
  if (built !== 0) return built;
  const installed = runStep(session, part, {
    title: 'install',
    argv: [...make, 'install'],
    variables: { DESTDIR: destdir },
  });
  if (installed !== 0) return installed;
  // Hidden files and folders are no sources.
  const sources = filesBelow(files, source, { enters: (name) => !name.startsWith('.') })
    .filter(({ path }) => !basename(path).startsWith('.'))
    .map(({ path }) => `  ${join(source, path).replaceAll(' ', '\\ ')} \\\n`);
  const written = [
    files.write(join(system.workingDirectory, depfile), `${stamp}: \\\n${sources.join('')}`),
    files.write(join(system.workingDirectory, stamp), ''),
  ];
  return written.every((one) => one.ok) ? exitCodes.ok : exitCodes.failed;
}

function takesJobs({ host }: Session, make: readonly string[]): boolean {
  const { stdout } = host.processes.run({
    argv: [...make, '--version'],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  return stdout.includes('GNU Make') || stdout.includes('waf');
}

interface Step {
  readonly title: string;
  readonly argv: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

function runStep({ host, terminal }: Session, part: Part, step: Step): number {
  const { ended, stdout, stderr } = host.processes.run({
    argv: step.argv,
    workingDirectory: part.build,
    environment: { ...host.system.environment, ...step.variables },
  });
  const code = ended.kind === 'exited' ? ended.code : exitCodes.failed;
  const log = join(host.system.workingDirectory, 'meson-logs', `${part.name}-${step.title}.log`);
  if (part.verbose) terminal.write(stdout + stderr);
  else host.files.write(log, stdout + stderr);
  if (code !== 0) {
    terminal.print(`${step.title} step returned error code ${code}.`);
    if (!part.verbose) terminal.print(`See logs: ${log}`);
  }
  return code;
}
