import { startLinks } from '../../toolchains/checks/sources.ts';
import { checkerFor, type DependencyContext, type DependencyRequest } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';

/** Frameworks of Apple's systems: the one named, or those in `modules`. */
export function findFramework(name?: string) {
  return (context: DependencyContext, { modules, language }: DependencyRequest): Attempt => {
    const names = name === undefined ? modules : [name];
    if (names.length === 0)
      return {
        kind: 'failed',
        reason: 'AppleFrameworks dependency requires at least one module.',
      };
    const checker = checkerFor(context, language);
    if (checker === undefined) return noCompiler;
    if (checker.family.toolchain.id !== 'clang') return absent;
    const code = 'int main(void) { return 0; }';
    const all = names.map((framework) => ['-framework', framework]);
    const started = all.map((args) =>
      startLinks(checker, { kind: 'code', code }, { args: () => args }),
    );
    if (!started.every(({ finish }) => finish().value)) return absent;
    return found({
      name: name ?? 'appleframeworks',
      type: name === undefined ? 'appleframeworks' : 'extraframeworks',
      machine: context.machine,
      linkArgs: all.flat(),
      ...(name === undefined ? { note: names.join(', ') } : {}),
    });
  };
}
