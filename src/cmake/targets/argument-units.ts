/** Flags whose value is the word behind them. */
const takesValue = new Set([
  ...['-include', '-imacros', '-isystem', '-iquote', '-idirafter', '-iprefix', '-isysroot'],
  ...['-Xclang', '-Xpreprocessor', '-Xassembler', '-mllvm', '--param', '-arch', '-framework'],
  ...['-I', '-D', '-U', '-x', '-target', '--sysroot'],
]);

/** Arguments as what belongs together: a flag with the word behind it, where it takes one. */
export function argumentUnits(args: readonly string[]): readonly (readonly string[])[] {
  const units: string[][] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const value = args[at + 1];
    if (takesValue.has(arg) && value !== undefined) {
      units.push([arg, value]);
      at++;
    } else units.push([arg]);
  }
  return units;
}

/** Adds arguments that are not there yet, flags with their values. */
export function addedArguments(
  known: readonly string[],
  more: readonly string[],
): readonly string[] {
  const text = (unit: readonly string[]): string => unit.join('\0');
  const there = new Set(argumentUnits(known).map(text));
  return [
    ...known,
    ...argumentUnits(more)
      .filter((unit) => !there.has(text(unit)))
      .flat(),
  ];
}
