import { posix } from 'node:path';
import { quoteWords } from '../base/shell-words.ts';
import type { Graph } from '../graph/graph.ts';
import { withoutShell } from '../graph/shell-line.ts';

/** One entry of `compile_commands.json` (https://clang.llvm.org/docs/JSONCompilationDatabase.html). */
export interface CompileCommand {
  readonly directory: string;
  readonly command: string;
  readonly file: string;
  readonly output: string;
}

/** Every compilation of the graph, precompiled headers included, as Meson lists them: LLVM's own language is none. */
export function compileCommands(graph: Graph, buildRoot: string): readonly CompileCommand[] {
  const commands: CompileCommand[] = [];
  for (const { rule, work, inputs, outputs } of graph.actions.values()) {
    const [source] = inputs;
    const [output] = outputs;
    if (!/(?<!^llvm_ir)_(COMPILER|PCH)(_FOR_BUILD)?$/.test(rule) || work.kind !== 'command')
      continue;
    if (source === undefined || output === undefined) continue;
    const path = graph.files.get(source);
    const whole = posix.join(buildRoot, path);
    commands.push({
      directory: buildRoot,
      command: quoteWords(withoutShell(work.argv)),
      // As the command names it.
      file: work.argv.includes(whole) ? whole : path,
      output: graph.files.get(output),
    });
  }
  return commands;
}
