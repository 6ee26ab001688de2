import type { Call } from '../../call.ts';
import { joinPath } from '../../paths.ts';
import { readWatched } from '../../watch-file.ts';

/** The languages that the file LINGUAS of a folder names. */
export function linguas({ evaluation }: Call, folder: string): readonly string[] {
  const path = joinPath(folder, 'LINGUAS');
  const text = readWatched(evaluation, path);
  if (!text.ok) {
    evaluation.log(`Could not find file LINGUAS in ${folder}`);
    return [];
  }
  return namesOf(text.value);
}

/** Names between blanks; lines that begin with `#` are comments. */
function namesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => line.split(/\s+/));
}
