import { validateOption } from '../eval/options/validate-option.ts';
import { declaredOptions, isOwnOption } from '../lint/options.ts';
import { builtinOptions } from '../model/builtin-options.ts';
import type { OptionType } from '../model/option.ts';
import { baseOptions } from '../toolchains/base-options.ts';
import type { RewriteCommand } from './command.ts';
import { runKeywordCommand } from './keyword-command.ts';
import type { Work } from './work.ts';

type OptionsCommand = Extract<RewriteCommand, { readonly type: 'default_options' }>;

/** Commands on keywords that give options other defaults, one after the other. */
export function optionSteps(command: OptionsCommand): readonly ((work: Work) => void)[] {
  const names = Object.keys(command.options);
  const forget = names.map((name) => `${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}=.*`);
  const onProject = { type: 'kwargs', function: 'project', id: '/' } as const;
  const remove = (work: Work): void =>
    runKeywordCommand(work, {
      ...onProject,
      operation: 'remove_regex',
      kwargs: { default_options: forget },
    });
  if (command.operation === 'delete') return [remove];
  const add = (work: Work): void => {
    const values = Object.entries(command.options)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, value]) => checked(work, name, value));
    if (values.length === 0) return;
    runKeywordCommand(work, {
      ...onProject,
      operation: 'add',
      kwargs: { default_options: values },
    });
  };
  return [remove, add];
}

/** `name=value`, where the option is known and can have that value. */
function checked(work: Work, name: string, value: unknown): readonly string[] {
  const type = typeOf(work, name);
  if (type === undefined) {
    work.fail(`Unknown options ${name}`);
    return [];
  }
  const given = typeof value === 'boolean' || typeof value === 'number' ? value : String(value);
  if (type === 'any') return [`${name}=${given}`];
  const valid = validateOption({ name, type }, given);
  if (valid.ok)
    return [`${name}=${typeof valid.value === 'boolean' ? capital(valid.value) : valid.value}`];
  work.fail(`Unable to set ${name} ${valid.error}`);
  return [];
}

/** As Python writes it, and so Meson. */
function capital(value: boolean): string {
  return value ? 'True' : 'False';
}

function typeOf({ files }: Work, name: string): OptionType | 'any' | undefined {
  const own = [...builtinOptions, ...baseOptions].find((option) => option.name === name);
  if (own !== undefined) return own.type;
  const isDeclared = declaredOptions(files.optionFile()).some((option) => option.name === name);
  return isDeclared || isOwnOption(name) ? 'any' : undefined;
}
