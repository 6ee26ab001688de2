/**
 * A request to a command of kaon's own, as one word. In commands of targets each backslash becomes a slash,
 * so another character stands for it, which no text of a build has.
 */
export function requestWord(request: unknown): string {
  return JSON.stringify(request).replaceAll('\\', mark);
}

/** What such a word asks for: whatever was given. */
export function readRequestWord(word: string): unknown {
  return JSON.parse(word.replaceAll(mark, '\\'));
}

const mark = '\uf8fe';
