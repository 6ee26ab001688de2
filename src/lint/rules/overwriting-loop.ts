import type { Rule } from '../rule.ts';
import type { Write } from '../scan.ts';

export const overwritingLoop: Rule = {
  name: 'overwriting-loop',
  doc: 'A loop takes a variable of that name, whose value is asked for behind the loop.',
  severity: 'warning',
  check: ({ scan }, report) => {
    const assigned = new Map<string, Write>();
    /** Loops that took a name which had a value. */
    const taken = new Map<
      string,
      { readonly loop: Write; readonly before: Write; over: boolean }
    >();
    for (const event of scan.events) {
      if (event.kind === 'write') {
        const before = assigned.get(event.name);
        taken.delete(event.name);
        if (event.how !== 'foreach') assigned.set(event.name, event);
        else if (before !== undefined) {
          assigned.delete(event.name);
          taken.set(event.name, { loop: event, before, over: false });
        }
      } else if (event.kind === 'loop-end') {
        for (const { name } of event.loop.names) {
          const found = taken.get(name);
          if (found?.loop.block === event.loop.body) found.over = true;
        }
      } else if (event.kind === 'read') {
        const found = taken.get(event.name);
        if (found?.over !== true) continue;
        taken.delete(event.name);
        const { loop, before } = found;
        const at = (message: string, { file, span }: Pick<Write, 'file' | 'span'>) => ({
          place: { source: file.source, span },
          message,
        });
        report({
          file: loop.file,
          span: loop.span,
          message: `This loop overwrites "${event.name}", which is used behind it.`,
          related: [at('its value was given here', before), at('it is used here', event)],
        });
      }
    }
  },
};
