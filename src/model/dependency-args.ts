import type { Dependency } from './dependency.ts';

/** A dependency's compile arguments, with its include folders as `include_type` says. */
export function compileArgsOf({
  compileArgs,
  includeType,
}: Pick<Dependency, 'compileArgs' | 'includeType'>): readonly string[] {
  if (includeType === 'system')
    return compileArgs.map((arg) => arg.replace(/^-I(?=.)/, '-isystem'));
  if (includeType === 'non-system')
    return compileArgs.map((arg) => arg.replace(/^-isystem=?(?=.)/, '-I'));
  return compileArgs;
}
