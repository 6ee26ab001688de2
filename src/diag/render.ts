import { codeFrame } from './code-frame.ts';
import { type Diagnostic, placePosition } from './diagnostic.ts';
import { lineText } from './source.ts';

/** What differs between terminals; the default is plain text. */
export interface RenderStyle {
  /** Paints the severity word. */
  readonly severity: (text: string, severity: Diagnostic['severity']) => string;
  /** Paints the frame, hints and related places. */
  readonly dim: (text: string) => string;
}

const plain: RenderStyle = { severity: (text) => text, dim: (text) => text };

const words: Record<Diagnostic['severity'], string> = {
  error: 'ERROR',
  warning: 'WARNING',
  deprecation: 'DEPRECATION',
  notice: 'NOTICE',
};

/**
 * A diagnostic as people read it: Meson's headline (errors `file:line:column: ERROR: …`, all others
 * `file:line: WARNING: …`), then our frame and hints. No newline at the end.
 */
export function renderDiagnostic(diagnostic: Diagnostic, style: RenderStyle = plain): string {
  const { place, severity, message } = diagnostic;
  const word = `${style.severity(words[severity], severity)}: `;
  const lines: string[] = [];
  if (place === undefined) {
    lines.push(word + message);
  } else {
    const { line, column } = placePosition(place);
    const where = severity === 'error' ? `${line}:${column}` : `${line}`;
    lines.push(`${place.source.path}:${where}: ${word}${message}`);
    const frame = codeFrame(place.source, diagnostic.focus ?? place.span);
    if (frame !== '' && severity === 'error') lines.push(style.dim(frame));
  }
  for (const other of diagnostic.related) {
    const { line, column } = placePosition(other.place);
    lines.push(style.dim(`  ${other.place.source.path}:${line}:${column}: ${other.message}`));
  }
  for (const hint of [...diagnostic.hints, ...mergeHint(diagnostic)])
    lines.push(style.dim(`  hint: ${hint}`));
  return lines.join('\n');
}

/** Of what a merge left in a file no language says more than that it cannot read it. */
function mergeHint({ place }: Diagnostic): readonly string[] {
  if (place === undefined) return [];
  const line = lineText(place.source, placePosition(place).line);
  if (!/^(<{7}|>{7})( |$)/.test(line)) return [];
  return ['A merge with conflicts left this line: keep one side, and remove the markers.'];
}
