import { posix } from 'node:path';
import type { InstallPlan } from '../../model/install-plan.ts';
import { loadSetup } from '../../store/setup/setup-state.ts';
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
  const destination = host.system.environment['DESTDIR'] ?? '';
  const modules = installedBelow(state.value.install, [pure, platform])
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

/** Files and folders that are installed below one of the folders, whatever made them. */
export function installedBelow(
  { prefix, items }: Pick<InstallPlan, 'prefix' | 'items'>,
  folders: readonly string[],
): readonly string[] {
  const installed = items.flatMap((item) => {
    if (item.kind === 'target')
      return [posix.resolve(prefix, item.directory, posix.basename(item.from))];
    return item.kind === 'file' || item.kind === 'directory'
      ? [posix.resolve(prefix, item.to)]
      : [];
  });
  return installed.filter((path) =>
    folders.some((folder) => path.startsWith(`${folder.replace(/\/$/, '')}/`)),
  );
}
