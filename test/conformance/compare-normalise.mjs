// Takes out of introspection what is Meson's own, or of no fixed order.

import { normalize } from 'node:path/posix';

/** JSON of unknown shape. @typedef {any} Json */

/**
 * @param {string} kind
 * @param {Json} value
 * @returns {Json}
 */
export function normalised(kind, value) {
  // Meson names a file twice that is read in two ways.
  if (kind === 'buildsystem_files') return [...new Set(value)].toSorted();
  if (kind === 'buildoptions') return sortedBaseOptions(value);
  if (kind === 'tests' || kind === 'benchmarks') {
    for (const test of value) {
      test.depends.sort();
      test.extra_paths.sort();
      // Meson joins paths as they come.
      test.cmd = test.cmd.map(plainPath);
      // Meson goes through a set.
      const folders = test.env.LD_LIBRARY_PATH;
      if (folders !== undefined) test.env.LD_LIBRARY_PATH = folders.split(':').toSorted().join(':');
    }
  }
  if (kind === 'targets') {
    for (const target of value) {
      target.dependencies = target.dependencies.map(unnamed);
      for (const source of target.target_sources) {
        source.sources = source.sources?.map(normalize);
        // Command lines of Meson's own helpers differ by nature.
        if (source.language === 'unknown') source.compiler = ownHelper(source.compiler);
      }
    }
  }
  if (kind === 'dependencies') return value.map(anonymous);
  if (kind === 'install_plan') {
    // Meson goes through a set.
    for (const folder of Object.values(value.install_subdirs ?? {})) {
      folder.exclude_files?.sort();
      folder.exclude_dirs?.sort();
    }
  }
  // Meson joins paths as they come.
  if (kind === 'installed')
    return Object.fromEntries(Object.entries(value).map(([from, to]) => [from, normalize(to)]));
  return value;
}

/** @param {string} word */
function plainPath(word) {
  return word.startsWith('/') && word.includes('/../') ? normalize(word) : word;
}

/** Base options are of no fixed order: Meson goes through a set. @param {Json[]} options */
function sortedBaseOptions(options) {
  const own = options.filter(({ section }) => section !== 'base');
  const base = options.filter(({ section }) => section === 'base');
  return [...own, ...base.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

/** Declared dependencies have no name; Meson makes one of an address in memory. @param {string} name */
function unnamed(name) {
  return name.replace(/^dep\d+$/, 'dep0');
}

/** @param {Json} dependency */
function anonymous(dependency) {
  return {
    ...dependency,
    name: unnamed(dependency.name),
    dependencies: dependency.dependencies.map(unnamed),
  };
}

/** @param {string[]} command */
function ownHelper(command) {
  // A flag of glib-compile-resources has that name too.
  const own = ['--internal', 'internal'];
  if (own.some((word) => command.slice(1, 3).includes(word))) return ['helper'];
  // A folder is the same with or without `/.` at its end, and when it is named twice.
  return command
    .map((word) =>
      /^-[IL]|^--add-include-path=/.test(word)
        ? normalize(word).replace(/\/\.?$/, '')
        : word.replace(/^\/\//, '/'),
    )
    .filter((word, at, words) => !/^-[IL]/.test(word) || words.indexOf(word) === at);
}
