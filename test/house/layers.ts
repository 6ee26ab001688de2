/** Who may import whom, beside `base` and `diag`, which everyone may. In reading order: no room imports a later one. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  base: [],
  diag: ['base'],
  // The world as a parameter: knows nothing of builds.
  host: [],
  lang: [],
  model: [],
  graph: [],
  events: ['graph'],
  // Another notation of the graph: `build.ninja`.
  ninja: ['graph'],
  toolchains: ['host', 'model'],
  wrap: ['host', 'model'],
  // Writes build files for crates, as the language spells texts.
  cargo: ['host', 'lang', 'model'],
  // Reads what CMake tells of a project; never asks it. Knows files by their suffixes as we do.
  cmake: ['host', 'model', 'toolchains'],
  deps: ['host', 'model', 'toolchains', 'wrap', 'cargo', 'cmake'],
  // Never sees plan or exec: no action is planned while a build file is being read.
  eval: ['host', 'lang', 'model', 'toolchains', 'deps', 'wrap', 'cargo', 'cmake'],
  // Runs nothing: knows of eval only what it declares.
  lint: ['host', 'lang', 'model', 'toolchains', 'eval'],
  lsp: ['host', 'lang', 'model', 'toolchains', 'eval', 'lint'],
  rewrite: ['host', 'lang', 'model', 'toolchains', 'eval', 'lint'],
  // Never sees syntax.
  plan: ['model', 'graph', 'toolchains'],
  store: ['host', 'model', 'graph'],
  // What actions made, by digest: a folder today, a server's interface.
  cache: ['host'],
  // Has never heard of targets.
  exec: ['host', 'graph', 'events', 'store', 'cache'],
  testrun: ['host', 'model', 'graph', 'events'],
  release: ['host', 'model', 'graph', 'events'],
  export: ['model', 'graph'],
  cli: [
    'host',
    'lang',
    'model',
    'graph',
    'events',
    'ninja',
    'toolchains',
    'wrap',
    'cargo',
    'cmake',
    'deps',
    'eval',
    'plan',
    'exec',
    'cache',
    'store',
    'testrun',
    'release',
    'export',
    'lint',
    'lsp',
    'rewrite',
  ],
};

/** Packages from outside, and the only rooms that may import them ("packages stay behind our own door"). */
export const packages: Readonly<Record<string, readonly string[]>> = {
  commander: ['cli'],
  picocolors: ['cli', 'events'],
  'smol-toml': ['cargo'],
  tar: ['wrap', 'release'],
  'xz-decompress': ['wrap'],
  diff: ['cli', 'wrap', 'lsp'],
  'vscode-languageserver/node': ['lsp'],
  'vscode-languageserver-textdocument': ['lsp'],
  tinyglobby: ['host', 'cargo'],
  '@viz-js/viz': ['cli'],
  chokidar: ['host'],
  semver: ['cargo', 'wrap'],
  fflate: ['release'],
};
