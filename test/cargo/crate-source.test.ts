import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { crateSource } from '../../src/cargo/crate-source.ts';
import { MemoryHost } from '../support/memory-host.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const syn = { name: 'syn', version: '2.0.66', sha256: hash('syn') };
const cache = '/home/user/.cargo/registry/cache';

test("a crate that Cargo's cache has is taken from there, the one with the right hash", async () => {
  const host = new MemoryHost({
    [`${cache}/one/syn-2.0.66.crate`]: 'other',
    [`${cache}/two/syn-2.0.66.crate`]: 'syn',
  });
  const source = crateSource(host, { folder: '/project' });
  expect(await source(syn, 'cache')).toEqual({ ok: true, value: `${cache}/two/syn-2.0.66.crate` });
  expect(await source({ ...syn, sha256: hash('none') }, 'cache')).toMatchObject({
    error: expect.stringContaining('another content than was promised'),
  });
});

test('Cargo downloads what is missing, from an exact manifest, all crates in one run', async () => {
  const host = new MemoryHost({}, { environment: { PATH: '/usr/bin', CARGO_HOME: '/cargo' } });
  const manifests: string[] = [];
  host.program('cargo', (run) => {
    const path = run.argv.at(-1) ?? '';
    if (run.argv[1] === 'fetch') {
      manifests.push(host.read(path));
      host.write('/cargo/registry/cache/i/syn-2.0.66.crate', 'syn');
      host.write('/cargo/registry/cache/i/quote-1.0.36.crate', 'quote');
    }
    return { stdout: '{"packages":[]}' };
  });
  const quote = { name: 'quote', version: '1.0.36', sha256: hash('quote') };
  const source = crateSource(host, { folder: '/project', also: [quote] });
  expect(await source(syn, 'online')).toEqual({
    ok: true,
    value: '/cargo/registry/cache/i/syn-2.0.66.crate',
  });
  expect(await source(quote, 'online')).toMatchObject({ ok: true });
  expect(manifests).toHaveLength(1);
  expect(manifests[0]).toContain('package = "syn", version = "=2.0.66", default-features = false');
  expect(Object.keys(host.files.snapshot('/tmp'))).toEqual([]);
});

test('a vendored folder serves, once each of its files is as promised', async () => {
  const host = new MemoryHost({
    '/vendor/syn/Cargo.toml': '[package]\nname = "syn"\nversion = "2.0.66"\n',
    '/vendor/syn/src/lib.rs': 'code',
  });
  const sums = (lib: string) =>
    JSON.stringify({ package: syn.sha256, files: { 'src/lib.rs': hash(lib) } });
  host.program('cargo', () => ({
    stdout: JSON.stringify({ packages: [{ manifest_path: '/vendor/syn/Cargo.toml' }] }),
  }));
  const source = crateSource(host, { folder: '/project' });
  host.write('/vendor/syn/.cargo-checksum.json', sums('code'));
  expect(await source(syn, 'offline')).toEqual({ ok: true, value: '/vendor/syn' });
  host.write('/vendor/syn/.cargo-checksum.json', sums('evil'));
  expect(await source(syn, 'offline')).toMatchObject({ ok: false });
});

test('without Cargo, and where Cargo fails, one sentence says so and no secret', async () => {
  const host = new MemoryHost();
  const source = crateSource(host, { folder: '/project' });
  expect(await source(syn, 'online')).toEqual({
    ok: false,
    error:
      'cargo is not installed, which gets syn 2.0.66; packages named "cargo" bring it, with Homebrew "rust"',
  });
  host.program('cargo', () => ({
    code: 101,
    stderr: 'error: failed to fetch https://me:secret@h.invalid/index\n',
  }));
  expect(await source(syn, 'online')).toEqual({
    ok: false,
    error: 'cargo could not get syn 2.0.66: failed to fetch https://h.invalid/index',
  });
  const odd = { ...syn, name: 'x"\n[evil]' };
  expect(await source(odd, 'online')).toMatchObject({
    error: expect.stringContaining('is not the name of a crate'),
  });
});

test("a registry that only the project's lock file names tells itself why it gives nothing", async () => {
  const reasons = { lock: 'error: failed to get `syn`\n\nCaused by:\n  no token found\n' };
  const host = new MemoryHost({ 'Cargo.lock': 'version = 4\n' });
  host.program('cargo', ({ argv }) => ({
    code: 101,
    stderr: argv.includes('--locked') ? reasons.lock : 'error: no matching package `syn`\n',
  }));
  const source = crateSource(host, { folder: '/project' });
  expect(await source(syn, 'online')).toEqual({
    ok: false,
    error: 'cargo could not get syn 2.0.66: failed to get `syn`; no token found',
  });
  reasons.lock = 'error: no matching package `syn`\nlocation searched: `mine` index\n';
  expect(await source(syn, 'offline')).toMatchObject({
    error: expect.stringContaining('location searched: `mine` index'),
  });
  reasons.lock = 'error: cannot update the lock file because --locked was passed\n';
  expect(await source(syn, 'online')).toMatchObject({
    error: 'cargo could not get syn 2.0.66: no matching package `syn`',
  });
});

