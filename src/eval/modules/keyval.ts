import { object, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, type Module, positional } from '../declare.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import { absolutePath, joinPath, normalPath } from '../paths.ts';
import { readWatched } from '../watch-file.ts';

/** Meson's module `keyval`: files of `NAME=value` lines, as Kconfig writes them. */
export const keyvalModule: Module = {
  name: 'keyval',
  doc: 'Reads files of NAME=value lines, such as Kconfig makes.',
  since: '0.55.0',
  unstable: true,
  stabilized: '0.56.0',
  functions: [
    builtin({
      name: 'load',
      doc: 'The names and values of a file, as a dictionary of strings.',
      positional: [
        positional(
          'file',
          oneOf<string | FileObject>(str, object(fileType)),
          'The file; a string is relative to the top source directory.',
        ),
      ],
      returns: 'dict[str]',
      run: (call, { positional: [file] }) => parseKeyval(readConfig(call, file)),
    }),
  ],
};

function readConfig(call: Call, file: string | FileObject): string {
  const { evaluation } = call;
  const path =
    typeof file === 'string'
      ? normalPath(joinPath(evaluation.sourceRoot, file))
      : absolutePath(evaluation, file.file);
  const isWatched = typeof file === 'string' || file.file.tree === 'source';
  const text = isWatched ? readWatched(evaluation, path) : evaluation.host.files.readText(path);
  if (!text.ok) return call.fail(`Failed to load ${path}: ${text.error.reason}`);
  return text.value;
}

/** Lines without `=` mean nothing; a `#` ends a line. */
function parseKeyval(text: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const line of text.split('\n')) {
    const content = line.replace(/#.*/s, '');
    const at = content.indexOf('=');
    if (at !== -1) result.set(content.slice(0, at).trim(), content.slice(at + 1).trim());
  }
  return result;
}
