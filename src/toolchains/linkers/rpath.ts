import { posix } from 'node:path';
import { versionMatches } from '../../base/version.ts';
import type { Rpath, RpathArgs } from '../rules.ts';
import { throughCompiler } from './wrap.ts';

/** Run-time search paths as Meson gives them to GNU-like linkers, padded to the room the installed one needs. */
export function gnuRpath(
  rpath: Rpath,
  linker: { readonly id: string; readonly version: string; readonly extra: readonly string[] },
): RpathArgs {
  const { folders, buildRpath, installRpath } = rpath;
  if (folders.length === 0 && installRpath === '' && buildRpath === '' && linker.extra.length === 0)
    return { args: [], removedAtInstall: [] };
  const own = new Set(fromOrigin(rpath).map((path) => joined('$ORIGIN', path)));
  const removedAtInstall = [...own];
  if (buildRpath !== '') {
    own.add(buildRpath);
    removedAtInstall.push(...buildRpath.split(':'));
  }
  for (const path of linker.extra) own.add(path);
  const args = [...throughCompiler(['-rpath', padded([...own].join(':'), installRpath)])];
  const oldLinker =
    ['ld.bfd', 'ld.gold'].includes(linker.id) && versionMatches(linker.version, '<2.28');
  if (oldLinker)
    for (const folder of folders)
      args.push(...throughCompiler(['-rpath-link', joined(rpath.buildRoot, folder)]));
  return { args, removedAtInstall: [...new Set(removedAtInstall)] };
}

/** The same for Apple's linker: one argument each, from `@loader_path`. */
export function appleRpath(rpath: Rpath, extra: readonly string[]): RpathArgs {
  const all = new Set(fromOrigin(rpath).map((path) => joined('@loader_path', path)));
  if (rpath.buildRpath !== '') for (const path of rpath.buildRpath.split(':')) all.add(path);
  for (const path of extra) all.add(path);
  return {
    args: [...all].flatMap((path) => throughCompiler(['-rpath', path])),
    removedAtInstall: [...all],
  };
}

/** Folders of the build tree become relative to the target's, so that the output has the same length anywhere. */
function fromOrigin({ folders, from, buildRoot }: Rpath): readonly string[] {
  const seen = folders.map((folder) => {
    if (folder === from) return '';
    return folder.startsWith('/')
      ? folder
      : posix.relative(`${buildRoot}/${from}`, `${buildRoot}/${folder}`);
  });
  return [
    ...seen.filter((path) => !path.startsWith('/')),
    ...seen.filter((path) => path.startsWith('/')),
  ];
}

/** As Python joins paths: an absolute one stands alone, an empty one leaves a slash. */
function joined(origin: string, path: string): string {
  return path.startsWith('/') ? path : `${origin}/${path}`;
}

/** Installing replaces the path in place, so the program must have room for the installed one. */
function padded(paths: string, installed: string): string {
  const missing = Buffer.byteLength(installed) - Buffer.byteLength(paths);
  if (missing <= 0) return paths;
  return paths === '' ? 'X'.repeat(missing) : `${paths}:${'X'.repeat(missing)}`;
}

/** The folders that link arguments have written into a program. */
export function rpathsIn(args: readonly string[]): ReadonlySet<string> {
  return new Set(
    args.flatMap((arg) => /^-Wl,-(?:rpath[=,]|R,?(?=\/))([^,]+)/.exec(arg)?.[1]?.split(':') ?? []),
  );
}