const mine = { name: 'mine', version: '1.0.0', sha256: hash('mine') };

/** A lock file that has the crate from a registry. */
function lockOf(source: string): string {
  return `version = 4
[[package]]
name = "mine"
version = "1.0.0"
source = "${source}"
checksum = "${mine.sha256}"
`;
}

test('the name of a crate of another registry is told to nobody else', async () => {
  const lock = lockOf('sparse+https://crates.house.invalid/');
  const host = new MemoryHost(
    { '/project/Cargo.lock': lock },
    { environment: { PATH: '/usr/bin', CARGO_HOME: '/cargo' } },
  );
  const manifests: string[] = [];
  host.program('cargo', ({ argv }) => {
    if (argv.includes('--locked')) host.write('/cargo/registry/cache/i/mine-1.0.0.crate', 'mine');
    else manifests.push(host.read(argv.at(-1) ?? ''));
    return { code: argv.includes('--locked') ? 0 : 101 };
  });
  const source = crateSource(host, { folder: '/project', also: [mine] });
  expect(await source(syn, 'online')).toMatchObject({ ok: false });
  expect(manifests.join('')).not.toContain('mine');
  expect(await source(mine, 'online')).toEqual({
    ok: true,
    value: '/cargo/registry/cache/i/mine-1.0.0.crate',
  });
  expect(manifests.join('')).not.toContain('mine');
});

test('a lock file that does not fit, and a registry without the crate, are told', async () => {
  const lock = lockOf('registry+https://crates.house.invalid/index');
  const host = new MemoryHost({ '/project/Cargo.lock': lock });
  let stderr = 'error: cannot update the lock file because --locked was passed\n';
  host.program('cargo', () => ({ code: stderr === '' ? 0 : 101, stderr }));
  const source = crateSource(host, { folder: '/project' });
  expect(await source(mine, 'online')).toMatchObject({
    error:
      'cargo could not get mine 1.0.0: Cargo.lock does not fit the manifests, or there is no cargo',
  });
  stderr = '';
  expect(await source(mine, 'online')).toMatchObject({
    error: 'cargo could not get mine 1.0.0: crate mine 1.0.0 is not on this machine',
  });
});

test('of versions that only their build metadata tells apart, the lock file says which', async () => {
  const wanted = { name: 'baz', version: '1.0.0+b', sha256: hash('b') };
  const host = new MemoryHost(
    { 'Cargo.lock': 'version = 4\n' },
    { environment: { PATH: '/usr/bin', CARGO_HOME: '/cargo' } },
  );
  const kept = (letter: string) => `/cargo/registry/cache/i/baz-1.0.0+${letter}.crate`;
  host.program('cargo', ({ argv }) => {
    const letter = argv.includes('--locked') ? 'b' : 'c';
    host.write(kept(letter), letter);
    return { stdout: '{"packages":[]}' };
  });
  const source = crateSource(host, { folder: '/project' });
  expect(await source(wanted, 'online')).toEqual({ ok: true, value: kept('b') });
});

test('configuration that a command brings tells where crates are, and Cargo is told it', async () => {
  const sums = JSON.stringify({ package: syn.sha256, files: {} });
  const host = new MemoryHost({
    'member/vendor/syn/Cargo.toml': '[package]\nname = "syn"\nversion = "2.0.66"\n',
    'member/vendor/syn/.cargo-checksum.json': sums,
    'Cargo.lock': 'version = 4\n',
  });
  const texts = ['source.crates-io.replace-with = "v"', 'source.v.directory = "vendor"'];
  const base = '/project/member';
  const said = texts.map((text) => ({ kind: 'value', text, base }) as const);
  const runs: string[] = [];
  host.program('cargo', ({ argv, workingDirectory }) => {
    runs.push(`${workingDirectory}: ${argv.slice(1).join(' ')}`);
    return { code: 101, stderr: 'error: no' };
  });
  const source = crateSource(host, { folder: '/project', config: { folder: '/project', said } });
  expect(await source(syn, 'cache')).toEqual({ ok: true, value: `${base}/vendor/syn` });
  expect(await source(mine, 'offline')).toMatchObject({ ok: false });
  const words = texts.map((text) => `--config ${text}`).join(' ');
  expect(runs).toEqual([
    expect.stringMatching(`^${base}: fetch --offline ${words} --manifest-path /tmp/`),
    `${base}: fetch --locked --offline ${words} --manifest-path /project/Cargo.toml`,
  ]);
});
