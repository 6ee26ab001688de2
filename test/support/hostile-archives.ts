import { gzipSync } from 'node:zlib';
import { hard, link, pax, type TarEntry, tarGzOf, tarOf } from './hostile-tar.ts';
import { type ZipEntry, zipOf } from './hostile-zip.ts';

/** An archive that must be refused. */
export interface HostileArchive {
  readonly what: string;
  /** Its name; the suffix does not decide how it is read. */
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** The entry that the refusal names; absent where the archive as a whole breaks a rule. */
  readonly entry?: string;
  readonly rule: RegExp;
}

const build: TarEntry = { path: 'foo-1/meson.build', content: "project('foo')\n" };

type Row = readonly [
  what: string,
  entry: string | undefined,
  rule: RegExp,
  entries: readonly TarEntry[],
];

const paths: readonly Row[] = [
  ['an absolute path', '/etc/evil', /has an absolute path/, [{ path: '/etc/evil' }]],
  ['an absolute folder', '/etc/evil/', /has an absolute path/, [{ path: '/etc/evil/', type: '5' }]],
  ['a path up and out', '../evil', /has "\.\." in its path/, [{ path: '../evil' }]],
  [
    'a path up and out from inside',
    'foo-1/../../evil',
    /has "\.\."/,
    [{ path: 'foo-1/../../evil' }],
  ],
  ['a path up and in again', 'foo-1/a/../b', /has "\.\."/, [{ path: 'foo-1/a/../b' }]],
  ['a folder that is the one above', 'foo-1/..', /has "\.\."/, [{ path: 'foo-1/..', type: '5' }]],
  ['a path that hides behind a dot', './../evil', /has "\.\."/, [{ path: './../evil' }]],
  [
    'a long path (pax) that leaves',
    '../evil',
    /has "\.\."/,
    [pax({ path: '../evil' }), { path: 'foo-1/x' }],
  ],
  [
    'a long path (GNU) that leaves',
    '../evil',
    /has "\.\."/,
    [{ path: '././@LongLink', type: 'L', content: '../evil\0' }, { path: 'foo-1/x' }],
  ],
  ['a prefix that leaves', '../../x/evil', /has "\.\."/, [prefixed('../../x', 'evil')]],
  ['a backslash', 'foo-1\\..\\evil', /has a backslash in its path/, [{ path: 'foo-1\\..\\evil' }]],
  ['a drive letter', 'C:\\evil', /has a backslash/, [{ path: 'C:\\evil' }]],
  ['a NUL', undefined, /has a NUL/, [pax({ path: 'foo-1/a\0b' }), { path: 'foo-1/x' }]],
  [
    'bytes that are not UTF-8',
    'foo-1/',
    /not UTF-8/,
    [edited('foo-1/x', (h) => h.writeUInt8(0xff, 6))],
  ],
  ['a second top folder', 'other/file', /is not in the folder "foo-1"/, [{ path: 'other/file' }]],
  ['a file at the top', 'file', /is not in the folder "foo-1"/, [{ path: 'file' }]],
  [
    'a top folder that begins alike',
    'foo-1x/file',
    /is not in the folder/,
    [{ path: 'foo-1x/file' }],
  ],
  [
    'folders without end',
    'foo-1/d/',
    /folders deep/,
    [pax({ path: `foo-1/${'d/'.repeat(150)}f` }), { path: 'x' }],
  ],
  [
    'a name without end',
    'foo-1/nnn',
    /255 letters/,
    [pax({ path: `foo-1/${'n'.repeat(300)}` }), { path: 'x' }],
  ],
  [
    'a repository whose settings run programs',
    'foo-1/.git/config',
    /repository of git/,
    [{ path: 'foo-1/.git/config', content: '[core]\n\tfsmonitor = touch /tmp/evil\n' }],
  ],
  [
    'a file that names a repository elsewhere',
    'foo-1/sub/.git',
    /repository of git/,
    [{ path: 'foo-1/sub/.git', content: 'gitdir: /etc\n' }],
  ],
];

