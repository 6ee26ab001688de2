import { posix } from 'node:path';
import type { CommandWord, Target } from '../../../model/target.ts';
import { generatedFolder } from '../../../toolchains/typescript/mirror.ts';
import type { Call } from '../../call.ts';
import {
  type CustomTargetIndexObject,
  customTargetIndexType,
  type TargetObject,
} from '../../objects/target.ts';
import type { TypescriptDependencies } from '../../objects/typescript.ts';
import { joinPath } from '../../paths.ts';
import { isA } from '../../value.ts';
import { textWords } from '../module-target.ts';

/** A target that makes what sources import. */
export type GeneratedSource = TargetObject | CustomTargetIndexObject;

/**
 * Tells tools where the outputs of custom targets lie, which they see in a folder of the package; and where
 * programs lie that are JavaScript, as Emscripten makes them.
 */
export function generatedWords(
  call: Call,
  { source, generated }: Pick<TypescriptDependencies, 'source' | 'generated'>,
  depends: readonly GeneratedSource[],
): readonly CommandWord[] {
  const { evaluation } = call;
  const imported = depends.flatMap((each) => {
    const row = evaluation.tables.targets.get(each.target);
    const isStamp = 'onlyStamp' in each && each.onlyStamp;
    const output = isA(each, customTargetIndexType) ? each.output : ('all-beside' as const);
    const all = isStamp ? [] : namesOf(row);
    const names = output === 'all-beside' ? all : all.slice(output, output + 1);
    const paths = names.map((name) => joinPath(evaluation.buildRoot, row.buildSubdir, name));
    return paths.length === 0 ? [] : [{ target: each.target, output, paths }];
  });
  const paths = imported.flatMap((each) => each.paths);
  if (paths.length > 0 && evaluation.host.files.exists(posix.join(source, generatedFolder)))
    call.fail(`Folder ${posix.join(source, generatedFolder)} is in the way of generated sources.`, {
      hint: `What targets in "depends" make is imported from "${generatedFolder}/", as if it lay beside package.json.`,
    });
  for (const path of paths) showGenerated(call, generated, path);
  return imported.flatMap(({ target, output }): readonly CommandWord[] => [
    ...textWords(['--generated']),
    { kind: 'target', target, output },
  ]);
}

/** Outputs that sources can import. */
function namesOf(row: Target): readonly string[] {
  if (row.kind === 'custom') return row.outputs;
  return row.kind === 'build' && /\.m?js$/.test(row.filename) ? [row.filename] : [];
}

/** Sources import by name alone, so two files of one name cannot both be there. */
function showGenerated(
  call: Call,
  generated: TypescriptDependencies['generated'],
  path: string,
): void {
  const name = posix.basename(path);
  const place = call.keywordPlace('depends');
  const other = generated.get(name);
  if (other === undefined) generated.set(name, { path, place });
  else if (other.path !== path) {
    call.fail(
      `Both ${other.path} and ${path} would be imported from "${generatedFolder}/${name}".`,
      {
        at: place,
        hint: 'Give one of the outputs another name.',
        related: [{ message: 'the other one is asked for here', place: other.place }],
      },
    );
  }
}
