const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const narrow = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** The text, cut with `…` in its middle so that it takes at most so many columns. Without colours. */
export function fitted(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const characters = [...text];
  const widths = characters.map(widthOf);
  let start = 0;
  let end = characters.length;
  let used = 1;
  // Ends of paths tell more than their middles: both sides keep about half.
  for (let fromStart = true; start < end; fromStart = !fromStart) {
    const width = (fromStart ? widths[start] : widths[end - 1]) ?? 0;
    if (used + width > columns) break;
    used += width;
    if (fromStart) start++;
    else end--;
  }
  return `${characters.slice(0, start).join('')}…${characters.slice(end).join('')}`;
}

/** How many columns a text takes on a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

function widthOf(character: string): number {
  if (narrow.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
