// Differences that are meant to be, each with its reason. A difference is explained where its place and
// what the sides say both match.

import { normalize } from 'node:path/posix';

/** @typedef {import('./compare-values.mjs').Difference} Difference */

/** What an option of the project is, by name. @typedef {(option: string) => string | undefined} OptionValue */

/** @type {readonly { reason: string, explains: (difference: Difference, value: OptionValue) => boolean }[]} */
export const explained = [
  {
    reason: 'Files are copied and such by kaon itself, where Meson runs a helper of its own.',
    explains: ({ path, meson, kaon }) =>
      /target_sources\}\[\d+\]\{compiler\}$/.test(path) &&
      JSON.stringify(meson) === '["helper"]' &&
      (kaon.length === 0 || kaon[0] === 'helper'),
  },
  {
    reason:
      'A folder that equals one made of an option is named by the option, however it came about.',
    explains: ({ path, meson, kaon }, value) =>
      /^install_plan.*\{destination\}$/.test(path) && inFull(meson, value) === inFull(kaon, value),
  },
  {
    reason: 'Objects for link-time optimization and for coverage hold random numbers.',
    explains: ({ path }, value) =>
      /^staged.*\.a\}$/.test(path) &&
      ['b_lto', 'b_coverage'].some((name) => String(value(name)) === 'true'),
  },
  {
    reason: 'In a flat layout all libraries lie in one folder, and there tests find them.',
    explains: ({ path, kaon }, value) =>
      path.endsWith('{env}{LD_LIBRARY_PATH}') &&
      value('layout') === 'flat' &&
      String(kaon)
        .split(':')
        .some((folder) => folder.endsWith('/meson-out')),
  },
  {
    reason: 'A folder where the compiler looks anyway is not named.',
    explains: ({ meson, kaon }) => {
      const [left, right] = [meson, kaon].map((side) => withoutDefaultFolder(side));
      return left !== undefined && left === right;
    },
  },
  {
    reason: 'Of lists of languages and resources kaon does not tell that it looks at them again.',
    explains: ({ path, meson, kaon }) =>
      path === 'buildsystem_files' &&
      lacksOnly(
        meson.filter((/** @type {string} */ file) => !file.endsWith('/LINGUAS')),
        kaon,
        /\/msgfmt$/,
      ),
  },
  {
    reason: 'kaon calls msgfmt itself, whose version it asks.',
    explains: ({ path, meson, kaon }) =>
      (/target_sources\}\[\d+\]\{compiler\}$/.test(path) &&
        JSON.stringify(meson) === '["helper"]' &&
        /\/msgfmt$/.test(kaon?.[0])) ||
      (path === 'buildsystem_files' && lacksOnly(meson, kaon, /\/msgfmt$/)),
  },
  {
    reason:
      'To IDEs Meson tells folders of Fortran modules after others, to the compiler before them.',
    explains: ({ path, meson, kaon }) =>
      path.endsWith('{parameters}') &&
      meson?.some((/** @type {string} */ word) => /^-I.*\.p$/.test(word)) &&
      JSON.stringify(meson.toSorted()) === JSON.stringify(kaon?.toSorted()) &&
      JSON.stringify(withoutFolders(meson)) === JSON.stringify(withoutFolders(kaon)),
  },
  {
    reason: 'Meson tells LDC and DMD of archives to take in whole after the words that say so.',
    explains: ({ path, meson, kaon }) =>
      path.endsWith('{parameters}') &&
      meson?.includes('-L=--whole-archive') &&
      JSON.stringify(meson.toSorted()) === JSON.stringify(kaon?.toSorted()),
  },
  {
    reason: 'Sources that are made are told where Fortran modules of other targets lie, too.',
    explains: ({ path, meson, kaon }) => {
      const [left = [], right = []] = [meson, kaon].map((side) =>
        [side ?? []].flat().join(' ').split(' '),
      );
      const isModules = (/** @type {string} */ word) => /^-I.*\.p$/.test(word);
      const rest = [left, right].map((words) => words.filter((word) => !isModules(word)).join(' '));
      return (
        (path.endsWith('{parameters}') || path.includes('/meson-generated_')) &&
        left.every((word) => right.includes(word)) &&
        rest[0] === rest[1]
      );
    },
  },
  {
    reason: 'What a target is as a text (`.format(target)`) is its own with each tool.',
    explains: ({ path, meson, kaon }) =>
      /CustomTarget(Holder)?_/.test(`${path}${JSON.stringify(meson)}${JSON.stringify(kaon)}`),
  },
  {
    reason: 'Of an option of a subproject that yields, the value in effect is told.',
    explains: ({ path, kaon }, value) => {
      const [, name] = /^buildoptions\{[^:{}]+:(.*)\}\{value\}$/.exec(path) ?? [];
      return name !== undefined && value(name) === kaon;
    },
  },
  {
    reason:
      'bindgen is asked with a header whether it knows the version of rustc; Meson asks in vain.',
    explains: ({ path, meson, kaon }) =>
      path.endsWith('{compiler}') && withoutRustTarget(meson) === withoutRustTarget(kaon),
  },
  {
    reason: 'Where a target is installed whose name has a folder, Meson does not find.',
    explains: ({ path, meson, kaon }) =>
      /\{install_filename\}/.test(path) && meson === null && typeof kaon === 'string',
  },
  {
    reason: 'Which rustc is run hangs on a file of rustup, too.',
    explains: ({ path, meson, kaon }) =>
      path === 'buildsystem_files' && lacksOnly(meson, kaon, /\/rust-toolchain(\.toml)?$/),
  },
  {
    reason: 'A file is named as the build file names it, which Meson follows where it is a link.',
    explains: ({ path, meson, kaon }) =>
      path === 'buildsystem_files' && namesOf(meson) === namesOf(kaon),
  },
  {
    reason: 'Which modules a Fortran source uses and makes, kaon reads while it plans.',
    explains: ({ path, meson, kaon }) =>
      path === 'buildsystem_files' &&
      lacksOnly(meson, kaon, /\.(f|f90|f95|f03|f08|F|F90|inc|pyf|src)$/),
  },
  {
    reason:
      'What valac says of dependencies lies in the private folder of a target, safe from others.',
    explains: ({ path, meson, kaon }) =>
      path.startsWith('compile_commands') && withoutDepfile(meson) === withoutDepfile(kaon),
  },
  {
    reason: 'A file of the project is named from its root, however it was spelled.',
    explains: ({ path, meson, kaon }) =>
      path.endsWith('{vs_module_defs}') && String(meson).endsWith(`/${kaon}`),
  },
  {
    reason: 'The two files of one template come in another order: the header is made first.',
    explains: ({ path, meson, kaon }) =>
      path === 'targets order' && stemOf(meson) === stemOf(kaon) && meson !== kaon,
  },
  {
    reason: 'A folder is named once and as it is, however the build file spells it.',
    explains: ({ path, meson, kaon }) =>
      /^generated\{(meson-uninstalled\/|.*_gir_filelist\}$)/.test(path) &&
      plainWords(meson) === plainWords(kaon),
  },
  {
    reason: 'What stands for @PACKAGE_INIT@ in a package file for CMake is in words of our own.',
    explains: ({ path, meson, kaon }) =>
      /Config\.cmake\}$/.test(path) && withoutPackageInit(meson) === withoutPackageInit(kaon),
  },
  {
    reason: 'What is preprocessed is told of where it lies, in a folder of its own.',
    explains: ({ path, meson, kaon }) =>
      /^targets\{.*@compile\}\{filename\}/.test(path) &&
      JSON.stringify(meson) === JSON.stringify(kaon)?.replaceAll(/preprocessor_\d+\.p\//g, ''),
  },
  {
    reason: 'Classes of a jar lie in a folder of their own.',
    explains: ({ path, meson, kaon }) =>
      path.startsWith('targets{') &&
      JSON.stringify(meson) === JSON.stringify(kaon)?.replaceAll('.jar.p/classes"', '.jar.p"'),
  },
  {
    reason: 'Command lines that hold the time of day.',
    explains: ({ path, meson, kaon }) =>
      path.startsWith('targets{') && withoutTime(meson) === withoutTime(kaon),
  },
];

