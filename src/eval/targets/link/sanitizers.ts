import { pythonList } from '../../../deps/ask.ts';
import type { BuildTarget } from '../../../model/target.ts';
import { sanitizers } from '../../../toolchains/base-options.ts';
import { startHasArguments, startHasLinkArguments } from '../../../toolchains/checks/arguments.ts';
import { programText } from '../../../toolchains/detect/detect.ts';
import { cLinkLanguages } from '../../../toolchains/languages.ts';
import type { LinkUse } from '../../../toolchains/rules.ts';
import type { Call } from '../../call.ts';
import type { Evaluation } from '../../evaluation.ts';
import { checkerFor } from '../../methods/compiler/checker.ts';
import { optionOf } from '../options.ts';

/** Ends evaluation when a compiler or the linker of a target does not know the sanitizers that it is to have. */
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
      `Compiler ${programText(toolchain)} does not support sanitizer arguments ${pythonList(args)}`,
    );
  }
  checkLinker(call, row, names);
}

/** The libraries of a sanitizer are a package of their own on many systems: only a link tells. */
function checkLinker(call: Call, row: BuildTarget, names: readonly string[]): void {
  const { type, machine } = row;
  if (type === 'static-library' || type === 'jar') return;
  const language =
    row.linkLanguage ?? cLinkLanguages.find((language) => row.languages.includes(language));
  const checker =
    language === undefined ? undefined : checkerFor(call.evaluation, machine, language);
  // rustc links the libraries for the sake of C, whose compiler tells.
  if (checker?.family.link === undefined || checker.family.rust !== undefined) return;
  const { link, toolchain } = checker.family;
  const use: LinkUse = { type, buildRoot: call.evaluation.buildRoot };
  const plain = link.base(() => undefined, use);
  const args = link
    .base((option) => (option === 'b_sanitize' ? [...names] : undefined), use)
    .filter((arg) => !plain.includes(arg));
  if (args.length === 0 || startHasLinkArguments(checker, args).finish().value) return;
  call.fail(
    `Linker ${programText(toolchain)} does not support sanitizer arguments ${pythonList(args)}`,
  );
}

/** clang links the libraries of its sanitizers into programs alone: those of a library stay undefined. */
export function warnOfSanitizedLibraries({ options, tables, report }: Evaluation): void {
  const value = (name: string) => options.find({ name, subproject: undefined, machine: 'host' });
  const names = sanitizers(value);
  const toolchains = [...(tables.toolchains.get('host')?.values() ?? [])];
  if (names.length === 0 || value('b_lundef') !== true) return;
  if (!toolchains.some(({ id }) => id === 'clang')) return;
  const message = `Trying to use ${pythonList(names)} sanitizer on Clang with b_lundef.
This will probably not work.
Try setting b_lundef to false instead.`;
  report({ severity: 'warning', message, hints: [], related: [] });
}
