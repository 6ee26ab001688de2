import { isTable } from '../manifest/toml.ts';
import { parseRequirement } from '../requirement.ts';
import { packageNameIn } from '../units/packages/load-workspace.ts';
import { patchedFolders } from '../units/packages/patched-folders.ts';
import { sourceFault } from './dependency-faults.ts';
import type { Judged, ManifestFault } from './judged.ts';

/** `[patch]` and `[replace]` that say nothing, and folders of the root's where no such package lies. */
export function patchFaults(judged: Judged): readonly ManifestFault[] {
  const { patch, replace } = judged.toml;
  // Cargo reads them in each manifest, though they count only in the root's.
  const idle = [...(isTable(patch) ? Object.values(patch) : []), replace].flatMap((table) =>
    Object.entries(isTable(table) ? table : {}).flatMap(([key, value]) => [
      ...oddVersion(key, isTable(value) ? value['version'] : value),
      ...(isTable(value) ? sourceFault(key, value) : []),
    ]),
  );
  return judged.isRoot ? [...idle, ...goneFolders(judged)] : idle;
}

function oddVersion(key: string, version: unknown): readonly ManifestFault[] {
  const read = typeof version === 'string' ? parseRequirement(version) : undefined;
  return read?.ok === false ? [{ key, message: `${read.error} (of "${key}")` }] : [];
}

/** Folders where no such package lies. */
function goneFolders({ files, workspace }: Judged): readonly ManifestFault[] {
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
