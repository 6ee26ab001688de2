import type { CommandEntry } from './command.ts';

/** All commands, in the order in which `kaon help` lists them. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'setup',
    summary: 'Configure the project in a build directory',
    load: () => import('./commands/setup.ts'),
  },
  {
    name: 'build',
    summary: 'Set up if needed, and build: as `kaon` alone',
    load: () => import('./commands/build.ts'),
  },
  {
    name: 'compile',
    summary: 'Build the project, or some targets',
    load: () => import('./commands/compile.ts'),
  },
  {
    name: 'test',
    summary: 'Build what the tests need, and run them',
    load: () => import('./commands/test.ts'),
  },
  {
    name: 'watch',
    summary: 'Build, and again whenever something changes',
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'coverage',
    summary: 'Run the tests, and tell which lines they reach',
    load: () => import('./commands/coverage.ts'),
  },
  {
    name: 'run',
    summary: 'Build a program or run target, and run it',
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'install',
    summary: 'Install the project',
    load: () => import('./commands/install.ts'),
  },
  {
    name: 'uninstall',
    summary: 'Remove what was installed',
    load: () => import('./commands/uninstall.ts'),
  },
  {
    name: 'dist',
    summary: 'Make a release archive, and prove it',
    load: () => import('./commands/dist.ts'),
  },
  {
    name: 'archive-source',
    summary: 'Archive a commit with its subprojects',
    load: () => import('./commands/archive-source.ts'),
  },
  {
    name: 'release',
    summary: 'Check, archive and tag a release',
    load: () => import('./commands/release.ts'),
  },
  {
    name: 'graph',
    summary: 'Draw what targets are made of',
    load: () => import('./commands/graph.ts'),
  },
  {
    name: 'cache',
    summary: 'Show, limit or empty the cache of compilations',
    load: () => import('./commands/cache.ts'),
  },
  {
    name: 'clean',
    summary: 'Remove what was built',
    load: () => import('./commands/clean.ts'),
  },
  {
    name: 'configure',
    summary: 'Show options, or change them',
    load: () => import('./commands/configure.ts'),
  },
  {
    name: 'options',
    summary: 'Edit the options of a build on the screen',
    load: () => import('./commands/options.ts'),
  },
  {
    name: 'introspect',
    summary: 'Tell other tools about the project',
    load: () => import('./commands/introspect.ts'),
  },
  {
    name: 'subprojects',
    summary: 'Fetch, update or remove subprojects',
    load: () => import('./commands/subprojects.ts'),
  },
  {
    name: 'wrap',
    summary: 'Find wrap files in a database, and add or update them',
    load: () => import('./commands/wrap.ts'),
  },
  {
    name: 'add',
    summary: 'Add crates, with their wraps',
    load: () => import('./commands/add.ts'),
  },
  {
    name: 'remove',
    summary: 'Remove crates, with the wraps of what nothing needs',
    load: () => import('./commands/remove.ts'),
  },
  {
    name: 'update',
    summary: 'Bring crates and their wraps to newer versions',
    load: () => import('./commands/update.ts'),
  },
  {
    name: 'tree',
    summary: 'Show what crates and subprojects need one another',
    load: () => import('./commands/tree.ts'),
  },
  {
    name: 'check-subprojects',
    summary: 'Compare locks, wraps and rules',
    load: () => import('./commands/check-subprojects.ts'),
  },
  {
    name: 'completion',
    summary: "Print a shell's completion of kaon's words",
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'env2mfile',
    summary: 'Write the environment as a machine file',
    load: () => import('./commands/env2mfile.ts'),
  },
  {
    name: 'devenv',
    summary: 'Run a command in which what was built is found',
    load: () => import('./commands/devenv.ts'),
  },
  {
    name: 'ninja',
    summary: "Take ninja's command line, for kaon's builds and any build.ninja",
    load: () => import('./commands/ninja.ts'),
  },
  {
    name: 'as-meson',
    summary: "Make a Python environment in which kaon stands in Meson's place",
    load: () => import('./commands/as-meson.ts'),
  },
  {
    name: 'format',
    aliases: ['fmt'],
    summary: 'Bring build files into good shape',
    load: () => import('./commands/format.ts'),
  },
  {
    name: 'lint',
    summary: 'Find likely mistakes in build files',
    load: () => import('./commands/lint.ts'),
  },
  {
    name: 'lsp',
    summary: 'Serve an editor (language server protocol)',
    load: () => import('./commands/lsp.ts'),
  },
  {
    name: 'rewrite',
    summary: 'Change build files by command',
    load: () => import('./commands/rewrite.ts'),
  },
  {
    name: 'why',
    summary: 'Tell why a file would be built again',
    load: () => import('./commands/why.ts'),
  },
  {
    name: 'init',
    summary: 'Start a new project',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'help',
    summary: 'Show help of a command, or the manual of a function',
    load: () => import('./commands/help.ts'),
  },
  // Not for people.
  { name: 'internal', load: () => import('./commands/internal.ts') },
];
