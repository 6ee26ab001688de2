import { posix } from 'node:path';
import type { Language } from '../../../model/toolchain.ts';
import type { Call } from '../../call.ts';
import { languageArguments } from '../keywords/languages.ts';

/** `c_args` and their like by language; files become their paths as commands name them. */
export function compileArguments(
  call: Call,
  keywords: object,
  half: 'static' | 'shared' | undefined,
): ReadonlyMap<Language, readonly string[]> {
  const { sourceRoot, buildRoot } = call.evaluation;
  const toSource = posix.relative(buildRoot, sourceRoot);
  return new Map(
    [...languageArguments(keywords, half)].map(([language, args]) => [
      language,
      args.map((arg) => {
        if (typeof arg === 'string') return arg;
        const { tree, path } = arg.file;
        return tree === 'build' || path.startsWith('/') ? path : posix.join(toSource, path);
      }),
    ]),
  );
}
