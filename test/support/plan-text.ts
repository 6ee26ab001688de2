import type { EvaluateInput } from '../../src/eval/input.ts';
import { evaluateText } from './evaluate-text.ts';
import { MemoryHost } from './memory-host.ts';
import { planned } from './plan.ts';
import { installGcc, installLdc } from './stand-in-compilers.ts';

/** What each stand-in compiler says of its version. */
const versions: Readonly<Record<string, string>> = {
  valac: 'Vala 0.56.3\n',
  cython: 'Cython version 3.0.8\n',
  nasm: 'NASM version 2.16.01\n',
  mcs: 'Mono C# compiler version 6.8.0.105\n',
};

/** Evaluates and plans a project of a few files in memory, where compilers of many languages are. */
export function plannedText(
  files: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, (argv: readonly string[]) => string>> = {},
  compilers: Readonly<Record<string, Parameters<typeof installGcc>[2]>> = {},
  input: Partial<EvaluateInput> = {},
) {
  const host = new MemoryHost({});
  for (const name of new Set(['cc', 'c++', 'gfortran', ...Object.keys(compilers)]))
    installGcc(host, name, compilers[name]);
  for (const [name, version] of Object.entries(versions)) host.program(name, () => version);
  installLdc(host);
  host.program('javac', () => ({ stderr: 'javac 17.0.15\n' }));
  for (const [name, answer] of Object.entries(programs))
    host.program(name, ({ argv }) => answer(argv));
  const { error, model } = evaluateText(files, {
    ...input,
    host,
    buildRoot: '/project/build',
  });
  if (error !== undefined || model === undefined) throw new Error(error ?? 'there is no model');
  const result = planned(model);
  const [fault] = result.diagnostics;
  if (fault !== undefined) throw new Error(fault.message);
  return { ...result, model, host };
}
