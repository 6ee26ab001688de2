import { plainError } from '../../../diag/diagnostic.ts';
import type { Toolchain } from '../../../model/toolchain.ts';
import { familyFor } from '../../compile/compile-units.ts';
import { addAction, factsOf, type PlanContext } from '../../context.ts';
import { recordCompilation } from '../../facts.ts';
import { aliasFiles } from '../../link/shared-library.ts';
import { ruleSuffix } from '../../machine-suffix.ts';
import { absolutePath, targetFile } from '../../paths.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';
import { crateArgs, crateDepfile } from './crate-args.ts';
import { crateLinks } from './crate-links.ts';
import { crateName } from './crate-name.ts';
import {
  crateVariables,
  type SaidByScripts,
  saidByScripts,
  withScriptVariables,
} from './crate-scripts.ts';
import { crateSources, planStructuredSources } from './sources.ts';

/** Adds the action of a crate: rustc compiles and links it at once. */
export function planCrate(
  context: PlanContext,
  resolved: ResolvedTarget,
  objects: readonly string[],
): void {
  const { target } = resolved;
  planStructuredSources(context, target);
  // A documentation test makes no file of its own: it is run from the sources.
  if (target.rust?.doctest === true) return;
  const family = familyFor(context, target, 'rust');
  const { root, orderOnly } = crateSources(context, resolved);
  if (family === undefined || root === undefined) {
    context.diagnostics.push(
      plainError(`Could not find a rust file to treat as the main file for  ${target.name}`),
    );
    return;
  }
  const links = crateLinks(context, resolved, { family, objects });
  const said = saidByScripts(context, resolved);
  const own = crateArgs(context, resolved, family).add(links.args).toNative();
  const args = [...own, ...said.args];
  const output = targetFile(target);
  recordCompilation(context, resolved.id, {
    family,
    args,
    unit: { source: { path: root, built: false }, origin: 'given' },
  });
  const { command } = family.compile;
  recordCrate(context, resolved, {
    root,
    args,
    said,
    crates: links.crates,
    compiler: command[0] ?? 'rustc',
    before: command.slice(1),
  });
  const argv = [...command, ...args, root];
  addAction(context, {
    rule: `rust_COMPILER${ruleSuffix(context, target)}`,
    description: `Compiling Rust source ${root}`,
    work: {
      kind: 'command',
      argv: withScriptVariables(said, argv),
      environment: crateVariables(context, target),
      ...(said.variables === undefined && {
        response: { path: `${output}.rsp`, from: command.length, quoting: 'lines' },
      }),
    },
    inputs: [root, ...links.inputs, ...said.inputs, ...compilerFile(family)],
    orderOnly: [...orderOnly, ...aliasFiles(target)],
    outputs: [output],
    depfile: { path: crateDepfile(resolved), format: 'make' },
  });
}

/** The compiler itself: the program of the command may only stand for it. */
function compilerFile({ toolchain }: { readonly toolchain: Toolchain }): readonly string[] {
  const path = toolchain.facts['compiler'] ?? '';
  return path === '' ? [] : [path];
}

/** What rust-analyzer asks of a crate. */
function recordCrate(
  context: PlanContext,
  { id, target }: ResolvedTarget,
  made: {
    readonly root: string;
    readonly compiler: string;
    readonly before: readonly string[];
    readonly args: readonly string[];
    readonly said: SaidByScripts;
    readonly crates: readonly {
      readonly target: { readonly name: string };
      readonly name: string;
    }[];
  },
): void {
  const edition = made.args.findLast((arg) => arg.startsWith('--edition'))?.split('=')[1];
  factsOf(context, id).crate = {
    name: target.name,
    displayName: crateName(target.name),
    rootModule: absolutePath(context.paths, made.root),
    edition: edition ?? '2015',
    cfgs: made.args.flatMap((arg, at) => (arg === '--cfg' ? [made.args[at + 1] ?? ''] : [])),
    isWorkspaceMember: context.model.projects.get(target.project).subproject === '',
    procMacro:
      target.rust?.crateType === 'proc-macro'
        ? absolutePath(context.paths, targetFile(target))
        : undefined,
    dependencies: made.crates.map((crate) => ({
      target: crate.target.name,
      name: crate.name,
    })),
    call: {
      compiler: made.compiler,
      args: [...made.before, ...made.args],
      source: made.root,
      cwd: context.paths.buildRoot,
      environment: crateVariables(context, target),
      hasLints: false,
    },
    ...(made.said.own !== undefined && { said: made.said.own }),
  };
}
