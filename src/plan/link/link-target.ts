import { join } from 'node:path/posix';
import { plainError } from '../../diag/diagnostic.ts';
import { addAction, factsOf, type PlanContext } from '../context.ts';
import { ruleSuffix } from '../machine-suffix.ts';
import { targetFile } from '../paths.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { madeBeside } from './files-beside.ts';
import { earlyArgs, linkArguments, linkerOf } from './link-arguments.ts';
import { linkInputs } from './link-inputs.ts';
import { linkPool } from './link-pool.ts';
import { aliasFiles } from './shared-library.ts';
import { systemLibraries } from './system-libraries.ts';

/** Adds the action that links a program or shared library. */
export function planLink(
  context: PlanContext,
  resolved: ResolvedTarget,
  objects: readonly string[],
): void {
  const { target } = resolved;
  const family = linkerOf(context, resolved);
  const link = family?.link;
  if (family === undefined || link === undefined) {
    context.diagnostics.push(
      plainError(`Could not get a dynamic linker for build target '${target.name}'`),
    );
    return;
  }
  if (target.type !== 'executable' && link.linksShared === false) {
    const { id = '' } = family.toolchain.linker ?? {};
    context.diagnostics.push({
      ...plainError(`${id} does not support shared libraries.`),
      hints: [`'${target.name}' is one: -Ddefault_library=static makes static ones of library()`],
    });
    return;
  }
  const output = targetFile(target);
  const linkArgs = linkArguments(context, resolved, { family, link });
  factsOf(context, resolved.id).linker = { command: link.command, parameters: linkArgs };
  const pool = linkPool(context);
  addAction(context, {
    rule: `${family.toolchain.language}_LINKER${ruleSuffix(context, target)}`,
    description: `Linking target ${output}`,
    work: {
      kind: 'command',
      argv: link.line({ args: earlyArgs(resolved), output, objects, linkArgs }),
      environment: [],
      ...(link.response !== undefined && {
        response: { path: `${output}.rsp`, from: link.command.length, quoting: link.response },
      }),
    },
    inputs: [
      ...objects,
      ...linkInputs(context, resolved),
      ...systemLibraries(context, family.toolchain, linkArgs),
    ],
    orderOnly: aliasFiles(target),
    outputs: [output, ...importLibraries(target), ...madeBeside(resolved, link, linkArgs)],
    ...(pool !== undefined && { pool }),
  });
}

function importLibraries({
  importLibrary,
  buildSubdir,
}: ResolvedTarget['target']): readonly string[] {
  return importLibrary === undefined ? [] : [join(buildSubdir, importLibrary)];
}
