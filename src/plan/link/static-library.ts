import { join } from 'node:path/posix';
import { plainError } from '../../diag/diagnostic.ts';
import { familyFor } from '../compile/compile-units.ts';
import { addAction, factsOf, type PlanContext, toolchainsFor } from '../context.ts';
import { ruleSuffix } from '../machine-suffix.ts';
import { privateDir, targetFile } from '../paths.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { inputFiles } from './extracted-objects.ts';
import { linkerOf } from './link-arguments.ts';
import { linkPool } from './link-pool.ts';

/** Adds the action that archives a static library. Inside the build archives are thin: they only name their objects. */
export function planArchive(
  context: PlanContext,
  resolved: ResolvedTarget,
  objects: readonly string[],
): void {
  const { target } = resolved;
  // All libraries of a machine are archived alike, whatever they are made of.
  const archive = [...(toolchainsFor(context, target)?.keys() ?? [])]
    .map((language) => familyFor(context, target, language)?.archive)
    .find((rules) => rules !== undefined);
  if (archive === undefined) {
    context.diagnostics.push(plainError(`No static linker for build target '${target.name}'`));
    return;
  }
  const members = prelinked(context, resolved, objects);
  const output = targetFile(target);
  // For those that link it: their arguments may name such a file (QEMU's `@block.syms`).
  const depends = target.linkDepends.flatMap((item) => inputFiles(context, target, item));
  const thin = target.install === undefined;
  factsOf(context, resolved.id).linker = {
    command: archive.command,
    parameters: archive.flags({ thin }),
  };
  const pool = linkPool(context);
  addAction(context, {
    rule: `STATIC_LINKER${ruleSuffix(context, target)}`,
    description: `Linking static target ${output}`,
    work: {
      kind: 'command',
      argv: archive.line({ thin, output, objects: members }),
      environment: [],
      ...(archive.response !== undefined && {
        response: {
          path: `${output}.rsp`,
          from: archive.command.length,
          quoting: archive.response,
        },
      }),
    },
    inputs: [...members, ...depends],
    outputs: [output],
    removeOutputsFirst: true,
    ...(pool !== undefined && { pool }),
  });
  // Its own bytes may stay the same when one of these changes.
  const behind = thin ? [...members, ...depends] : depends;
  if (behind.length === 0) return;
  const { graph } = context;
  graph.standsFor(
    graph.file(output),
    behind.map((path) => graph.file(path)),
  );
}

/** `prelink: true`: all objects become one, which hides what only they use of each other. */
function prelinked(
  context: PlanContext,
  resolved: ResolvedTarget,
  objects: readonly string[],
): readonly string[] {
  const { target } = resolved;
  if (target.languageKeywords.get('prelink') !== true) return objects;
  const link = linkerOf(context, resolved)?.link;
  if (link === undefined) return objects;
  const output = join(privateDir(target), `${target.name}-prelink.o`);
  addAction(context, {
    rule: 'CUSTOM_COMMAND',
    description: `Prelinking ${output}`,
    work: {
      kind: 'command',
      argv: [...link.command, ...link.prelink(output, objects)],
      environment: [],
    },
    inputs: objects,
    outputs: [output],
  });
  return [output];
}
