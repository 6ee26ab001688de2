import { pythonList } from '../../deps/ask.ts';
import type { BuildTarget } from '../../model/target.ts';
import { sanitizers } from '../../toolchains/base-options.ts';
import { startHasArguments } from '../../toolchains/checks/arguments.ts';
import type { Call } from '../call.ts';
import { checkerFor } from '../methods/compiler-checker.ts';
import { optionOf } from './options.ts';

/** Ends evaluation when a compiler of a target does not know the sanitizers that it is to have. */
export function checkSanitizers(call: Call, row: BuildTarget): void {
  const { languages, machine, overrideOptions } = row;
  const name = 'b_sanitize';
  const names = sanitizers(() => overrideOptions.get(name) ?? optionOf(call, name, machine));
  if (names.length === 0) return;
  for (const language of languages) {
    const checker = checkerFor(call.evaluation, machine, language);
    if (checker === undefined) continue;
    const { compile, toolchain } = checker.family;
    const args = compile.base((option) => (option === name ? [...names] : undefined));
    if (args.length === 0 || startHasArguments(checker, args).finish().value) continue;
    call.fail(
      `Compiler ${toolchain.command.join(' ')} does not support sanitizer arguments ${pythonList(args)}`,
    );
  }
}
