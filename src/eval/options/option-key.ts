import type { OptionKey } from '../../model/option.ts';

/** An option's name as people write it: `name`, `sub:name`, `build.name`, `sub:build.name`. */
export function parseOptionKey(text: string): OptionKey {
  const parts = text.split(':');
  const [subproject, rest] = parts.length === 2 ? [parts[0], parts[1] ?? ''] : [undefined, text];
  if (rest.startsWith('build.'))
    return { name: rest.slice('build.'.length), subproject, machine: 'build' };
  return { name: rest, subproject, machine: 'host' };
}

/** The reverse of `parseOptionKey`. */
export function showOptionKey({ name, subproject, machine }: OptionKey): string {
  const full = machine === 'build' ? `build.${name}` : name;
  return subproject === undefined ? full : `${subproject}:${full}`;
}

/** A key as tables hold it. */
export function keyText({ name, subproject, machine }: OptionKey): string {
  return `${machine}\0${subproject ?? '\0'}\0${name}`;
}

/** Options as they were given, in order: later ones of the same key replace earlier ones in their place. */
export class GivenOptions {
  readonly #entries = new Map<string, { readonly key: OptionKey; readonly value: GivenValue }>();

  constructor(entries: Iterable<readonly [OptionKey, GivenValue]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  set(key: OptionKey, value: GivenValue): void {
    this.#entries.set(keyText(key), { key, value });
  }

  get(key: OptionKey): GivenValue | undefined {
    return this.#entries.get(keyText(key))?.value;
  }

  delete(key: OptionKey): void {
    this.#entries.delete(keyText(key));
  }

  *[Symbol.iterator](): Iterator<readonly [OptionKey, GivenValue]> {
    for (const { key, value } of this.#entries.values()) yield [key, value];
  }
}

/** A value before its option's type has looked at it: text from a command line, or a value of a file. */
export type GivenValue = string | number | bigint | boolean | readonly string[];
