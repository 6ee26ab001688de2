/** What a record holds under a name that may be any text: `constructor` and `toString` are no entries. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
