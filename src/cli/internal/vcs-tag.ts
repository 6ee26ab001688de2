import { exitCodes, type Session } from '../session.ts';

/**
 * `vcs-tag INPUT OUTPUT FALLBACK WORD [PATTERN ANSWER]`: writes the input with what the pattern finds in
 * the answer (a file: `=` and what was said, or nothing) in place of a word. The output stays as it is
 * where nothing changed.
 */
export function vcsTag({ host, terminal }: Session, words: readonly string[]): number {
  const [input = '', output = '', fallback = '', word = '', pattern = '', answer] = words;
  const template = host.files.readText(input);
  if (!template.ok) {
    terminal.printError(`kaon: ${input}: ${template.error.reason}`);
    return exitCodes.failed;
  }
  const said = answer === undefined ? undefined : host.files.readText(answer);
  const told = said?.ok === true && said.value.startsWith('=') ? said.value.slice(1) : undefined;
  const found = told === undefined ? undefined : new RegExp(pattern).exec(told)?.[1];
  const tag = found === undefined ? fallback : found.replace(/[\r\n]+$/, '');
  const text = word === '' ? template.value : template.value.replaceAll(word, () => tag);
  const before = host.files.readText(output);
  if (before.ok && before.value === text) return exitCodes.ok;
  const written = host.files.write(output, text);
  if (written.ok) return exitCodes.ok;
  terminal.printError(`kaon: ${output}: ${written.error.reason}`);
  return exitCodes.failed;
}
