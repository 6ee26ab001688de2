import type { Diagnostic } from '../../diag/diagnostic.ts';
import { renderDiagnostic } from '../../diag/render.ts';
import type { Listener } from '../../events/event.ts';
import { jsonReporter } from '../../events/json-reporter.ts';
import type { Session } from '../session.ts';
import { shownDiagnostic } from '../terminal/terminal.ts';

/** One thing that was said. */
export type Said =
  | { readonly kind: 'line' | 'detail'; readonly text: string }
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic; readonly prefix: string };

/** What setup says: to people as it comes, and whole to meson-logs/meson-log.txt. */
export class SetupLog {
  readonly #session: Session;
  readonly #lines: string[] = [];
  readonly #json: Listener;
  readonly #said: Said[] = [];

  constructor(session: Session) {
    this.#session = session;
    this.#json = jsonReporter((text) => session.terminal.write(text));
  }

  /** All that was said so far. */
  get said(): readonly Said[] {
    return this.#said;
  }

  /** Says again what another log has. */
  say(said: Said): void {
    if (said.kind === 'diagnostic') this.diagnostic(said.diagnostic, said.prefix);
    else this[said.kind](said.text);
  }

  line(text: string): void {
    this.#said.push({ kind: 'line', text });
    this.#lines.push(text);
    if (this.#session.json) this.#json({ kind: 'message', text });
    else this.#session.terminal.print(text);
  }

  /** For the file alone. */
  detail(text: string): void {
    this.#said.push({ kind: 'detail', text });
    this.#lines.push(text);
  }

  diagnostic(diagnostic: Diagnostic, prefix = ''): void {
    this.#said.push({ kind: 'diagnostic', diagnostic, prefix });
    const { terminal, json } = this.#session;
    this.#lines.push(prefixed(prefix, diagnostic, renderDiagnostic(diagnostic)));
    if (json) this.#json({ kind: 'diagnostic', diagnostic });
    else terminal.print(prefixed(prefix, diagnostic, shownDiagnostic(diagnostic, terminal)));
  }

  write(buildRoot: string): void {
    const { files } = this.#session.host;
    const folder = `${buildRoot}/meson-logs`;
    files.makeDirectory(folder);
    files.replace(`${folder}/meson-log.txt`, `${this.#lines.join('\n')}\n`);
  }
}

/** All lines of a subproject's diagnostic begin with its name; the code that an error shows keeps its columns. */
function prefixed(prefix: string, { severity }: Diagnostic, text: string): string {
  if (prefix === '' || severity === 'error') return prefix + text;
  return text
    .split('\n')
    .map((line) => prefix + line.trim())
    .join('\n');
}
