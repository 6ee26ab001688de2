/** A published package that is compared, and how it is built. */
export interface Subject {
  readonly crate: string;
  /** Where it lies already: a workspace that no registry has. */
  readonly folder?: string;
  /** The newest when absent. */
  readonly version?: string;
  /** Sets of features, each one comparison: as `cargo build` takes them. */
  readonly features?: readonly (readonly string[])[];
}

/** Varied on purpose: macros, native libraries, old editions, both resolvers, many platforms. */
export const subjects: readonly Subject[] = [
  {
    crate: 'kvm-bindings',
    version: '0.14',
    features: [[], ['--features', 'serde'], ['--features', 'fam-wrappers'], ['--all-features']],
  },
  { crate: 'qemu-command-builder', version: '=11.1.0-1' },
  { crate: 'vm-memory', features: [[], ['--all-features']] },
  { crate: 'vhost' },
  { crate: 'vhost-user-backend' },
  { crate: 'virtio-queue' },
  { crate: 'linux-loader' },
  { crate: 'serde', features: [[], ['--all-features'], ['--no-default-features']] },
  { crate: 'serde_json' },
  { crate: 'serde_derive' },
  { crate: 'syn', features: [[], ['--features', 'full,visit']] },
  { crate: 'clap', features: [[], ['--features', 'derive']] },
  { crate: 'anyhow' },
  { crate: 'thiserror' },
  { crate: 'libc' },
  { crate: 'bindgen' },
  { crate: 'rand' },
  { crate: 'regex' },
  { crate: 'memchr' },
  { crate: 'rayon' },
  { crate: 'crossbeam' },
  { crate: 'tokio', features: [[], ['--features', 'full']] },
  { crate: 'mio' },
  { crate: 'chrono' },
  { crate: 'log' },
  { crate: 'env_logger' },
  { crate: 'hashbrown' },
  { crate: 'indexmap' },
  { crate: 'itertools' },
  { crate: 'smallvec' },
  { crate: 'zerocopy', features: [[], ['--features', 'derive']] },
  { crate: 'libz-sys' },
  { crate: 'openssl' },
  { crate: 'ring' },
  { crate: 'rustix' },
  { crate: 'nix' },
  { crate: 'ripgrep' },
  { crate: 'fd-find' },
  { crate: 'hexyl' },
  { crate: 'tempfile' },
  { crate: 'proptest' },
  { crate: 'criterion' },
  { crate: 'mockall' },
  { crate: 'tracing' },
  { crate: 'bat' },
  { crate: 'hyper', features: [[], ['--features', 'full']] },
  { crate: 'reqwest', features: [[], ['--no-default-features', '--features', 'rustls']] },
  { crate: 'rusqlite', features: [[], ['--features', 'bundled']] },
  { crate: 'openssl-sys', features: [[], ['--features', 'vendored']] },
  { crate: 'prost-build' },
  { crate: 'h2' },
  { crate: 'pyo3', features: [[], ['--no-default-features', '--features', 'auto-initialize']] },
  { crate: 'wasm-bindgen' },
  { crate: 'cxx' },
  { crate: 'axum' },
  { crate: 'just' },
  { crate: 'zoxide' },
  { crate: 'eza' },
  { crate: 'tokei' },
  { crate: 'num-traits', features: [[], ['--no-default-features', '--features', 'libm']] },
  { crate: 'parking_lot' },
  { crate: 'futures' },
  { crate: 'zstd-sys' },
  { crate: 'image' },
  { crate: 'crossterm' },
  { crate: 'url', features: [[], ['--all-features']] },
  { crate: 'itoa' },
  { crate: 'ryu' },
  { crate: 'semver' },
  { crate: 'bitflags' },
  { crate: 'either' },
  { crate: 'once_cell' },
  { crate: 'bytes' },
  { crate: 'quote' },
  { crate: 'cargo_metadata' },
];

/**
 * Workspaces that lie on this machine with their locks, as `KAON_ORACLE_WORKSPACES` names their
 * folders, with colons between. Their crates have been fetched.
 */
export const workspaces: readonly Subject[] = (process.env['KAON_ORACLE_WORKSPACES'] ?? '')
  .split(':')
  .filter((folder) => folder !== '')
  .map((folder) => ({ crate: folder.split('/').at(-1) ?? folder, folder }));
