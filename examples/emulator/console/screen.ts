/** What the guest printed, as a person should see it. */

const maxLines = 1000;

export class Screen {
  #lines: string[] = [''];
  #column = 0;

  /** Takes what the guest prints: text, newlines, carriage returns, backspaces. */
  write(text: string): void {
    for (const character of text) this.#put(character);
  }

  get text(): string {
    return this.#lines.join('\n');
  }

  #put(character: string): void {
    if (character === '\n') this.#newLine();
    else if (character === '\r') this.#column = 0;
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character >= ' ' || character === '\t') this.#print(character);
  }

  #newLine(): void {
    this.#lines.push('');
    this.#column = 0;
    if (this.#lines.length > maxLines) this.#lines.shift();
  }

  #print(character: string): void {
    const line = this.#lines.at(-1) ?? '';
    const after = line.slice(this.#column + 1);
    this.#lines[this.#lines.length - 1] = line.slice(0, this.#column) + character + after;
    this.#column++;
  }
}
