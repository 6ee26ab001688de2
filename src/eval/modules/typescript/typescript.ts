import { bool, listOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, type Module, positional, rest } from '../../declare.ts';
import { joinPath } from '../../paths.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { bundle } from './bundle.ts';
import { compile } from './compile.ts';
import { declareDependencies } from './dependencies.ts';
import { inPackage } from './in-package.ts';
import { depends, packages } from './keywords.ts';
import { run } from './run.ts';
import { test } from './test.ts';
import { toolTarget } from './tool-target.ts';

/** kaon's module `typescript`: components in TypeScript beside those in C and Rust. */
export const typescriptModule: Module = {
  name: 'typescript',
  doc: 'Checks, bundles and tests TypeScript with the packages of a package-lock.json.',
  functions: [
    builtin({
      name: 'dependencies',
      doc: 'The packages of a lock file, installed in the build directory when the lock changes. Only those install scripts are run that are asked for.',
      positional: [
        positional('lock', strOrFile, 'package-lock.json; package.json lies beside it.'),
      ],
      rest: rest('locks', strOrFile, 'Lock files of packages that lie below that one.'),
      keywords: {
        scripts: keyword(listOf(str), [], 'Packages whose install scripts are run.'),
      },
      returns: 'typescript_dependencies',
      run: (call, { positional: [lock], rest: locks, keywords }) =>
        declareDependencies(call, { locks: [lock, ...locks], scripts: keywords.scripts }),
    }),
    builtin({
      name: 'check',
      doc: 'Checks the types of a TypeScript project with its own tsc, incrementally.',
      positional: [positional('name', str, 'Name of the target.')],
      keywords: {
        project: keyword(strOrFile, 'tsconfig.json', 'The tsconfig.'),
        dependencies: packages,
        depends,
        build_by_default: keyword(bool, true, 'Part of `all`.'),
      },
      returns: 'custom_tgt',
      run: (call, { positional: [name], keywords }) => {
        const project = inPackage(call, keywords.dependencies, keywords.project);
        return toolTarget(call, keywords.dependencies, {
          name,
          kind: 'check',
          inputs: [project.file],
          made: { stamp: `${name}.checked` },
          words: [
            '--project',
            project.path,
            '--build-info',
            `${privateFolder(call, name)}/tsbuildinfo`,
          ],
          depends: keywords.depends,
          description: `Checking types of ${name}`,
          buildByDefault: keywords.build_by_default,
        });
      },
    }),
    bundle,
    compile,
    run,
    test,
  ],
};

function privateFolder({ evaluation, scope }: Call, name: string): string {
  return joinPath(evaluation.buildRoot, scope.buildSubdir, `${name}.p`);
}
