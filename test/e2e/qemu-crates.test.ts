import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { splitWords } from '../../src/base/shell-words.ts';
import { type Project, project, told } from './support/project.ts';

const wraps = join(import.meta.dirname, '../../wraps');

/** What QEMU's devices and macros ask for, in a workspace of two. */
const asking = {
  'Cargo.toml': '[workspace]\nmembers = ["device", "macros"]\nresolver = "2"\n',
  'device/Cargo.toml': [
    '[package]\nname = "device"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]',
    'bilge = "0.2.0"\nbilge-impl = "0.2.0"\nlibc = "0.2.162"\n',
  ].join('\n'),
  'device/src/main.rs': 'fn main() {}\n',
  'macros/Cargo.toml': [
    '[package]\nname = "macros"\nversion = "0.1.0"\nedition = "2021"\n[lib]\nproc-macro = true',
    '[dependencies]\nproc-macro2 = "1"\nquote = "1"\nsyn = { version = "2", features = ["extra-traits"] }\n',
  ].join('\n'),
  'macros/src/lib.rs': '',
};

function wrapFields(file: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(wraps, file), 'utf8');
  return Object.fromEntries(
    [...text.matchAll(/^(\w+) = (.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

/** Those of QEMU 10.0; what came later needs crates for its build script that have no rules. */
const names = readdirSync(wraps).filter(
  (file) => file.endsWith('.wrap') && !/^(anyhow|attrs|foreign|glib-sys)-/.test(file),
);

/** Which crate needs which is in the manifests: here each may have all. They come from where all crates do. */
function lockFile(): string {
  const fields = names.map(wrapFields);
  const all = fields.map(({ crate }) => `"${crate}"`).join(', ');
  const crates = fields.map(
    ({ crate, version, source_hash }) =>
      `[[package]]\nname = "${crate}"\nversion = "${version}"\nsource = "registry+https://example.org/crates.io-index"\nchecksum = "${source_hash}"\ndependencies = [${all}]\n`,
  );
  const own = [
    ['device', '"bilge", "bilge-impl", "libc"'],
    ['macros', '"proc-macro2", "quote", "syn"'],
  ].map(
    ([name, needs]) =>
      `[[package]]\nname = "${name}"\nversion = "0.1.0"\ndependencies = [${needs}]\n`,
  );
  return ['version = 3\n', ...crates, ...own].join('\n');
}

/** Every crate's cfgs, those of build scripts too; features first. */
function cfgs(made: Project): Readonly<Record<string, readonly string[]>> {
  const setup = made.kaon(['setup', 'build']);
  expect(setup.status, told(setup)).toBe(0);
  const commands = JSON.parse(made.read('build/compile_commands.json')) as readonly {
    readonly command: string;
    readonly file: string;
  }[];
  const crates = commands.map(({ command }) => splitWords(command) ?? []);
  const files = crates.flatMap((words) => words.filter((word) => /^@.*\/lib\.args$/.test(word)));
  const paths = files.map((word) => word.slice(1 + join(made.folder, 'build/').length));
  if (paths.length > 0) {
    const run = made.kaon(['ninja', '-C', 'build', ...paths]);
    expect(run.status, told(run)).toBe(0);
  }
  return Object.fromEntries(
    crates.map((words) => {
      const said = words.flatMap((word) =>
        files.includes(word) ? readFileSync(word.slice(1), 'utf8').split('\n') : [word],
      );
      const name = words[words.indexOf('--crate-name') + 1] ?? '';
      return [name, said.flatMap((word, at) => (said[at - 1] === '--cfg' ? [word] : [])).sort()];
    }),
  );
}

/**
 * Where QEMU's rules say something else than Cargo does: `default` stands for other features or for
 * nothing, and a feature is on that nobody asks for.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  either: ['feature="default"'],
  proc_macro_error: ['feature="syn-error"'],
};

test("QEMU's crates have the same features and cfgs by manifests and build scripts as by rules", () => {
  const byRules = cfgs(
    project({
      'meson.build': [
        "project('q', 'rust', meson_version: '>=1.5.0', default_options: 'rust_std=2021')",
        "executable('m', 'm.rs', dependencies: [dependency('bilge-0.2-rs'), dependency('libc-0.2-rs')])",
        '',
      ].join('\n'),
      'm.rs': 'fn main() {}\n',
    }),
  );
  const byCargo = cfgs(
    project({
      ...asking,
      'Cargo.lock': lockFile(),
      ...Object.fromEntries(
        names.map((file) => {
          const { directory, crate, version, source_filename, source_hash } = wrapFields(file);
          const fields = {
            directory,
            crate,
            version,
            source_filename,
            source_hash,
            method: 'cargo',
          };
          const lines = Object.entries(fields).map(([key, value]) => `${key} = ${value}`);
          return [`subprojects/${file}`, ['[wrap-file]', ...lines, ''].join('\n')];
        }),
      ),
      'meson.build': [
        "project('q', 'rust', meson_version: '>=1.12.0')",
        "rust = import('rust')",
        'ws = rust.workspace()',
        "subdir('macros')",
        "subdir('device')",
        '',
      ].join('\n'),
      'macros/meson.build': "ws.package('macros').proc_macro()\n",
      'device/meson.build': "ws.package('device').executable()\n",
    }),
  );
  const compared = Object.keys(byRules).filter((name) => name !== 'm' && name !== 'version_check');
  expect(compared.sort()).toEqual(
    Object.keys(byCargo)
      .filter((name) => name !== 'device' && name !== 'macros')
      .sort(),
  );
  const without = (all: readonly string[] | undefined, name: string): readonly string[] =>
    (all ?? []).filter((cfg) => cfg !== 'feature="default"' && !(known[name] ?? []).includes(cfg));
  for (const name of compared)
    expect(without(byCargo[name], name), name).toEqual(without(byRules[name], name));
});
