import { own } from '../base/own.ts';

/** Packages that bring something: on Debian and Ubuntu, on Fedora, on Arch Linux, and of Homebrew. */
export interface Packages {
  readonly apt: string;
  readonly dnf: string;
  readonly pacman: string;
  readonly brew?: string | undefined;
}

/** What to try where a compiler is missing. Undefined where no package is known to bring it. */
export function compilerHint(language: string): string | undefined {
  return hintOf(own(compilers, language));
}

/** What to try where a program is missing. */
export function programHint(name: string): string | undefined {
  return hintOf(own(programs, name));
}

function hintOf(packages: Packages | undefined): string | undefined {
  return packages && installHint(packages);
}

/** How packages are installed, on each system. */
export function installHint({ apt, dnf, pacman, brew }: Packages): string {
  const ways = [
    ...[`sudo apt install ${apt}`, `sudo dnf install ${dnf}`, `sudo pacman -S ${pacman}`],
    ...(brew === undefined ? [] : [`brew install ${brew}`]),
  ];
  const shown = ways.map((way) => `"${way}"`);
  return `Install it with ${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}.`;
}

function same(name: string): Packages {
  return { apt: name, dnf: name, pacman: name, brew: name };
}

const compilers: Readonly<Record<string, Packages>> = {
  c: { apt: 'gcc libc6-dev', dnf: 'gcc', pacman: 'gcc', brew: 'gcc' },
  cpp: { apt: 'g++', dnf: 'gcc-c++', pacman: 'gcc', brew: 'gcc' },
  cs: { apt: 'mono-mcs', dnf: 'mono-core', pacman: 'mono', brew: 'mono' },
  cython: { apt: 'cython3', dnf: 'python3-Cython', pacman: 'cython', brew: 'cython' },
  d: { apt: 'ldc', dnf: 'ldc', pacman: 'ldc', brew: 'ldc' },
  fortran: { apt: 'gfortran', dnf: 'gcc-gfortran', pacman: 'gcc-fortran', brew: 'gcc' },
  java: {
    apt: 'default-jdk',
    dnf: 'java-latest-openjdk-devel',
    pacman: 'jdk-openjdk',
    brew: 'openjdk',
  },
  nasm: same('nasm'),
  objc: { apt: 'gobjc', dnf: 'gcc-objc', pacman: 'gcc-objc', brew: 'llvm' },
  objcpp: { apt: 'gobjc++', dnf: 'gcc-objc++', pacman: 'gcc-objc', brew: 'llvm' },
  rust: { apt: 'rustc', dnf: 'rust', pacman: 'rust', brew: 'rust' },
  vala: { apt: 'valac', dnf: 'vala', pacman: 'vala', brew: 'vala' },
};

/** Programs, and what programs load. */
const programs: Readonly<Record<string, Packages>> = {
  bindgen: { apt: 'bindgen', dnf: 'bindgen-cli', pacman: 'rust-bindgen', brew: 'bindgen' },
  bison: same('bison'),
  cargo: { apt: 'cargo', dnf: 'cargo', pacman: 'rust', brew: 'rust' },
  cbindgen: same('cbindgen'),
  clippy: { apt: 'rust-clippy', dnf: 'clippy', pacman: 'rust', brew: 'rust' },
  'clippy-driver': { apt: 'rust-clippy', dnf: 'clippy', pacman: 'rust', brew: 'rust' },
  cmake: same('cmake'),
  doxygen: same('doxygen'),
  dub: same('dub'),
  flex: same('flex'),
  'g-ir-scanner': {
    apt: 'gobject-introspection',
    dnf: 'gobject-introspection-devel',
    pacman: 'gobject-introspection',
    brew: 'gobject-introspection',
  },
  git: same('git'),
  'glib-compile-resources': {
    apt: 'libglib2.0-dev-bin',
    dnf: 'glib2-devel',
    pacman: 'glib2-devel',
    brew: 'glib',
  },
  'glib-mkenums': {
    apt: 'libglib2.0-dev-bin',
    dnf: 'glib2-devel',
    pacman: 'glib2-devel',
    brew: 'glib',
  },
  gperf: same('gperf'),
  iasl: { apt: 'acpica-tools', dnf: 'acpica-tools', pacman: 'acpica', brew: 'acpica' },
  libclang: { apt: 'libclang-dev', dnf: 'clang-devel', pacman: 'clang', brew: 'llvm' },
  m4: same('m4'),
  msgfmt: same('gettext'),
  nasm: same('nasm'),
  node: { apt: 'nodejs', dnf: 'nodejs', pacman: 'nodejs', brew: 'node' },
  npm: { apt: 'npm', dnf: 'nodejs-npm', pacman: 'npm', brew: 'node' },
  perl: same('perl'),
  'pkg-config': {
    apt: 'pkg-config',
    dnf: 'pkgconf-pkg-config',
    pacman: 'pkgconf',
    brew: 'pkgconf',
  },
  protoc: {
    apt: 'protobuf-compiler',
    dnf: 'protobuf-compiler',
    pacman: 'protobuf',
    brew: 'protobuf',
  },
  python3: { apt: 'python3', dnf: 'python3', pacman: 'python', brew: 'python' },
  rustc: { apt: 'rustc', dnf: 'rust', pacman: 'rust', brew: 'rust' },
  rustdoc: { apt: 'rustc', dnf: 'rust', pacman: 'rust', brew: 'rust' },
  rustfmt: { apt: 'rustfmt', dnf: 'rustfmt', pacman: 'rust', brew: 'rust' },
  'sphinx-build': {
    apt: 'python3-sphinx',
    dnf: 'python3-sphinx',
    pacman: 'python-sphinx',
    brew: 'sphinx-doc',
  },
  'wayland-scanner': {
    apt: 'libwayland-bin',
    dnf: 'wayland-devel',
    pacman: 'wayland',
    brew: 'wayland',
  },
  xgettext: same('gettext'),
};
