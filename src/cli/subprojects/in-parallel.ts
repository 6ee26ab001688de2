/**
 * Does tasks, some at once. Each result is handed on in the order of the tasks, as soon as all before
 * it are there.
 */
export async function inParallel<T>(
  tasks: readonly (() => Promise<T>)[],
  width: number,
  onResult: (result: T, at: number) => void,
): Promise<void> {
  const results = new Map<number, T>();
  let next = 0;
  let handedOn = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < tasks.length; at = next++) {
      const task = tasks[at];
      if (task === undefined) return;
      results.set(at, await task());
      for (let ready = results.get(handedOn); ready !== undefined; ready = results.get(handedOn)) {
        results.delete(handedOn);
        onResult(ready, handedOn++);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, tasks.length) }, worker));
}
