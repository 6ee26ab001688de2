import { posix } from 'node:path';
import { listOf, object, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, positional, requiredKeyword } from '../../declare.ts';
import { environmentType } from '../../objects/environment.ts';
import type { FileObject } from '../../objects/file.ts';
import type { TypescriptDependencies } from '../../objects/typescript.ts';
import { nonEmptyListOf, strOrFile } from '../../targets/argument-types.ts';
import { folderInPackage, inPackage } from './in-package.ts';
import { depends, installable, installOf, packages } from './keywords.ts';
import { toolTarget } from './tool-target.ts';

/** `typescript.run()`: any program of the packages, such as `vite build`. */
export const run = builtin({
  name: 'run',
  doc: 'Runs a program of the packages where their sources lie, as a script of package.json does. It runs again when any file of the package changed.',
  positional: [positional('name', str, 'Name of the target.')],
  keywords: {
    command: requiredKeyword(
      nonEmptyListOf(strOrFile),
      'The program and its arguments; `@OUTPUT@` is what it is to make.',
    ),
    output: keyword(listOf(str), [], 'Names of the files that it makes.'),
    outdir: keyword(str, undefined, 'Name of the folder that it makes.'),
    workdir: keyword(str, undefined, 'Where it runs; by default in the folder of package.json.'),
    env: keyword(object(environmentType), undefined, 'Changes to the environment.'),
    dependencies: packages,
    depends,
    ...installable,
  },
  returns: 'custom_tgt',
  run: (call, { positional: [name], keywords }) => {
    const { output, outdir, dependencies } = keywords;
    if (outdir !== undefined && output.length > 0)
      call.fail('run takes "output" or "outdir", not both');
    const workdir =
      keywords.workdir === undefined ? '.' : folderInPackage(call, dependencies, keywords.workdir);
    const outputs = outdir === undefined ? output : [outdir];
    const [first, ...more] = outputs;
    if (first === undefined && keywords.install)
      call.fail('run without "output" or "outdir" makes nothing to install');
    const words = keywords.command.map((word) =>
      wordOf(call, word, { dependencies, workdir, count: outputs.length }),
    );
    return toolTarget(call, dependencies, {
      name,
      kind: 'run',
      inputs: [],
      made:
        outdir !== undefined
          ? { folder: outdir }
          : first === undefined
            ? { stamp: `${name}.done` }
            : { files: [first, ...more] },
      words: ['--workdir', workdir, ...words.map((word) => `--word=${word}`)],
      depends: keywords.depends,
      description: `Running ${words[0] ?? ''} for ${name}`,
      buildByDefault: keywords.build_by_default,
      environment: keywords.env?.changes ?? [],
      install: installOf(call, { name, outputs }, keywords),
    });
  },
});

interface Words {
  readonly dependencies: TypescriptDependencies;
  readonly workdir: string;
  /** How many outputs there are. */
  readonly count: number;
}

/** Outputs get their paths when the program is started: a folder is made elsewhere first. */
function wordOf(
  call: Call,
  word: string | FileObject,
  { dependencies, workdir, count }: Words,
): string {
  if (typeof word !== 'string')
    return posix.relative(workdir, inPackage(call, dependencies, word).path);
  return word.replace(/@OUTPUT(\d*)@/g, (whole, digits: string) => {
    if (Number(digits) < count && (digits !== '' || count === 1)) return `@MADE${Number(digits)}@`;
    return call.fail(`run has ${count} outputs, so ${whole} is none of them`, {
      hint: 'Name what it makes by "output" or "outdir"; of several outputs the first is @OUTPUT0@.',
    });
  });
}
