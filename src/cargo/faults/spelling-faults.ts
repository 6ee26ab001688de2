import { callsItProject } from '../manifest/manifest-toml.ts';
import { oldSpellings } from '../manifest/old-spellings.ts';
import type { Judged, ManifestFault } from './judged.ts';

/** Spellings that the edition of 2024 took leave of. */
export function spellingFaults({ toml, manifest, source }: Judged): readonly ManifestFault[] {
  if (manifest?.package.edition !== '2024') return [];
  return [
    ...(callsItProject(source)
      ? [
          {
            key: 'project',
            message: '`[project]` is not supported as of the 2024 Edition, please use `[package]`',
          },
        ]
      : []),
    ...oldSpellings(toml).map(({ old, now, where }) => ({
      key: old,
      message: `\`${old}\` is unsupported as of the 2024 edition; instead use \`${now}\`\n(in the ${where})`,
    })),
  ];
}
