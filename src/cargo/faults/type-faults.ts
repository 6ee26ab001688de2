import { isTable } from '../manifest/toml.ts';
import type { Judged, ManifestFault } from './judged.ts';
import { manifestShape } from './manifest-types.ts';
import { oddValues } from './types.ts';

/** Values of other types than Cargo reads. */
export function typeFaults({ toml }: Judged): readonly ManifestFault[] {
  const odd = oddValues(toml, manifestShape).map(({ path, message }) => ({
    key: path.at(-1) ?? '',
    message,
    ...(path.length > 2 && { hint: `In \`${path.join('.')}\`.` }),
  }));
  return [...odd, ...severalScripts(toml)];
}

function severalScripts(toml: Judged['toml']): readonly ManifestFault[] {
  const { package: fields, 'cargo-features': asked } = toml;
  const isAsked = Array.isArray(asked) && asked.includes('multiple-build-scripts');
  const said = isTable(fields) ? fields['build'] : undefined;
  if (!Array.isArray(said) || !said.every((one) => typeof one === 'string') || isAsked) return [];
  return [
    {
      key: 'build',
      message: 'feature `multiple-build-scripts` is required',
      hint: 'Several build scripts are unstable in Cargo, and kaon does not heed them.',
    },
  ];
}
