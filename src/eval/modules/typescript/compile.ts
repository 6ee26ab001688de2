import { str } from '../../argument-type.ts';
import { builtin, keyword, positional } from '../../declare.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { inPackage } from './in-package.ts';
import { depends, installable, installOf, packages } from './keywords.ts';
import { toolTarget } from './tool-target.ts';

/** `typescript.compile()`: what tsc writes, as for a package that others import. */
export const compile = builtin({
  name: 'compile',
  doc: 'Compiles a TypeScript project with its own tsc: a folder with the JavaScript, declarations and maps that its tsconfig asks for.',
  positional: [positional('name', str, 'Name of the target.')],
  keywords: {
    project: keyword(strOrFile, 'tsconfig.json', 'The tsconfig.'),
    outdir: keyword(str, undefined, 'Name of the folder; by default that of the target.'),
    dependencies: packages,
    depends,
    ...installable,
  },
  returns: 'custom_tgt',
  run: (call, { positional: [name], keywords }) => {
    const project = inPackage(call, keywords.dependencies, keywords.project);
    const folder = keywords.outdir ?? name;
    return toolTarget(call, keywords.dependencies, {
      name,
      kind: 'compile',
      inputs: [project.file],
      made: { folder },
      words: ['--project', project.path],
      depends: keywords.depends,
      description: `Compiling ${name}`,
      buildByDefault: keywords.build_by_default,
      install: installOf(call, { name, outputs: [folder] }, keywords),
    });
  },
});
