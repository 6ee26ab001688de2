import { join } from 'node:path/posix';
import type { ArgumentList } from '../../../toolchains/argument-list.ts';
import type { Family } from '../../../toolchains/rules.ts';
import { basicArgs } from '../../compile/compile-args.ts';
import { commonLinkArgs } from '../../compile/project-args.ts';
import { type PlanContext, targetOptions } from '../../context.ts';
import { kindArgs } from '../../link/link-kind.ts';
import { privateDir, targetFile } from '../../paths.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';
import { crateName } from './crate-name.ts';

const linkedTypes: ReadonlySet<string> = new Set(['bin', 'dylib', 'cdylib']);

/** Arguments with which a crate is compiled, before those of what it links. */
export function crateArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): ArgumentList {
  const { target } = resolved;
  const { compile } = family;
  const depfile = crateDepfile(resolved);
  const output = targetFile(target);
  return family
    .argumentList(startArgs(context, resolved, family))
    .add(basicArgs(context, resolved, family).toArray())
    .add(['--crate-name', crateName(target.name)])
    .add(compile.depfile?.(output, depfile) ?? [])
    .add(compile.output(output))
    .add(endArgs(resolved));
}

/** The same for `rustdoc --test`, which writes nothing. */
export function doctestArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): ArgumentList {
  const withoutDebug: Family = {
    ...family,
    compile: { ...family.compile, debug: () => [] },
  };
  return family
    .argumentList(startArgs(context, resolved, family))
    .add(basicArgs(context, resolved, withoutDebug).toArray())
    .add(['--crate-name', crateName(resolved.target.name)])
    .add(endArgs(resolved));
}

/** Where rustc tells what it read, relative to the build directory. */
export function crateDepfile({ target }: ResolvedTarget): string {
  return join(privateDir(target), `${target.name}.d`);
}

function startArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): readonly string[] {
  const { target } = resolved;
  const { compile, link, rust, toolchain } = family;
  const crateType = target.rust?.crateType ?? 'bin';
  const options = targetOptions(context, target);
  const links = linkedTypes.has(crateType) || target.rust?.doctest === true;
  const type = target.type === 'shared-library' ? 'shared-library' : 'executable';
  const use = { type, buildRoot: context.paths.buildRoot } as const;
  return [
    ...compile.base(options, { crateType }),
    ...['--crate-type', crateType],
    ...(links && link ? [...link.always, ...link.base(options, use)] : []),
    ...kindArgs(context, resolved, family),
    ...(links && rust
      ? [
          ...rust.linkArgs(commonLinkArgs(context, target, toolchain.language)),
          ...rust.linkArgs(target.linkArgs),
        ]
      : []),
  ];
}

function endArgs({ target }: ResolvedTarget): readonly string[] {
  const own = target.compileArgs.get('rust') ?? [];
  const test = target.rust?.test === true && !own.includes('--test') ? ['--test'] : [];
  return ['-C', `metadata=${target.introspectionId}`, ...own, ...test];
}
