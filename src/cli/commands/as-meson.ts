import { posix } from 'node:path';
import { mesonVersion } from '../../base/meson-version.ts';
import { ok, type Result } from '../../base/result.ts';
import { scriptOf } from '../../base/shell-words.ts';
import type { FileFault, Files } from '../../host/host.ts';
import { findPython3 } from '../../host/python.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseFile } from '../terminal/refuse.ts';
import { parseWords, text } from '../words/parse-words.ts';

/**
 * `kaon as-meson DIRECTORY`: makes a Python environment in which `meson` is kaon, for projects whose own
 * configure script looks for Meson among Python's packages (`configure --python=DIRECTORY/bin/python3`).
 */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { host, terminal } = session;
  const parsed = parseWords(
    terminal,
    {
      name: 'as-meson',
      summary: "Make a Python environment in which kaon stands in Meson's place.",
      define: (command) =>
        command
          .argument('<directory>', 'Where to make it')
          .option('--python <program>', 'The Python it is made from'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const directory = posix.resolve(host.system.workingDirectory, parsed.operands[0] ?? '.');
  const python = text(parsed.options, 'python') ?? findPython3(host);
  if (python === undefined) return refuse(session, 'Python 3 was not found.');
  const made = makeEnvironment(session, python, directory);
  if (made !== undefined) return refuse(session, made);
  const packages = packagesFolder(host.files, directory);
  if (packages === undefined) {
    return refuse(session, `${directory} has no lib/python3.*/site-packages`);
  }
  const laid = layDown(host.files, { directory, packages, kaon: session.self[0] ?? '' });
  if (!laid.ok) return refuseFile(session, laid.error);
  terminal.print(`${directory}/bin/meson and ${directory}/bin/ninja are kaon. To use them:`);
  terminal.print(`  configure --python=${directory}/bin/python3 --ninja=${directory}/bin/ninja`);
  terminal.print(`  PATH=${directory}/bin:$PATH                    elsewhere`);
  return exitCodes.ok;
}

/** Why there is no environment; undefined when there is. */
function makeEnvironment({ host }: Session, python: string, directory: string): string | undefined {
  const { files, system, processes } = host;
  if (files.isFile(`${directory}/pyvenv.cfg`)) return undefined;
  const { workingDirectory, environment } = system;
  const { ended, stderr } = processes.run({
    argv: [python, '-m', 'venv', '--system-site-packages', '--without-pip', directory],
    workingDirectory,
    environment,
  });
  if (ended.kind === 'exited' && ended.code === 0) return undefined;
  return `${python} -m venv failed: ${stderr.trim()}`;
}

function packagesFolder(files: Files, directory: string): string | undefined {
  const versions = files.list(`${directory}/lib`);
  const name = (versions.ok ? versions.value : []).find((one) => one.startsWith('python3'));
  return name && `${directory}/lib/${name}/site-packages`;
}

interface Environment {
  readonly directory: string;
  readonly packages: string;
  /** The launcher. */
  readonly kaon: string;
}

/** A distribution named meson, as package managers and `importlib.metadata` see it, and its program. */
function layDown(
  files: Files,
  { directory, packages, kaon }: Environment,
): Result<void, FileFault> {
  const info = `meson-${mesonVersion}.dist-info`;
  const program = `${directory}/bin/meson`;
  const ninja = `${directory}/bin/ninja`;
  const texts: readonly (readonly [path: string, text: string])[] = [
    [`${packages}/mesonbuild/__init__.py`, ''],
    [`${packages}/mesonbuild/__main__.py`, 'from mesonbuild.mesonmain import main\nmain()\n'],
    [`${packages}/mesonbuild/mesonmain.py`, entryPoint(kaon)],
    [`${packages}/mesonbuild/coredata.py`, `version = '${mesonVersion}'\n`],
    [
      `${packages}/${info}/METADATA`,
      `Metadata-Version: 2.1\nName: meson\nVersion: ${mesonVersion}\nSummary: kaon, in Meson's place\n`,
    ],
    [
      `${packages}/${info}/entry_points.txt`,
      '[console_scripts]\nmeson = mesonbuild.mesonmain:main\n',
    ],
    [`${packages}/${info}/INSTALLER`, 'kaon\n'],
    [`${packages}/${info}/RECORD`, ''],
    [
      program,
      `#!${directory}/bin/python3\nimport sys\nfrom mesonbuild.mesonmain import main\nsys.exit(main())\n`,
    ],
    [ninja, scriptOf([kaon, 'ninja'])],
  ];
  for (const [path, content] of texts) {
    const folder = files.makeDirectory(posix.dirname(path));
    if (!folder.ok) return folder;
    const written = files.replace(path, content);
    if (!written.ok) return written;
  }
  for (const path of [program, ninja]) {
    const executable = files.setMode(path, 0o755);
    if (!executable.ok) return executable;
  }
  return ok(undefined);
}

/** Tells kaon which Python called: scripts of the project are run by the same. */
function entryPoint(kaon: string): string {
  return `import os
import sys


def main():
    os.environ['KAON_AS_MESON'] = '1'
    os.environ['KAON_PYTHON'] = sys.executable
    kaon = ${JSON.stringify(kaon)}
    os.execv(kaon, [kaon, *sys.argv[1:]])
`;
}
