import { join } from 'node:path/posix';
import type { BuildTarget } from '../../model/target.ts';
import { addAction, machineOf, type PlanContext } from '../context.ts';
import { symbolsFile, targetFile } from '../paths.ts';

/** `libfoo.so` and `libfoo.so.1` beside `libfoo.so.1.2.3`. */
export function aliasFiles(target: BuildTarget): readonly string[] {
  return target.aliases.map((alias) => join(target.buildSubdir, alias.name));
}

/** Adds the links beside a versioned library; they need not wait for it. */
export function planAliases(context: PlanContext, target: BuildTarget): void {
  for (const alias of target.aliases) {
    const path = join(target.buildSubdir, alias.name);
    addAction(context, {
      rule: 'SYMLINK',
      description: `Linking ${path} to ${alias.to}`,
      work: { kind: 'symlink', target: alias.to, path },
      inputs: [],
      outputs: [path],
    });
  }
}

/** Adds the action that writes down a shared library's interface. */
export function planSymbols(context: PlanContext, target: BuildTarget): void {
  const library = targetFile(target);
  const output = symbolsFile(target);
  const machine = machineOf(context, target);
  const program = context.model.machines[machine].system === 'darwin' ? 'nm' : 'readelf';
  const tool = context.model.binaries.get(machine)?.get(program) ?? [program];
  addAction(context, {
    rule: 'SHSYM',
    description: `Generating symbol file ${output}`,
    work: {
      kind: 'symbols',
      library,
      output,
      tool,
    },
    inputs: [library],
    outputs: [output],
  });
}
