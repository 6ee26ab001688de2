import { join } from 'node:path/posix';
import type { Family } from '../../toolchains/rules.ts';
import { addAction, type PlanContext } from '../context.ts';
import { ruleSuffix } from '../machine-suffix.ts';
import { filePath, privateDir } from '../paths.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { headerCompileArgs, usesPrecompiledHeader } from './compile-args.ts';
import { familyFor } from './compile-units.ts';

/** The precompiled header that a target's sources of one language start with. */
export function headerFor(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): { readonly source: string; readonly output: string } | undefined {
  const { target } = resolved;
  const rules = family.compile.precompiledHeader;
  const header = target.precompiledHeaders.get(family.toolchain.language)?.[0];
  if (header === undefined || rules === undefined) return undefined;
  if (!usesPrecompiledHeader(context, resolved)) return undefined;
  const source = filePath(context.paths, header);
  return { source, output: join(privateDir(target), rules.filename(source)) };
}

/** Adds the actions that compile a target's headers ahead. */
export function planPrecompiledHeaders(
  context: PlanContext,
  resolved: ResolvedTarget,
  headers: readonly string[],
): void {
  const { target } = resolved;
  for (const language of target.precompiledHeaders.keys()) {
    if (!resolved.languages.includes(language)) continue;
    const family = familyFor(context, target, language);
    const header = family && headerFor(context, resolved, family);
    const rules = family?.compile.precompiledHeader;
    if (family === undefined || header === undefined || rules === undefined) continue;
    const depfile = `${header.output}.d`;
    addAction(context, {
      rule: `${language}_PCH${ruleSuffix(context, target)}`,
      description: `Precompiling header ${header.source}`,
      work: {
        kind: 'command',
        argv: rules.line({
          args: headerCompileArgs(context, resolved, family).toNative(),
          source: header.source,
          output: header.output,
          depfile,
        }),
        environment: [],
      },
      inputs: [header.source],
      orderOnly: headers,
      outputs: [header.output],
      depfile: { path: depfile, format: 'make' },
    });
  }
}
