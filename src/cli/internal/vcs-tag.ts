import { exitCodes, type Session } from '../session.ts';

/**
 * `vcs-tag INPUT OUTPUT FALLBACK SOURCE WORD PATTERN COMMAND…`: writes the input with what the
 * command says in place of a word. The output stays as it is where nothing changed.
 */
export function vcsTag({ host, terminal }: Session, words: readonly string[]): number {
  const [input = '', output = '', fallback = '', source = '', word = '', pattern = ''] = words;
  const template = host.files.readText(input);
  if (!template.ok) {
    terminal.printError(`kaon: ${input}: ${template.error.reason}`);
    return exitCodes.failed;
  }
  const { ended, stdout } = host.processes.run({
    argv: words.slice(6),
    workingDirectory: source,
    environment: host.system.environment,
  });
  const told = ended.kind === 'exited' && ended.code === 0;
  const found = told ? new RegExp(pattern).exec(stdout)?.[1] : undefined;
  const tag = found === undefined ? fallback : found.replace(/[\r\n]+$/, '');
  const text = word === '' ? template.value : template.value.replaceAll(word, () => tag);
  const before = host.files.readText(output);
  if (before.ok && before.value === text) return exitCodes.ok;
  const written = host.files.write(output, text);
  if (written.ok) return exitCodes.ok;
  terminal.printError(`kaon: ${output}: ${written.error.reason}`);
  return exitCodes.failed;
}
