import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Subject } from './subjects.ts';

/** Where packages are laid out, and kept from one run to the next. */
export const workshop = join(process.env['KAON_ORACLE_FOLDER'] ?? join(tmpdir(), 'kaon-oracle'));

/** A package's folder with a `Cargo.lock` and all crates fetched; an error is a sentence. */
export function layOut(subject: Subject): { folder: string } | { error: string } {
  const { crate, version } = subject;
  if (subject.folder !== undefined) return { folder: subject.folder };
  mkdirSync(workshop, { recursive: true });
  const folder = join(workshop, `${crate}-${version ?? 'newest'}`);
  const isReady = (): boolean => existsSync(join(folder, '.ready'));
  if (isReady()) return { folder };
  // Others may be laying it out as well: each works apart, and the first one's is used.
  const making = join(workshop, `.making-${crate}-${process.pid}`);
  rmSync(making, { recursive: true, force: true });
  const probe = join(workshop, `.probe-${crate}-${process.pid}`);
  rmSync(probe, { recursive: true, force: true });
  mkdirSync(probe, { recursive: true });
  writeFileSync(
    join(probe, 'Cargo.toml'),
    `[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n[lib]\npath = "lib.rs"\n[dependencies]\nx = { package = "${crate}", version = "${version ?? '*'}" }\n[workspace]\n`,
  );
  writeFileSync(join(probe, 'lib.rs'), '');
  const fetched = cargo(probe, ['fetch']);
  const lock = fetched.ok ? readFileSync(join(probe, 'Cargo.lock'), 'utf8') : '';
  rmSync(probe, { recursive: true, force: true });
  if (!fetched.ok) return { error: fetched.text };
  const found = new RegExp(`name = "${crate}"\\nversion = "(.*)"`).exec(lock)?.[1] ?? '';
  const source = unpacked(crate, found);
  if (source === undefined) return { error: `Cargo has not unpacked ${crate} ${found}` };
  try {
    cpSync(source, making, { recursive: true });
    // A toolchain that its authors chose need not be on this machine.
    for (const name of ['rust-toolchain', 'rust-toolchain.toml'])
      rmSync(join(making, name), { force: true });
    const published = join(making, 'Cargo.lock');
    // What a package locked itself, a registry may not have.
    if (!existsSync(published) || !cargo(making, ['fetch', '--locked']).ok) {
      rmSync(published, { force: true });
      const locked = cargo(making, ['generate-lockfile']);
      const all = locked.ok ? cargo(making, ['fetch', '--locked']) : locked;
      if (!all.ok) return { error: all.text };
    }
    writeFileSync(join(making, '.ready'), '');
    if (!isReady()) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(making, folder);
    }
    return { folder };
  } catch (error) {
    if (isReady()) return { folder };
    throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

export function cargo(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { readonly ok: boolean; readonly text: string } {
  const run = spawnSync('cargo', args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return run.status === 0
    ? { ok: true, text: run.stdout }
    : { ok: false, text: run.stderr || String(run.error) };
}

const home = process.env['CARGO_HOME'] ?? join(homedir(), '.cargo');

/** Where Cargo has laid out a package of a git repository. */
export function checkedOut(name: string, revision: string): string | undefined {
  const checkouts = join(home, 'git/checkouts');
  for (const repository of existsSync(checkouts) ? readdirSync(checkouts) : [])
    for (const short of readdirSync(join(checkouts, repository))) {
      if (!revision.startsWith(short)) continue;
      const folder = join(checkouts, repository, short);
      const manifest = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('Cargo.toml'))
        .find((path) => new RegExp(`^name *= *"${name}"`, 'm').test(text(join(folder, path))));
      if (manifest !== undefined) return dirname(join(folder, manifest));
    }
  return undefined;
}

function text(path: string): string {
  return readFileSync(path, 'utf8');
}

/** Where Cargo has unpacked a crate. */
export function unpacked(name: string, version: string): string | undefined {
  const sources = join(home, 'registry/src');
  return readdirSync(sources)
    .map((registry) => join(sources, registry, `${name}-${version}`))
    .find((path) => existsSync(path));
}
