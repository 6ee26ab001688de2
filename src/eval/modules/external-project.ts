import { posix } from 'node:path';
import { quoteWords } from '../../base/shell-words.ts';
import { bool, listOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import {
  builtin,
  keyword,
  type MethodTable,
  type Module,
  methodOf,
  positional,
} from '../declare.ts';
import { addDependency } from '../functions/dependency/rows.ts';
import { internalDependencyType } from '../objects/dependency.ts';
import { type ExternalProjectObject, externalProjectType } from '../objects/external-project.ts';
import { currentSourceDir, joinPath } from '../paths.ts';
import { dependsOf } from '../targets/command/command-words.ts';
import { declareCustomTarget } from '../targets/command/custom-target.ts';
import { depends } from '../targets/keywords/command.ts';
import { environment, environmentChanges } from '../targets/keywords/environment.ts';
import { textOption } from '../targets/options.ts';
import { configureExternal } from './external-project-configure.ts';
import { textWords } from './module-target.ts';

/** Meson's module `external_project`: parts that have a build system of their own. */
export const externalProjectModule: Module = {
  name: 'external_project',
  title: 'External build system',
  doc: 'Parts that are built by configure and make, or by waf.',
  since: '0.56.0',
  unstable: true,
  functions: [
    builtin({
      name: 'add_project',
      label: 'external_project.add_project',
      otherLabels: { positional: 'external_project_mod.add_project' },
      doc: 'Sets such a part up now; it is built with the rest.',
      positional: [
        positional(
          'command',
          str,
          'Its script in this folder (`configure`, `autogen.sh`), or `waf`.',
        ),
      ],
      keywords: {
        configure_options: keyword(
          listOf(str),
          [],
          'Options of the script, with `@PREFIX@` and such.',
        ),
        cross_configure_options: keyword(
          listOf(str),
          ['--host=@HOST@'],
          'More options when cross-compiling.',
        ),
        verbose: keyword(bool, false, 'Shows what it prints.'),
        env: environment,
        depends: { ...depends, since: '0.63.0' },
      },
      returns: 'external_project',
      run: (call, { positional: [command], keywords: given }) => {
        const { evaluation, scope } = call;
        const sourceDir = currentSourceDir(evaluation, scope);
        const name = posix.basename(sourceDir);
        const inBuild = (folder: string): string =>
          joinPath(evaluation.buildRoot, scope.buildSubdir, folder);
        const folders = { sourceDir, buildDir: inBuild('build'), installDir: inBuild('dist') };
        const make = configureExternal(call, {
          ...folders,
          name,
          command,
          options: given.configure_options,
          crossOptions: given.cross_configure_options,
          verbose: given.verbose,
          changes: environmentChanges(given.env),
        });
        const { target } = declareCustomTarget(call, {
          name,
          inputs: [],
          outputs: [`${name}.stamp`],
          depfile: `${name}.d`,
          command: [
            { kind: 'program', command: [...evaluation.self, 'internal', 'external-project'] },
            ...textWords([name, sourceDir, folders.buildDir, folders.installDir]),
            ...textWords([given.verbose ? 'verbose' : 'quiet', quoteWords(make)]),
            ...textWords(['@OUTPUT@', '@DEPFILE@']),
          ],
          more: {
            console: true,
            depends: dependsOf(given.depends),
            description: `Generating external project ${name}`,
          },
        });
        return installed(call, folders.installDir, target);
      },
    }),
  ],
};

/** What the part installs goes where this build installs; until then it is used where it lies. */
function installed(
  call: Call,
  installDir: string,
  target: ExternalProjectObject['target'],
): ExternalProjectObject {
  const { evaluation, scope } = call;
  const prefix = textOption(call, 'prefix').replace(/^\/+/, '');
  const root = joinPath(installDir, prefix);
  evaluation.tables.installs.push({
    kind: 'subdir',
    subproject: scope.subproject,
    from: { tree: 'build', path: joinPath(scope.buildSubdir, 'dist', prefix) },
    directory: '.',
    placeholder: '{prefix}',
    stripDirectory: true,
    excludeFiles: [],
    excludeDirectories: [],
    mode: undefined,
    tag: undefined,
    followSymlinks: undefined,
  });
  const folder = (option: string): string => joinPath(root, textOption(call, option));
  const libraries = folder('libdir');
  for (const [name, value] of [
    ['LD_LIBRARY_PATH', libraries],
    ['PATH', folder('bindir')],
  ] as const)
    evaluation.tables.devenv.push({ kind: 'prepend', name, value, separator: ':' });
  return { type: externalProjectType, target, includes: folder('includedir'), libraries };
}

const method = methodOf<ExternalProjectObject>();

export const externalProjectMethods: MethodTable = {
  type: externalProjectType,
  doc: 'A part with a build system of its own: `external_project.add_project()`.',
  label: 'external_project',
  methods: [
    method({
      name: 'dependency',
      doc: 'A library that it installs, as a dependency.',
      positional: [positional('library', str, 'The name of the library, without `lib`.')],
      keywords: { subdir: keyword(str, '', 'Folder of the headers below the usual one.') },
      returns: 'dep',
      run: (call, { target, includes, libraries }, { positional: [library], keywords }) => {
        const { tables } = call.evaluation;
        const dependency = addDependency(call.evaluation, {
          kind: 'internal',
          name: library,
          type: 'internal',
          version: tables.projects.get(call.scope.project).version,
          compileArgs: [`-I${joinPath(includes, keywords.subdir)}`],
          linkArgs: [`-L${libraries}`, `-l${library}`],
          sources: [{ kind: 'output', target, output: 0 }],
        });
        return { ...dependency, type: internalDependencyType };
      },
    }),
  ],
};
