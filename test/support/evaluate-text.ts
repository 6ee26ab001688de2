import { renderDiagnostic } from '../../src/diag/render.ts';
import { type Evaluated, evaluate } from '../../src/eval/evaluate.ts';
import type { EvaluateInput } from '../../src/eval/input.ts';
import { MemoryHost } from './memory-host.ts';

/** What tests look at: Meson's headlines and lines, in the order they were told. */
export interface EvaluatedText extends Evaluated {
  readonly host: MemoryHost;
  /** What `message()` printed, without `Message: `. */
  readonly messages: readonly string[];
  /** The first line of the error that ended evaluation. */
  readonly error: string | undefined;
  /** First lines of warnings, deprecations and notices. */
  readonly warnings: readonly string[];
  readonly lines: readonly string[];
}

/** Evaluates a project of a few files in memory. A text without `project()` gets one. */
export function evaluateText(
  files: string | Readonly<Record<string, string>>,
  {
    host = new MemoryHost({}),
    ...more
  }: Partial<EvaluateInput> & { readonly host?: MemoryHost } = {},
): EvaluatedText {
  const all = typeof files === 'string' ? { 'meson.build': files } : files;
  for (const [path, text] of Object.entries(all)) host.write(path, text);
  const main = all['meson.build'] ?? '';
  if (!main.includes('project(')) host.write('meson.build', `project('test')\n${main}`);
  const sourceRoot = host.system.workingDirectory;
  const evaluated = evaluate({ host, sourceRoot, buildRoot: '/build', ...more });
  const lines = evaluated.told.flatMap((told) => (told.kind === 'line' ? [told.text] : []));
  const headline = (index: number): string | undefined => {
    const diagnostic = evaluated.diagnostics[index];
    return diagnostic && renderDiagnostic(diagnostic).split('\n')[0];
  };
  const heads = evaluated.diagnostics.map((_one, index) => headline(index) ?? '');
  return {
    ...evaluated,
    host,
    lines,
    messages: lines
      .filter((line) => line.startsWith('Message: '))
      .map((line) => line.slice('Message: '.length)),
    error: heads.find((_head, at) => evaluated.diagnostics[at]?.severity === 'error'),
    warnings: heads.filter((_head, at) => evaluated.diagnostics[at]?.severity !== 'error'),
  };
}

/** What a project without an error prints by `message()`. */
export function messagesOf(text: string): readonly string[] {
  const { error, messages } = evaluateText(text);
  if (error !== undefined) throw new Error(error);
  return messages;
}