const links: readonly Row[] = [
  [
    'a link out',
    'foo-1/l',
    /is a link to "\.\.\/\.\.\/etc", which leads out/,
    [link('foo-1/l', '../../etc')],
  ],
  ['an absolute link', 'foo-1/l', /which leads out/, [link('foo-1/l', '/etc/passwd')]],
  ['a link to the folder above', 'foo-1/l', /which leads out/, [link('foo-1/l', '..')]],
  ['a link with a backslash', 'foo-1/l', /which leads out/, [link('foo-1/l', '..\\x')]],
  ['a link to nothing', 'foo-1/l', /linkpath required/, [link('foo-1/l', '')]],
  [
    'a long link target (pax) that leaves',
    'foo-1/l',
    /leads out/,
    [pax({ linkpath: '../../x' }), link('foo-1/l', 'x')],
  ],
  [
    'a long link target (GNU) that leaves',
    'foo-1/l',
    /leads out/,
    [{ path: '././@LongLink', type: 'K', content: '../../x\0' }, link('foo-1/l', 'x')],
  ],
  [
    'a link out by way of another link',
    'foo-1/l',
    /which leads out/,
    [link('foo-1/a/b', '..'), { path: 'foo-1/c' }, link('foo-1/l', 'a/b/../../x')],
  ],
  [
    'links in a circle',
    'foo-1/',
    /which leads out/,
    [link('foo-1/a', 'b/x'), link('foo-1/b', 'a/x')],
  ],
  [
    'a file written through a link',
    'foo-1/l/file',
    /lies below "foo-1\/l", which is not a folder/,
    [link('foo-1/l', 'real'), { path: 'foo-1/l/file' }],
  ],
  [
    'a folder written through a link',
    'foo-1/l/sub/',
    /which is not a folder/,
    [link('foo-1/l', '.'), { path: 'foo-1/l/sub/', type: '5' }],
  ],
  ['a link as top folder', 'foo-1', /is not a folder|below/, [link('foo-1', 'elsewhere')]],
  ['a hard link out', 'foo-1/h', /is a hard link to/, [hard('foo-1/h', '../../etc/passwd')]],
  [
    'a hard link to an absolute path',
    'foo-1/h',
    /is a hard link to/,
    [hard('foo-1/h', '/etc/passwd')],
  ],
  ['a hard link to itself', 'foo-1/h', /is a hard link to/, [hard('foo-1/h', 'foo-1/h')]],
  [
    'a hard link to what is not there',
    'foo-1/h',
    /is a hard link to/,
    [hard('foo-1/h', 'foo-1/none')],
  ],
  [
    'a hard link to a folder',
    'foo-1/h',
    /is a hard link to/,
    [{ path: 'foo-1/d/', type: '5' }, hard('foo-1/h', 'foo-1/d')],
  ],
  [
    'a hard link to a link',
    'foo-1/h',
    /is a hard link to/,
    [link('foo-1/l', 'meson.build'), hard('foo-1/h', 'foo-1/l')],
  ],
  [
    'hard links in a circle',
    'foo-1/',
    /is a hard link to/,
    [hard('foo-1/a', 'foo-1/b'), hard('foo-1/b', 'foo-1/a')],
  ],
];

const kindsOfEntries: readonly Row[] = [
  ['a character device', 'foo-1/null', /CharacterDevice/, [{ path: 'foo-1/null', type: '3' }]],
  ['a block device', 'foo-1/disk', /BlockDevice/, [{ path: 'foo-1/disk', type: '4' }]],
  ['a named pipe', 'foo-1/pipe', /FIFO/, [{ path: 'foo-1/pipe', type: '6' }]],
  [
    'an entry of an unknown type',
    'foo-1/z',
    /unknown type|neither file/,
    [{ path: 'foo-1/z', type: 'Z' }],
  ],
  [
    'a part of another volume',
    'foo-1/m',
    /unknown type|neither file/,
    [{ path: 'foo-1/m', type: 'M' }],
  ],
  ['a sparse file', 'foo-1/s', /unknown type|neither file/, [{ path: 'foo-1/s', type: 'S' }]],
  [
    'a file twice',
    'foo-1/meson.build',
    /is there twice/,
    [{ path: 'foo-1/meson.build', content: 'evil' }],
  ],
  [
    'a file twice, spelt otherwise',
    'foo-1/./meson.build',
    /is there twice/,
    [{ path: 'foo-1/./meson.build' }],
  ],
  [
    'a link in place of a file',
    'foo-1/meson.build',
    /is there twice/,
    [link('foo-1/meson.build', 'x')],
  ],
  [
    'a file that is a folder too',
    'foo-1/meson.build/',
    /is there twice|below/,
    [{ path: 'foo-1/meson.build/', type: '5' }],
  ],
  [
    'a file below a file',
    'foo-1/f/g',
    /which is not a folder/,
    [{ path: 'foo-1/f' }, { path: 'foo-1/f/g' }],
  ],
  ['a wrong checksum', 'foo-1/x', /has checksum failure/, [{ path: 'foo-1/x', checksum: 7 }]],
  [
    'a size beyond the end',
    undefined,
    /truncated|unexpected/i,
    [{ path: 'foo-1/x', size: 100_000 }],
  ],
  [
    'a negative size',
    undefined,
    /has a size that is none/,
    [edited('foo-1/x', (h) => h.fill(0xff, 124, 136))],
  ],
];

const zipBuild: ZipEntry = { path: 'foo-1/meson.build', content: "project('foo')\n" };

