import type { Files } from '../../host/host.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { usualFolders } from '../manifest/targets.ts';
import type { ManifestFault } from './judged.ts';

/** Why a target that a manifest declares without a path is none, in Cargo's words. */
export function missingTarget(
  files: Files,
  folder: string,
  { kind, name }: Manifest['missing'][number],
): ManifestFault {
  const place = { key: 'name', value: name, isForgiven: kind !== 'bin' };
  const usual = `${usualFolders[kind]}/${name}`;
  const wrong = kind === 'bin' ? 'src/bins' : kind;
  const astray = [`${name}.rs`, `${name}/main.rs`].find((path) =>
    files.isFile(`${folder}/${wrong}/${path}`),
  );
  if (astray !== undefined)
    return {
      ...place,
      message: `can't find \`${name}\` ${kind} at default paths, but found a file at \`${wrong}/${astray}\`.`,
      hint: `Perhaps rename the file to \`${usualFolders[kind]}/${astray}\` for target auto-discovery, or specify ${kind}.path if you want to use a non-default path.`,
    };
  return {
    ...place,
    message: `can't find \`${name}\` ${kind} at \`${usual}.rs\` or \`${usual}/main.rs\`. Please specify ${kind}.path if you want to use a non-default path.`,
  };
}
