import { basename } from 'node:path/posix';

/** Fills in `@BASENAME@` and `@PLAINNAME@` of an input: how outputs that are made of it are named. */
export function replaceNames(text: string, input: string): string {
  const name = basename(input);
  return text.replaceAll('@BASENAME@', stem(name)).replaceAll('@PLAINNAME@', name);
}

/** A file's name without folder and last suffix; a dot in front is no suffix. */
export function stem(path: string): string {
  return basename(path).replace(/(?<=[^.].*)\.[^.]*$/, '');
}
