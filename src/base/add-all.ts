/** Adds items to the end of a list that may be long: a call takes no more than a hundred thousand arguments. */
export function addAll<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
