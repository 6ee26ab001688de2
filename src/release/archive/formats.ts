import { err, ok, type Result } from '../../base/result.ts';

/** The kinds of archives, by the names Meson (and Python) have for them. */
export const archiveFormats = {
  xztar: { extension: '.tar.xz' },
  gztar: { extension: '.tar.gz' },
  bztar: { extension: '.tar.bz2' },
  zstdtar: { extension: '.tar.zst' },
  zip: { extension: '.zip' },
  tar: { extension: '.tar' },
} as const;

/** A word of `kaon dist --formats`. */
export type ArchiveFormat = keyof typeof archiveFormats;

const otherNames: Readonly<Record<string, ArchiveFormat>> = {
  zstd: 'zstdtar',
  zsttar: 'zstdtar',
  zstar: 'zstdtar',
};

/** Reads `xztar,zip`. An error is a sentence. */
export function parseFormats(text: string): Result<readonly ArchiveFormat[], string> {
  const formats = new Set<ArchiveFormat>();
  for (const name of text.split(',').map((each) => each.trim())) {
    const format = isFormat(name) ? name : otherNames[name];
    if (format === undefined) {
      const known = ['bztar', 'gztar', 'xztar', 'zip', 'zstdtar'].map((each) => `'${each}'`);
      return err(`Value "${name}" not one of permitted values [${known.join(', ')}].`);
    }
    formats.add(format);
  }
  return ok([...formats]);
}

/** The format that a file's name asks for; undefined where it asks for none. */
export function formatOfName(path: string): ArchiveFormat | undefined {
  const name = path.replace(/\.tgz$/, '.tar.gz').replace(/\.txz$/, '.tar.xz');
  return Object.keys(archiveFormats)
    .filter(isFormat)
    .find((format) => name.endsWith(archiveFormats[format].extension));
}

function isFormat(name: string): name is ArchiveFormat {
  return name in archiveFormats;
}
