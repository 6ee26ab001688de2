import { packageNameIn } from '../units/packages/load-workspace.ts';
import { patchedFolders } from '../units/packages/patched-folders.ts';
import type { Judged, ManifestFault } from './judged.ts';

/** Folders of `[patch]` where no such package lies. */
export function patchFaults({ files, workspace, isRoot }: Judged): readonly ManifestFault[] {
  if (!isRoot) return [];
  return patchedFolders(workspace).flatMap(({ key, name, folder }): readonly ManifestFault[] => {
    if (!files.isFile(`${folder}/Cargo.toml`))
      return [
        {
          key,
          message: `failed to load source for dependency \`${name}\``,
          hint: `There is no ${folder}/Cargo.toml.`,
        },
      ];
    const found = packageNameIn(files, folder);
    // What cannot be read at all is told by those who read it.
    if (found === undefined || found === name) return [];
    return [
      {
        key,
        message: `patch location \`${folder}\` does not contain packages matching \`${name}\``,
        hint: `The package there is "${found}".`,
      },
    ];
  });
}
