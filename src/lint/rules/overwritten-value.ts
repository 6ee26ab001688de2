import type { Rule } from '../rule.ts';
import type { Write } from '../scan.ts';
import { doesNothing } from '../value-effects.ts';

export const overwrittenValue: Rule = {
  name: 'overwritten-value',
  doc: 'A variable gets a value, and another before anything asked for the first.',
  severity: 'warning',
  looksEverywhere: true,
  check: ({ scan, mayBeAskedFor }, report) => {
    // Values that nothing has asked for yet.
    const pending = new Map<string, Write>();
    for (const event of scan.events) {
      if (event.kind === 'read') pending.delete(event.name);
      else if (event.kind !== 'write') {
        // Where a block may end early, the value may be wanted behind it.
        if (event.kind === 'exit' || event.kind === 'loop-end') pending.clear();
      } else {
        const before = pending.get(event.name);
        if (before !== undefined && before.block === event.block && event.how === 'assign') {
          const message = `The value of "${event.name}" is overwritten before it is used.`;
          const { file, span } = event;
          const related = [{ place: { source: file.source, span }, message: 'overwritten here' }];
          report({ file: before.file, span: before.span, message, related });
        }
        const isIdle = event.how === 'assign' && doesNothing(event.value);
        if (isIdle && !mayBeAskedFor(event.name)) pending.set(event.name, event);
        else pending.delete(event.name);
      }
    }
  },
};
