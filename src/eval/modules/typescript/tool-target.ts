import type { BuildTargetInstall, CustomTarget, Item } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import type { TargetObject } from '../../objects/target.ts';
import type { TypescriptDependencies } from '../../objects/typescript.ts';
import { joinPath } from '../../paths.ts';
import { textWords } from '../module-target.ts';
import { type GeneratedSource, generatedWords } from './generated.ts';
import { internalCommand, packageTarget } from './package-target.ts';

/** What a tool makes: files by name, a folder, or nothing but the news that it ended well. */
export type Making =
  | { readonly files: readonly [string, ...string[]] }
  | { readonly folder: string }
  | { readonly stamp: string };

/** One use of a tool of the packages: a custom target. */
export interface Tool {
  readonly name: string;
  readonly kind: 'check' | 'bundle' | 'compile' | 'run';
  readonly inputs: readonly Item[];
  readonly made: Making;
  readonly words: readonly string[];
  readonly depends: readonly GeneratedSource[];
  readonly description: string;
  readonly buildByDefault: boolean;
  readonly environment?: CustomTarget['environment'];
  readonly install?: BuildTargetInstall | undefined;
}

/** Registers a target that one of the TypeScript tools makes, with the packages that it needs. */
export function toolTarget(
  call: Call,
  dependencies: TypescriptDependencies,
  tool: Tool,
): TargetObject {
  const { outputs, contents, words } = making(call, tool.made);
  for (const output of outputs) checkName(call, output);
  const only = 'stamp' in tool.made ? { onlyStamp: true as const } : {};
  const own = textWords([...words, '--depfile', '@DEPFILE@', ...tool.words]);
  const target = packageTarget(call, {
    name: tool.name,
    inputs: tool.inputs,
    outputs,
    ...(contents !== undefined && { contents, alsoMakes: [contents] }),
    command: [
      ...internalCommand(call, tool.kind, dependencies),
      ...own,
      ...generatedWords(call, dependencies, tool.depends),
    ],
    // The stamp of the packages is an input by content: a new lock file runs the tools again.
    depends: [dependencies.target, ...tool.depends.map((each) => each.target)],
    depfile: `${outputs[0]}.d`,
    description: tool.description,
    buildByDefault: tool.buildByDefault,
    environment: tool.environment ?? [],
    install: tool.install,
  });
  return { ...target, ...only };
}

/** Outputs lie where the build file's own do, or below. */
function checkName(call: Call, output: string): void {
  if (output.split('/').some((part) => ['', '.', '..'].includes(part)))
    call.fail(`Output '${output}' is no name of a file`);
}

function making(call: Call, made: Making) {
  const { evaluation, scope } = call;
  if ('stamp' in made) return { outputs: [made.stamp], words: ['--stamp', '@OUTPUT0@'] };
  if ('files' in made)
    return {
      outputs: made.files,
      words: made.files.flatMap((_, at) => ['--output', `@OUTPUT${at}@`]),
    };
  checkName(call, made.folder);
  // What is made there is replaced as a whole.
  const own = joinPath(scope.subdir, made.folder);
  if (evaluation.host.files.isFile(joinPath(evaluation.sourceRoot, own, 'meson.build')))
    call.fail(`Folder '${made.folder}' is one that ${own}/meson.build builds in`);
  const contents = joinPath(scope.buildSubdir, `${made.folder}.contents`);
  return {
    outputs: [made.folder],
    contents,
    words: ['--outdir', '@OUTPUT0@', '--contents', contents],
  };
}
