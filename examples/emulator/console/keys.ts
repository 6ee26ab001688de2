/** What a key sends to the guest. */

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const named: Record<string, string> = { Enter: '\r', Backspace: '\x7f', Tab: '\t', Escape: '\x1b' };

/** The characters; `undefined` for a key that is the browser's own business. */
export function charactersOf({ key, ctrlKey, altKey, metaKey }: Key): string | undefined {
  if (altKey || metaKey) return undefined;
  if (ctrlKey) {
    return /^[a-z]$/.test(key) ? String.fromCharCode(key.charCodeAt(0) & 0x1f) : undefined;
  }
  return key.length === 1 ? key : named[key];
}
