/** What a text in JSON says, or undefined where it is none: what a program printed, what a crash left. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
