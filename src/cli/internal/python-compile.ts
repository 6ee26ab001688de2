import { posix } from 'node:path';
import { loadSetup } from '../../store/setup-state.ts';
import { exitCodes, type Session } from '../session.ts';

/** Compiles the modules named on standard input: where they lie, and where they will. */
const program = `
import compileall, json, os, sys
quiet = int(os.environ.get('MESON_INSTALL_QUIET', 0))
for here, there in json.load(sys.stdin):
    if os.path.isdir(here):
        compileall.compile_dir(here, ddir=there, force=True, quiet=quiet)
    else:
        compileall.compile_file(here, ddir=os.path.dirname(there), force=True, quiet=quiet)
`;

/**
 * `python-compile BUILD-DIRECTORY LEVEL FOLDER FOLDER PYTHON…`: compiles what was installed below
 * the folders, for each level of optimisation up to the one given.
 */
export function pythonCompile({ host, terminal }: Session, words: readonly string[]): number {
  const [buildRoot = '', level = '0', pure = '', platform = '', ...python] = words;
  const state = loadSetup(host.files, buildRoot);
  if (!state.ok) {
    terminal.printError(`kaon: ${buildRoot} is not set up`);
    return exitCodes.failed;
  }
  const { prefix, items } = state.value.install;
  const installed = items.flatMap((item) =>
    item.kind === 'file' || item.kind === 'directory' ? [posix.resolve(prefix, item.to)] : [],
  );
  const destination = host.system.environment['DESTDIR'] ?? '';
  const modules = installed
    .filter((path) =>
      [pure, platform].some((folder) => path.startsWith(`${folder.replace(/\/$/, '')}/`)),
    )
    .map((path) => [`${destination}${path}`, path] as const)
    .filter(([here]) => here.endsWith('.py') || host.files.isDirectory(here))
    .filter(([here]) => host.files.exists(here));
  const switches = [[], ['-O'], ['-OO']].slice(0, Number(level) + 1);
  for (const optimise of modules.length === 0 ? [] : switches) {
    const { ended, stdout, stderr } = host.processes.run({
      argv: [...python, ...optimise, '-c', program],
      workingDirectory: host.system.workingDirectory,
      environment: host.system.environment,
      input: JSON.stringify(modules),
    });
    if (stdout !== '') terminal.print(stdout.trimEnd());
    if (stderr !== '') terminal.printError(stderr.trimEnd());
    if (ended.kind !== 'exited' || ended.code !== 0) return exitCodes.failed;
  }
  return exitCodes.ok;
}
