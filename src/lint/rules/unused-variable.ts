import type { Rule } from '../rule.ts';
import { doesNothing } from '../value-effects.ts';

export const unusedVariable: Rule = {
  name: 'unused-variable',
  doc: 'A variable gets a value that nothing asks for.',
  severity: 'warning',
  looksEverywhere: true,
  check: ({ scan, writes, reads, mayBeAskedFor }, report) => {
    if (scan.unsure) return;
    for (const [name, all] of writes) {
      const own = reads.get(name) ?? [];
      // `x += …` asks for x only to make another x.
      const isRead = own.some(
        ({ span }) => !all.some((write) => write.span.start === span.start && write.how === 'plus'),
      );
      if (isRead || name.startsWith('_') || mayBeAskedFor(name)) continue;
      // What does something is made for its own sake, or for projects that have this one as a subproject.
      if (all.some(({ how, value }) => how === 'foreach' || !doesNothing(value))) continue;
      const [first] = all;
      if (first === undefined) continue;
      report({ ...first, message: `Variable "${name}" is never used.` });
    }
  },
};