/**
 * A destination with the values of the options that it names, from the prefix on.
 * @param {string} destination
 * @param {OptionValue} value
 */
function inFull(destination, value) {
  const text = String(destination).replace(/^\{([\w.-]+)\}/, (whole, name) => {
    const option = name === 'libdir_shared' || name === 'libdir_static' ? 'libdir' : name;
    return value(option) ?? whole;
  });
  const prefix = value('prefix') ?? '';
  return text.startsWith('/') ? text : `${prefix}/${text}`;
}

/** @param {string} id */
function stemOf(id) {
  return String(id).replace(/[._](c|cc|h|hpp)@cus$/, '');
}

/**
 * @param {string[]} meson
 * @param {string[]} kaon
 * @param {RegExp} own
 */
function lacksOnly(meson, kaon, own) {
  return JSON.stringify(meson) === JSON.stringify(kaon.filter((file) => !own.test(file)));
}

/** @param {string[]} paths */
function namesOf(paths) {
  return paths
    .map((path) => path.replace(/.*\//, ''))
    .toSorted()
    .join(' ');
}

/** @param {unknown} command */
function withoutRustTarget(command) {
  return JSON.stringify(command)?.replace(/"--rust-target","[^"]*",/, '');
}

/** @param {string[]} parameters */
function withoutFolders(parameters) {
  return parameters.filter((word) => !word.startsWith('-I'));
}

/** Each word of a text once, its paths as short as they can be. @param {unknown} text */
function plainWords(text) {
  const words = String(text).split(/\s+/);
  const plain = words.map((word) =>
    word.replace(
      /^(-I|(?=\.\.\/))(.*)/,
      (_whole, flag, path) => `${flag}${normalize(path).replace(/\/$/, '')}`,
    ),
  );
  return [...new Set(plain)].join(' ');
}

/** @param {unknown} command */
function withoutDepfile(command) {
  return String(command).replace(/--depfile \S+/, '');
}

/** @param {unknown} text */
function withoutPackageInit(text) {
  return String(text).replace(/^####### Expanded from .*?^#{20,}$/ms, '');
}

/** @param {unknown} value */
function withoutTime(value) {
  return JSON.stringify(value)?.replaceAll(/\d\d:\d\d:\d\d/g, '');
}

/** A command line or arguments without `-I/usr/include`. @param {unknown} side */
function withoutDefaultFolder(side) {
  const folder = /^-(I|isystem)\/usr\/include$/;
  if (typeof side === 'string')
    return side
      .split(' ')
      .filter((word) => !folder.test(word))
      .join(' ');
  return Array.isArray(side) && side.every((word) => typeof word === 'string')
    ? side.filter((word) => !folder.test(word)).join('\n')
    : undefined;
}
