import { complaints, isSummary } from './joint.ts';

/** What a linker misses, in the words of GNU's and LLVM's; undefined when it, or the compiler, says anything else. */
export function undefinedNames(stderr: string): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const line of complaints(stderr)) {
    if (isSummary(line)) continue;
    const [, gnu, llvm] =
      /: undefined reference to [`'](\w+)'$|error: undefined symbol: (\w+)$/.exec(line) ?? [];
    const more = /more undefined references to [`'](\w+)' follow$/.exec(line)?.[1];
    const name = gnu ?? llvm ?? more;
    if (name === undefined) return undefined;
    names.add(name);
  }
  return names.size === 0 ? undefined : names;
}
