import type { BuildTarget } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import { absolutePath } from '../../paths.ts';
import type { Linkable } from '../../targets/argument-types.ts';
import { targetNames } from '../../targets/build/naming.ts';
import { linkItemsOf } from '../../targets/link/link-items.ts';
import { introspectionId } from '../../targets/register.ts';

/** What a test of a crate takes in beside what the crate does. */
export interface TestCrateKeywords {
  readonly dependencies: readonly DependencyObject[];
  readonly link_with: readonly Linkable[];
  readonly link_whole: readonly Linkable[];
  readonly rust_args: readonly (string | FileObject)[];
}

/** The program that tests a crate: the crate's own sources, compiled once more with `--test`. */
export function testCrate(
  call: Call,
  base: BuildTarget,
  { name, ...keywords }: TestCrateKeywords & { readonly name: string },
): BuildTarget {
  const { evaluation, scope } = call;
  const own = base.compileArgs.get('rust') ?? [];
  const added = keywords.rust_args.map((arg) =>
    typeof arg === 'string' ? arg : absolutePath(evaluation, arg.file),
  );
  const { filename } = targetNames({
    type: 'executable',
    name,
    prefix: undefined,
    suffix: undefined,
    machine: evaluation.machines[base.machine],
    isAssembly: false,
    crateType: 'bin',
    version: undefined,
    soversion: undefined,
    asPlatform: false,
    importName: undefined,
  });
  return {
    ...base,
    type: 'executable',
    name,
    project: scope.project,
    introspectionId: introspectionId(base.buildSubdir, name, '@exe'),
    filename,
    extraOutputs: [],
    aliases: [],
    // As if it said `native:` itself: where nothing is cross-compiled, macros are tested as host programs.
    askedMachine: base.machine,
    soname: undefined,
    exportDynamic: base.type === 'executable' && base.exportDynamic,
    compileArgs: new Map([...base.compileArgs, ['rust', [...own, ...added, '--test']]]),
    linkWith: [...base.linkWith, ...linkItemsOf(call, 'link_with', keywords.link_with)],
    linkWhole: [...base.linkWhole, ...linkItemsOf(call, 'link_whole', keywords.link_whole)],
    dependencies: [
      ...base.dependencies,
      ...keywords.dependencies.map(({ dependency }) => dependency),
    ],
    rust: base.rust && {
      ...base.rust,
      crateType: 'bin',
      test: true,
    },
    twin: undefined,
    install: undefined,
  };
}
