import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseLock } from '../../src/cargo/lock/lock.ts';
import { type Project, project, told } from '../e2e/support/project.ts';
import { size } from './support/size.ts';

/** Crates of all kinds: macros, build scripts, C inside, many files, old editions, long histories. */
const crates =
  'serde_derive tokio regex libc rand chrono clap hyper uuid syn bitflags itertools bindgen nix crossbeam cc openssl-sys zstd-sys libz-sys ring bytes log num-traits either thiserror anyhow once_cell parking_lot rayon indexmap smallvec hashbrown semver url toml base64 sha2 tempfile walkdir globset memchr aho-corasick time getrandom rustix quote proc-macro2 unicode-ident vm-memory vhost'.split(
    ' ',
  );

/** Debian's names of packages whose upstream archives are of all kinds: gz, xz, bz2, with links, odd modes, long names. */
const sources =
  'zlib libpng1.6 fribidi jsoncpp dav1d bzip2 expat lz4 pixman hello sed tar grep patch make-dfsg libffi nettle gzip which less diffutils findutils bc jq tree time file xxhash mpfr4 libarchive'.split(
    ' ',
  );

const build = { 'packagefiles/rules/meson.build': "project('x')\n" };

/** Fetches all of a project's subprojects; answers what is said of those that failed. */
function failures(made: Project): string {
  const run = made.kaon(['subprojects', 'download', '-j', '2']);
  const lines = told(run).split('\n');
  return lines.filter((line, at) => !/\.\.\.$|-> done$|^$/.test(line) && at >= 0).join('\n');
}

const online = spawnSync('cargo', ['info', 'libc'], { cwd: '/' }).status === 0;

test.skipIf(!online)('crates of the registry still unpack', () => {
  const wanted = crates.slice(0, size(crates.length, 5));
  const made = project({
    'meson.build': "project('p')\n",
    'Cargo.toml': '[package]\nname = "p"\nversion = "0.1.0"\nedition = "2021"\n',
    'src/lib.rs': '',
    'subprojects/.keep': '',
  });
  const added = made.kaon(['add', ...wanted]);
  expect(added.status, told(added)).toBe(0);
  expect(failures(made)).toBe('');
  const lock = parseLock({ path: 'Cargo.lock', text: made.read('Cargo.lock') });
  const packages = lock.ok ? lock.value.packages : [];
  expect(packages.length).toBeGreaterThan(wanted.length);
  for (const { name, version, source } of packages) {
    if (source.kind === 'path') continue;
    const folder = join(made.folder, 'subprojects', `${name}-${version}`);
    expect(existsSync(join(folder, 'Cargo.toml')), folder).toBe(true);
  }
});

const hasSources = spawnSync('apt-cache', ['showsrc', 'hello'], { encoding: 'utf8' });

test.skipIf(hasSources.status !== 0 || !hasSources.stdout.includes('Package:'))(
  'archives of upstream projects still unpack',
  () => {
    const wanted = size(20, 2);
    const made = project({
      'meson.build': "project('p')\n",
      ...Object.fromEntries(
        Object.entries(build).map(([path, text]) => [`subprojects/${path}`, text]),
      ),
    });
    const folder = join(made.folder, 'subprojects/packagefiles');
    let got = 0;
    // Lists of packages are older than what a mirror has: some are not there any more.
    for (const name of sources) {
      if (got === wanted) break;
      const words = ['source', '--download-only', '-qq', name];
      if (spawnSync('apt-get', words, { cwd: folder }).status === 0) got++;
    }
    const archives = readdirSync(folder).filter((name) => /\.orig\.tar\.\w+$/.test(name));
    expect(archives.length).toBeGreaterThanOrEqual(wanted);
    for (const archive of archives) {
      const listed = spawnSync('tar', ['tf', archive], { cwd: folder, maxBuffer: 1 << 28 });
      const tops = new Set(
        String(listed.stdout)
          .split('\n')
          .filter((line) => line !== '' && line !== './')
          .map((line) => line.replace(/^\.\//, '').split('/')[0]),
      );
      const [top] = tops;
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, archive)))
        .digest('hex');
      made.write(
        `subprojects/${archive.replace(/_.*/, '')}.wrap`,
        [
          '[wrap-file]',
          `directory = ${tops.size === 1 ? top : archive.replace(/\.orig.*/, '')}`,
          ...(tops.size === 1 ? [] : ['lead_directory_missing = true']),
          `source_filename = ${archive}`,
          `source_hash = ${hash}`,
          'patch_directory = rules',
          '',
        ].join('\n'),
      );
    }
    expect(failures(made)).toBe('');
  },
);
