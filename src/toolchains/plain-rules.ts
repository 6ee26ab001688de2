import type { CompileRules } from './rules.ts';

/** A compiler that knows no argument but its own: families of such compilers say only what they have. */
export function plainCompileRules(
  command: readonly string[],
  own: Pick<CompileRules, 'suffixes' | 'objectSuffix' | 'line'> & Partial<CompileRules>,
): CompileRules {
  const none = (): readonly string[] => [];
  return {
    command,
    base: none,
    always: [],
    warnings: none,
    werror: [],
    options: none,
    std: none,
    optimization: none,
    debug: none,
    pic: [],
    pie: [],
    visibility: none,
    include: none,
    threads: [],
    openmp: [],
    noStandardIncludes: [],
    output: (path) => ['-o', path],
    only: [],
    standardInput: undefined,
    check: none,
    preprocessOnly: [],
    preprocessToFile: [],
    depfile: undefined,
    precompiledHeader: undefined,
    takesDependencyArgs: false,
    ...own,
  };
}
