// Packages and modules of Node that few runs of kaon use are loaded when they are first used, not when kaon starts.

/** The packages, and of each the functions and classes that kaon uses. */
const lazy = {
  'node:child_process': ['spawn', 'spawnSync'],
  'node:crypto': ['createHash', 'getHashes', 'randomBytes'],
  'node:net': ['connect', 'createServer'],
  semver: ['rcompare', 'satisfies'],
  'smol-toml': ['parse', 'TomlError'],
  tar: ['Header', 'Parser', 'Pax'],
  'xz-decompress': ['XzReadableStream'],
};

/**
 * In the place of such a package stand functions that load it when they are called, constructed or
 * asked for anything.
 * @type {import('esbuild').Plugin}
 */
export const lazyPackages = {
  name: 'lazy-packages',
  setup(build) {
    const filter = new RegExp(`^(?:${Object.keys(lazy).join('|')})$`);
    build.onResolve({ filter }, ({ path, pluginData }) =>
      pluginData === 'really' ? undefined : { path, namespace: 'lazy' },
    );
    build.onResolve({ filter: /^really:node:/ }, ({ path }) => ({
      path: path.slice('really:'.length),
      external: true,
    }));
    build.onResolve({ filter: /^really:/ }, ({ path }) =>
      build.resolve(path.slice('really:'.length), {
        kind: 'require-call',
        resolveDir: build.initialOptions.absWorkingDir ?? '.',
        pluginData: 'really',
      }),
    );
    build.onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({
      contents: standIn(path, lazy[/** @type {keyof typeof lazy} */ (path)]),
    }));
  },
};

/**
 * @param {string} name
 * @param {readonly string[]} exported
 */
function standIn(name, exported) {
  return `
    const load = () => require('really:${name}');
    const later = (name) => new Proxy(function () {}, {
      apply: (_, self, given) => Reflect.apply(load()[name], self, given),
      construct: (_, given) => Reflect.construct(load()[name], given),
      get: (_, key) => load()[name][key],
    });
    ${exported.map((each) => `export const ${each} = later('${each}');`).join('\n')}
  `;
}
