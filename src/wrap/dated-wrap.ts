import type { Diagnostic, Place } from '../diag/diagnostic.ts';
import type { Field, Wrap } from './wrap-file.ts';

/** What of a wrap file older Mesons do not know. */
export interface WrapFeature {
  readonly feature: string;
  readonly since: string;
  readonly place: Place;
}

/** What a wrap uses that came with a version of Meson, in Meson's order. */
export function wrapFeatures(wrap: Wrap): readonly WrapFeature[] {
  const used: WrapFeature[] = [];
  const note = (field: Field | undefined, since: string, feature: string): void => {
    if (field !== undefined) used.push({ feature, since, place: field.place });
  };
  note(wrap.diffFiles[0], '0.63.0', 'Wrap files with diff_files');
  note(wrap.patchDirectory, '0.55.0', 'Wrap files with patch_directory');
  const archives = { patch: wrap.patch, source: wrap.kind === 'file' ? wrap.archive : undefined };
  for (const [what, archive] of Object.entries(archives))
    if (archive?.url === undefined)
      note(archive?.filename, '0.55.0', `Local wrap patch files without ${what}_url`);
  return used;
}

/** How a wrap of the first WrapDB is replaced; its server answers no more. */
export function outdatedWrap({ name, patch }: Wrap): Diagnostic | undefined {
  if (patch.url?.value.startsWith('https://wrapdb.mesonbuild.com/v1') !== true) return undefined;
  const renamed = { sqlite: 'sqlite3', libjpeg: 'libjpeg-turbo' }[name];
  const message =
    renamed === undefined
      ? `WrapDB v1 is deprecated, updated using \`meson wrap update ${name}\``
      : `${name} wrap has been renamed to ${renamed}, update using \`meson wrap install ${renamed}\``;
  const related = [{ place: patch.url.place, message: 'here' }];
  return { severity: 'deprecation', message, hints: [], related };
}
