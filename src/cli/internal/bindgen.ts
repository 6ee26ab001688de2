import { readRequestWord } from '../../base/request-word.ts';
import type { BindgenRules } from '../../eval/modules/rust/bindgen-rules.ts';
import { exitCodes, type Session } from '../session.ts';
import { applyBindgenRules } from './bindgen-rules.ts';

/** `bindgen RULES OUTPUT -- COMMAND…`: runs bindgen, then changes what it wrote as `rust.bindgen()` was told. */
export function bindgen({ host, terminal }: Session, words: readonly string[]): number {
  const [text = '', output = '', , ...command] = words;
  const rules = readRequestWord(text) as BindgenRules; // written by `rust.bindgen()`
  const { ended, stdout, stderr } = host.processes.run({
    argv: command,
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  terminal.write(stdout + stderr);
  if (ended.kind === 'not-started') terminal.printError(ended.reason);
  if (ended.kind !== 'exited') return exitCodes.failed;
  if (ended.code !== 0) return ended.code;
  const made = host.files.readText(output);
  if (!made.ok) {
    terminal.printError(`${output}: ${made.error.reason}`);
    return exitCodes.failed;
  }
  const { text: changed, missing } = applyBindgenRules(made.value, rules);
  for (const name of missing)
    terminal.printError(`rust.bindgen: no type of the header is called '${name}'`);
  const written = host.files.replace(output, changed);
  return missing.length === 0 && written.ok ? exitCodes.ok : exitCodes.failed;
}
