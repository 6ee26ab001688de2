import { parseJsonObject } from '../../base/parse-json.ts';

/** A diagnostic of rustc's, as far as we look into it. */
export interface RustcDiagnostic {
  readonly rendered: string;
  readonly level: string;
  readonly message: string;
  readonly code: { readonly code: string } | null;
  readonly spans: readonly {
    readonly file_name: string;
    readonly line_start: number;
    readonly column_start: number;
    readonly is_primary: boolean;
    readonly label: string | null;
  }[];
}

/** Those in lines of JSON. What is none, or was cut off with the compiler, is left out. */
export function rustcDiagnostics(lines: string): readonly RustcDiagnostic[] {
  return lines.split('\n').flatMap((line) => {
    const read = line.startsWith('{') ? parseJsonObject(line) : undefined;
    const { rendered, message } = read ?? {};
    if (typeof rendered !== 'string' || typeof message !== 'string') return [];
    return [read as unknown as RustcDiagnostic]; // rustc writes all fields of a diagnostic, or none
  });
}

/** Whether one says no more than how many others there are. */
export function isCount({ message }: RustcDiagnostic): boolean {
  return message.startsWith('aborting due to') || countsWarnings({ message });
}

/** Whether it is rustc's last line, which counts the others. */
export function countsWarnings({ message }: Pick<RustcDiagnostic, 'message'>): boolean {
  return /^\d+ warnings? emitted$/.test(message);
}
