import type { Files } from '../../host/host.ts';
import type { CrateFacts } from '../../model/planned-target.ts';

/** What a crate's build script has said. */
export interface SaidByScript {
  readonly cfgs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What a crate's build script said when it ran last; nothing before it ever ran. */
export function saidByScript(
  files: Files,
  { said }: Pick<CrateFacts, 'said'>,
): SaidByScript | undefined {
  if (said === undefined) return undefined;
  const args = files.readText(said.args);
  const variables = files.readText(said.variables);
  if (!args.ok || !variables.ok) return undefined;
  const words = args.value.split('\n');
  return {
    cfgs: words.filter((_word, at) => words[at - 1] === '--cfg'),
    environment: Object.fromEntries(
      [...variables.value.matchAll(/^export (\w+)='((?:[^']|'\\'')*)'$/gm)].map(
        ([, name = '', value = '']) => [name, value.replaceAll("'\\''", "'")],
      ),
    ),
  };
}
