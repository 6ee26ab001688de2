import { posix } from 'node:path';
import { replaceDifferent } from '../../host/replace-different.ts';
import { joinPath } from '../paths.ts';
import { commandLine, type NowWord, runNow } from '../programs/run-now.ts';
import { watchFile } from '../watch-file.ts';
import { encodeText } from './encoding.ts';
import type { ConfigureTask } from './make-from-configuration.ts';
import { fileTemplates, substitutedWords } from './templates.ts';

/** Makes a file by a command that runs now. */
export function makeByCommand(
  task: ConfigureTask & { readonly given: { readonly capture: boolean } },
  command: readonly NowWord[],
  depfile: string | undefined,
): void {
  const { call, given, paths, name, absolute } = task;
  const { evaluation } = call;
  const { files } = evaluation.host;
  if (paths.length > 1) call.uses('multiple inputs in configure_file()', '0.52.0');
  const values = new Map(fileTemplates(paths, [absolute]));
  const depfilePath =
    depfile === undefined ? undefined : joinPath(evaluation.buildRoot, 'meson-private', depfile);
  if (depfilePath !== undefined) {
    files.makeDirectory(posix.dirname(depfilePath));
    values.set('@DEPFILE@', depfilePath);
  }
  const words: readonly NowWord[] = substitutedWords<Exclude<NowWord, string>>(
    call,
    command,
    values,
  );
  evaluation.log(`Configuring ${name} with command`);
  const where = { inBuildFolder: true };
  const argv = commandLine(call, words, where);
  const { stdout } = runNow(call, argv, { check: true, capture: true, changes: [], ...where });
  if (given.capture) {
    const encoded = encodeText(stdout, given.encoding);
    if (!encoded.ok) task.call.fail(`Could not write output file ${absolute}: ${encoded.error}`);
    const written = replaceDifferent(files, absolute, encoded.value);
    if (!written.ok) call.fail(`Could not write output file ${absolute}: ${written.error.reason}`);
    const mode = paths[0] === undefined ? undefined : files.stat(paths[0])?.mode;
    if (mode !== undefined) files.setMode(absolute, mode & 0o7777);
  }
  if (depfilePath === undefined) return;
  evaluation.log(`Reading depfile: ${depfilePath}`);
  const text = files.readText(depfilePath);
  if (!text.ok) task.call.fail(`Cannot read ${depfilePath}: ${text.error.reason}`);
  for (const path of prerequisites(text.value).toSorted())
    watchFile(evaluation, joinPath(evaluation.buildRoot, path));
}

/** What a make rule depends on; a backslash before a space belongs to a name. */
function prerequisites(text: string): readonly string[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const rule = /^(?:\\.|[^:\\])*:\s(.*)$/.exec(`${line} `)?.[1] ?? '';
      return (rule.match(/(?:\\.|\S)+/g) ?? []).map((word) => word.replaceAll(/\\(.)/g, '$1'));
    });
}