const zips: readonly (readonly [string, string | undefined, RegExp, readonly ZipEntry[]])[] = [
  ['a path out', 'foo-1/../../evil', /has "\.\."/, [{ path: 'foo-1/../../evil' }]],
  ['an absolute path', '/etc/evil', /has an absolute path/, [{ path: '/etc/evil' }]],
  ['a backslash', 'foo-1\\..\\evil', /has a backslash/, [{ path: 'foo-1\\..\\evil' }]],
  ['a NUL', 'foo-1/a', /has a NUL/, [{ path: 'foo-1/a\0b' }]],
  [
    'two names',
    'foo-1/a',
    /another name in its header/,
    [{ path: 'foo-1/a', localPath: '../evil' }],
  ],
  [
    'a link out',
    'foo-1/l',
    /which leads out/,
    [{ path: 'foo-1/l', content: '../../x', mode: 0o120777 }],
  ],
  ['a device', 'foo-1/d', /neither file, folder nor link/, [{ path: 'foo-1/d', mode: 0o020666 }]],
  ['a wrong checksum', 'foo-1/a', /wrong checksum/, [{ path: 'foo-1/a', content: 'abc', crc: 1 }]],
  [
    'a wrong size',
    'foo-1/a',
    /cannot be unpacked|another size/,
    [{ path: 'foo-1/a', content: 'abc', claimed: 2 }],
  ],
  ['a size of 3 GB', 'foo-1/a', /too large/, [{ path: 'foo-1/a', content: 'abc', claimed: 3e9 }]],
  ['a password', 'foo-1/a', /encrypted/, [{ path: 'foo-1/a', content: 'abc', flags: 1 }]],
  [
    'an unknown packing',
    'foo-1/a',
    /cannot be unpacked/,
    [{ path: 'foo-1/a', content: 'abc', method: 99 }],
  ],
  ['a file twice', 'foo-1/meson.build', /is there twice/, [zipBuild]],
  ['a second top folder', 'other/a', /is not in the folder "foo-1"/, [{ path: 'other/a' }]],
  [
    'a file written through a link',
    'foo-1/l/a',
    /which is not a folder/,
    [{ path: 'foo-1/l', content: '.', mode: 0o120777 }, { path: 'foo-1/l/a' }],
  ],
];

const whole: readonly HostileArchive[] = [
  {
    what: 'gzip that is cut short',
    name: 'foo.tar.gz',
    bytes: () => {
      const all = tarGzOf([build, { path: 'foo-1/x', content: 'x'.repeat(5000) }]);
      return all.subarray(0, all.length - 20);
    },
    rule: /is not valid gzip/,
  },
  {
    what: 'gzip that grows without end',
    name: 'foo.tar.gz',
    bytes: () => {
      const bomb = gzipSync(Buffer.alloc(1 << 20));
      return Buffer.concat(Array.from({ length: 1100 }, () => bomb));
    },
    rule: /unpacks to more than/,
  },
  {
    what: 'a page instead of an archive',
    name: 'foo.tar.gz',
    bytes: () => Buffer.from('<html>not found</html>'),
    rule: /not|archive|truncated|bad/i,
  },
  {
    what: 'xz that is none',
    name: 'foo.tar.xz',
    bytes: () => Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1, 2, 3, 4, 5, 6, 7, 8]),
    rule: /is not valid xz/,
  },
  {
    what: 'something behind the end of a zip archive',
    name: 'foo.zip',
    bytes: () => Buffer.concat([zipOf([zipBuild]), Buffer.from('more')]),
    rule: /after its end record/,
  },
  {
    what: 'a zip archive that counts its entries wrongly',
    name: 'foo.zip',
    bytes: () => {
      const all = Buffer.from(zipOf([zipBuild]));
      all.writeUInt16LE(2, all.length - 12);
      all.writeUInt16LE(2, all.length - 14);
      return all;
    },
    rule: /broken list of contents/,
  },
];

/** All kinds of archives that must be refused, each with a good file before what is wrong. */
export const hostileArchives: readonly HostileArchive[] = [
  ...[...paths, ...links, ...kindsOfEntries].map(([what, entry, rule, entries]) => ({
    what: `tar: ${what}`,
    name: 'foo.tar.gz',
    bytes: () => tarGzOf([build, ...entries]),
    ...(entry === undefined ? {} : { entry }),
    rule,
  })),
  ...zips.map(([what, entry, rule, entries]) => ({
    what: `zip: ${what}`,
    name: 'foo.zip',
    bytes: () => zipOf([zipBuild, ...entries]),
    ...(entry === undefined ? {} : { entry }),
    rule,
  })),
  ...whole,
  {
    what: 'tar without compression: a path out',
    name: 'foo.tar',
    bytes: () => tarOf([build, { path: '../evil' }]),
    entry: '../evil',
    rule: /has "\.\."/,
  },
];

function edited(path: string, edit: (header: Buffer) => void): TarEntry {
  return { path, edit };
}

function prefixed(prefix: string, path: string): TarEntry {
  return { path, edit: (header) => void header.write(prefix, 345, 155, 'utf8') };
}
