import type { Call } from '../../call.ts';
import { optionOf } from '../../targets/options.ts';

/** What the project and the user say to a language's compiler. */
export function compileArgs(call: Call, languages: readonly string[]): readonly string[] {
  return languages.flatMap((one) => [...projectArgs(call, [one]), ...userArgs(call, [one])]);
}

/** What `add_global_arguments` and `add_project_arguments` say. */
export function projectArgs(call: Call, languages: readonly string[]): readonly string[] {
  const { tables } = call.evaluation;
  const project = tables.projects.get(call.scope.project).args.get('host');
  return languages.flatMap((language) => [
    ...(tables.globalArgs.get('host')?.get(language)?.compile ?? []),
    ...(project?.get(language)?.compile ?? []),
  ]);
}

/** What `CFLAGS` and `c_args` and their like say. */
export function userArgs(call: Call, languages: readonly string[]): readonly string[] {
  return languages.flatMap((language) => textsOption(call, `${language}_args`));
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

/** The value of an option that is a list; none where it is not. */
export function textsOption(call: Call, name: string): readonly string[] {
  const value = optionOf(call, name);
  return Array.isArray(value) ? value.map(String) : [];
}
