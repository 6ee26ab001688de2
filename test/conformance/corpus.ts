import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ownRoot = resolve(import.meta.dirname, '../..');
const version = '1.12.1';

/** The runner of Meson's project tests; from KAON_CONFORMANCE_RUNNER, or beside the checkout. */
export function runnerPath(root = ownRoot): string | undefined {
  const path =
    process.env['KAON_CONFORMANCE_RUNNER'] ?? resolve(root, '../shared/conformance/run.py');
  return existsSync(path) ? path : undefined;
}

/**
 * Meson's source distribution, whose `test cases` are the corpus; from KAON_MESON_CORPUS, or fetched
 * by package name with pip into a folder that is not committed. Undefined where that is not possible.
 */
export function corpusPath(root = ownRoot): string | undefined {
  const given = process.env['KAON_MESON_CORPUS'];
  if (given !== undefined) return given;
  const cache = join(root, 'node_modules/.cache/conformance');
  const unpacked = join(cache, `meson-${version}`);
  if (existsSync(join(unpacked, 'test cases'))) return unpacked;
  mkdirSync(cache, { recursive: true });
  const pip = [
    '-m',
    'pip',
    'download',
    '-q',
    '--no-deps',
    '--no-binary',
    ':all:',
    '-d',
    cache,
    `meson==${version}`,
  ];
  spawnSync('python3', pip, { stdio: 'inherit', timeout: 300_000 });
  const archive = readdirSync(cache).find((name) => name.endsWith('.tar.gz'));
  if (archive !== undefined) spawnSync('tar', ['xzf', archive], { cwd: cache, stdio: 'inherit' });
  return existsSync(join(unpacked, 'test cases')) ? unpacked : undefined;
}
