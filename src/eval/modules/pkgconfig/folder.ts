import { posix } from 'node:path';
import type { Call } from '../../call.ts';
import type { TargetObject } from '../../objects/target.ts';
import { shownFolder } from '../../option-texts.ts';
import { joinPath } from '../../paths.ts';
import { textOption } from '../../targets/options.ts';

/** Where the file is installed, and how introspection shows that. */
export function folderOf(
  call: Call,
  main: TargetObject | undefined,
  {
    install_dir: given,
    dataonly,
  }: { readonly install_dir: string | undefined; readonly dataonly: boolean },
): { readonly path: string; readonly placeholder: string } {
  const { evaluation } = call;
  if (given) return { path: given, placeholder: shownFolder(evaluation, given) };
  if (dataonly)
    return {
      path: joinPath(textOption(call, 'datadir'), 'pkgconfig'),
      placeholder: '{datadir}/pkgconfig',
    };
  const target = main && evaluation.tables.targets.get(main.target);
  const own = target?.kind === 'build' ? target.customInstallFolder : undefined;
  if (own !== undefined) {
    const path = posix.join(own, 'pkgconfig');
    return { path, placeholder: joinPath(shownFolder(evaluation, own), 'pkgconfig') };
  }
  const { system } = evaluation.machines.host;
  const below = (...words: string[]) => ({
    path: joinPath(textOption(call, 'prefix'), ...words),
    placeholder: joinPath('{prefix}', ...words),
  });
  if (system === 'freebsd') return below('libdata', 'pkgconfig');
  if (system === 'haiku') return below('develop', 'lib', 'pkgconfig');
  return {
    path: joinPath(textOption(call, 'libdir'), 'pkgconfig'),
    placeholder: '{libdir}/pkgconfig',
  };
}
