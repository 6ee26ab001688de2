// `npm start`: installs, builds kaon, builds the emulator of examples/ with it, and boots its guest.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { bundle } from './bundle.mjs';
import { install } from './install.mjs';

const root = resolve(import.meta.dirname, '..');
const project = join(root, 'examples/emulator');
const build = join(project, 'build');

/** Compilers the emulator needs, and the packages that bring them. */
const compilers = [
  {
    what: 'a C compiler',
    names: ['cc', 'gcc', 'clang'],
    apt: 'gcc libc6-dev',
    dnf: 'gcc',
    pacman: 'gcc',
    brew: 'gcc',
  },
  {
    what: 'the Rust compiler',
    names: ['rustc'],
    apt: 'rustc',
    dnf: 'rust',
    pacman: 'rust',
    brew: 'rust',
  },
  // Brings the crates.
  { what: 'cargo', names: ['cargo'], apt: 'cargo', dnf: 'cargo', pacman: 'rust', brew: 'rust' },
];

nameMissingCompilers();
install();
await bundle();
if (!existsSync(join(build, 'meson-private/coredata.dat'))) kaon('setup', build, project);
kaon('compile', '-C', build);
kaon('run', '-C', build, 'boot', ...process.argv.slice(2));

/** @param {string[]} words */
function kaon(...words) {
  const run = spawnSync(join(root, 'bin/kaon'), words, { stdio: 'inherit' });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

function nameMissingCompilers() {
  const missing = compilers.filter(({ names }) => !names.some(inPath));
  if (missing.length === 0) return;
  /** @param {'apt' | 'dnf' | 'pacman' | 'brew'} tool */
  const packages = (tool) => [...new Set(missing.map((each) => each[tool]))].join(' ');
  console.error(
    [
      `The emulator needs ${missing.map(({ what }) => what).join(', ')}, not found in PATH. Install with one of`,
      `  sudo apt install ${packages('apt')}`,
      `  sudo dnf install ${packages('dnf')}`,
      `  sudo pacman -S ${packages('pacman')}`,
      `  brew install ${packages('brew')}`,
    ].join('\n'),
  );
  process.exit(1);
}

/** @param {string} name */
function inPath(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
