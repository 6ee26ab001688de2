import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { privateFolder } from '../../store/setup/setup-state.ts';

export type MachineFileKind = 'cross' | 'native';

/**
 * The machine files that a command line names, by their whole paths: below the working directory, else
 * where the user and the system keep theirs (`~/.local/share/meson/cross`). What a pipe says is kept in
 * the build directory, as it says it once.
 */
export function machineFiles(
  { files, system }: Pick<Host, 'files' | 'system'>,
  kind: MachineFileKind,
  { names, buildRoot }: { readonly names: readonly string[]; readonly buildRoot: string },
): Result<readonly string[], string> {
  const found: string[] = [];
  for (const [at, name] of names.entries()) {
    const own = name.startsWith('~/') ? `${system.homeDirectory}${name.slice(1)}` : name;
    const here = posix.resolve(system.workingDirectory, own);
    const what = files.stat(here)?.kind;
    if (what === 'file') {
      found.push(here);
      continue;
    }
    if (what !== undefined && what !== 'directory') {
      const copy = `${buildRoot}/${privateFolder}/given-${at}.${kind}.ini`;
      const text = files.readText(here);
      const folder = files.makeDirectory(posix.dirname(copy));
      if (!text.ok || !folder.ok || !files.write(copy, text.value).ok)
        return err(`Cannot read ${kind} file: ${name}`);
      found.push(copy);
      continue;
    }
    const path = dataFolders(system)
      .map((folder) => `${folder}/meson/${kind}/${own}`)
      .find((each) => files.isFile(each));
    if (path === undefined) return err(`Cannot find specified ${kind} file: ${name}`);
    found.push(path);
  }
  return ok(found);
}

function dataFolders({ environment, homeDirectory }: Host['system']): readonly string[] {
  const own = environment['XDG_DATA_HOME'] || `${homeDirectory}/.local/share`;
  const shared = environment['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share';
  return [own, ...shared.split(':')];
}
