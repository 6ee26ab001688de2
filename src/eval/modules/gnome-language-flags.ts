import type { Call } from '../call.ts';
import { optionOf } from '../targets/options.ts';

/** What the project and the user say to a language's compiler. */
export function compileArgs(call: Call, languages: readonly string[]): readonly string[] {
  const { tables } = call.evaluation;
  const project = tables.projects.get(call.scope.project).args.get('host');
  return languages.flatMap((language) => [
    ...(tables.globalArgs.get('host')?.get(language)?.compile ?? []),
    ...(project?.get(language)?.compile ?? []),
    ...textsOption(call, `${language}_args`),
  ]);
}

const sanitizerLibraries: Readonly<Record<string, string>> = {
  address: '-lasan',
  thread: '-ltsan',
  undefined: '-lubsan',
};

/** Libraries that programs need whose parts watch themselves. */
export function sanitizers(call: Call): readonly string[] {
  return textsOption(call, 'b_sanitize').flatMap((one) => sanitizerLibraries[one] ?? []);
}

export function textsOption(call: Call, name: string): readonly string[] {
  const value = optionOf(call, name);
  return Array.isArray(value) ? value.map(String) : [];
}
