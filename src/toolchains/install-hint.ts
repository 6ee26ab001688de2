import { own } from '../base/own.ts';

/** Packages that bring something: on Debian and Ubuntu, on Fedora, and of Homebrew. */
interface Packages {
  readonly apt: string;
  readonly dnf: string;
  readonly brew: string;
}

/** What to try where a compiler is missing. Undefined where no package is known to bring it. */
export function compilerHint(language: string): string | undefined {
  return hintOf(own(compilers, language));
}

/** What to try where a program is missing. */
export function programHint(name: string): string | undefined {
  return hintOf(own(programs, name));
}

/** What to try where a library is missing that a program loads. */
export function libraryHint(name: string): string | undefined {
  return hintOf(own(libraries, name));
}

function hintOf(packages: Packages | undefined): string | undefined {
  if (packages === undefined) return undefined;
  const { apt, dnf, brew } = packages;
  return `Install it with "sudo apt install ${apt}", "sudo dnf install ${dnf}" or "brew install ${brew}".`;
}

function same(name: string): Packages {
  return { apt: name, dnf: name, brew: name };
}

const compilers: Readonly<Record<string, Packages>> = {
  c: { apt: 'gcc libc6-dev', dnf: 'gcc', brew: 'gcc' },
  cpp: { apt: 'g++', dnf: 'gcc-c++', brew: 'gcc' },
  cs: { apt: 'mono-mcs', dnf: 'mono-core', brew: 'mono' },
  cython: { apt: 'cython3', dnf: 'python3-Cython', brew: 'cython' },
  d: { apt: 'ldc', dnf: 'ldc', brew: 'ldc' },
  fortran: { apt: 'gfortran', dnf: 'gcc-gfortran', brew: 'gcc' },
  java: { apt: 'default-jdk', dnf: 'java-latest-openjdk-devel', brew: 'openjdk' },
  nasm: same('nasm'),
  objc: { apt: 'gobjc', dnf: 'gcc-objc', brew: 'llvm' },
  objcpp: { apt: 'gobjc++', dnf: 'gcc-objc++', brew: 'llvm' },
  rust: { apt: 'rustc', dnf: 'rust', brew: 'rust' },
  vala: { apt: 'valac', dnf: 'vala', brew: 'vala' },
};

const programs: Readonly<Record<string, Packages>> = {
  bindgen: { apt: 'bindgen', dnf: 'bindgen-cli', brew: 'bindgen' },
  bison: same('bison'),
  cargo: { apt: 'cargo', dnf: 'cargo', brew: 'rust' },
  cbindgen: same('cbindgen'),
  clippy: { apt: 'rust-clippy', dnf: 'clippy', brew: 'rust' },
  'clippy-driver': { apt: 'rust-clippy', dnf: 'clippy', brew: 'rust' },
  cmake: same('cmake'),
  doxygen: same('doxygen'),
  dub: same('dub'),
  flex: same('flex'),
  'g-ir-scanner': {
    apt: 'gobject-introspection',
    dnf: 'gobject-introspection-devel',
    brew: 'gobject-introspection',
  },
  git: same('git'),
  'glib-compile-resources': { apt: 'libglib2.0-dev-bin', dnf: 'glib2-devel', brew: 'glib' },
  'glib-mkenums': { apt: 'libglib2.0-dev-bin', dnf: 'glib2-devel', brew: 'glib' },
  gperf: same('gperf'),
  iasl: { apt: 'acpica-tools', dnf: 'acpica-tools', brew: 'acpica' },
  m4: same('m4'),
  msgfmt: same('gettext'),
  nasm: same('nasm'),
  node: { apt: 'nodejs', dnf: 'nodejs', brew: 'node' },
  npm: { apt: 'npm', dnf: 'nodejs-npm', brew: 'node' },
  perl: same('perl'),
  'pkg-config': { apt: 'pkg-config', dnf: 'pkgconf-pkg-config', brew: 'pkgconf' },
  protoc: { apt: 'protobuf-compiler', dnf: 'protobuf-compiler', brew: 'protobuf' },
  python3: { apt: 'python3', dnf: 'python3', brew: 'python' },
  rustc: { apt: 'rustc', dnf: 'rust', brew: 'rust' },
  rustdoc: { apt: 'rustc', dnf: 'rust', brew: 'rust' },
  rustfmt: { apt: 'rustfmt', dnf: 'rustfmt', brew: 'rust' },
  'sphinx-build': { apt: 'python3-sphinx', dnf: 'python3-sphinx', brew: 'sphinx-doc' },
  'wayland-scanner': { apt: 'libwayland-bin', dnf: 'wayland-devel', brew: 'wayland' },
  xgettext: same('gettext'),
};

const libraries: Readonly<Record<string, Packages>> = {
  libclang: { apt: 'libclang-dev', dnf: 'clang-devel', brew: 'llvm' },
};
