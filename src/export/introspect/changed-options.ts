import type { OptionType, OptionValue } from '../../model/option.ts';

export interface ChangedOption {
  /** `sub:build.name`. */
  readonly name: string;
  readonly value: OptionValue;
  readonly ownValue?: OptionValue;
  readonly section: string;
  readonly description: string;
  readonly choices: readonly string[];
  readonly type: OptionType;
}

interface Row {
  readonly name: string;
  readonly section: string;
}

/** `intro-buildoptions.json` with other values; a project's own options may have come and gone. */
export function changedOptions(
  rows: readonly Row[],
  options: readonly ChangedOption[],
): readonly unknown[] {
  const left = new Map(options.map((option) => [option.name, option]));
  const kept = rows.flatMap((row) => {
    const option = left.get(row.name);
    left.delete(row.name);
    if (option === undefined) return row.section === 'user' ? [] : [row];
    return [{ ...row, value: option.ownValue ?? option.value }];
  });
  const added = [...left.values()].filter(({ section }) => section === 'user').map(newRow);
  return [...kept, ...added];
}

function newRow({ choices, type, ...option }: ChangedOption): unknown {
  return {
    name: option.name,
    value: option.value,
    section: option.section,
    machine: 'any',
    ...(type.kind !== 'boolean' && choices.length > 0 && { choices }),
    type: type.kind === 'feature' ? 'combo' : type.kind,
    description: option.description,
  };
}
