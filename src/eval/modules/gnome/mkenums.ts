import { stem } from '../../../model/name-templates.ts';
import { listOf, orNothing, str } from '../../argument-type.ts';
import { builtin, keyword, positional, requiredKeyword } from '../../declare.ts';
import { sourceInput, strOrFile } from '../../targets/argument-types.ts';
import { dependsOf } from '../../targets/command/command-words.ts';
import { depends } from '../../targets/keywords/command.ts';
import { itemsOf } from '../../targets/sources.ts';
import { enumKeywords, enumTarget } from './enum-target.ts';

const text = (doc: string) => keyword(orNothing(str), undefined, doc);
const template = keyword(orNothing(strOrFile), undefined, 'Template of the file.');

/** Keywords that are options of the tool. */
const toolOptions = [
  ...(['comments', 'eprod', 'fhead', 'fprod', 'ftail'] as const),
  ...(['identifier_prefix', 'symbol_prefix', 'vhead', 'vprod', 'vtail'] as const),
];

export const gnomeMkenums = builtin({
  name: 'mkenums',
  label: 'gnome.mkenums',
  doc: 'Types of enums, made by glib-mkenums after templates.',
  positional: [positional('name', str, 'Name of the file where there is no template.')],
  keywords: {
    ...enumKeywords,
    depends,
    sources: requiredKeyword(listOf(sourceInput), 'Headers with the enums.'),
    c_template: template,
    h_template: template,
    comments: text('How comments look.'),
    eprod: text('Put out for each enum.'),
    fhead: text('Put out first.'),
    fprod: text('Put out for each input.'),
    ftail: text('Put out last.'),
    vhead: text('Put out before the values of an enum.'),
    vprod: text('Put out for each value.'),
    vtail: text('Put out after the values of an enum.'),
  },
  returns: 'custom_tgt | array[custom_tgt]',
  run: (call, { positional: [name], keywords: given }) => {
    const words = toolOptions.flatMap((option) => {
      const value = given[option];
      return value ? [`--${option.replace('_', '-')}`, value] : [];
    });
    const sources = itemsOf(call, given.sources);
    const needed = dependsOf(given.depends);
    const header = { install: given.install_header, directory: given.install_dir };
    if (given.h_template === undefined && given.c_template === undefined)
      return enumTarget(call, {
        output: name,
        inputs: sources,
        words: [...words, '@INPUT@'],
        depends: needed,
        ...header,
      });
    // The template is the first input: `--template` takes it.
    const after = (file: NonNullable<typeof given.c_template>) => ({
      output: stem(typeof file === 'string' ? file : file.file.path),
      inputs: [...itemsOf(call, [file]), ...sources],
      words: [...words, '--template', '@INPUT@'],
    });
    const made =
      given.h_template === undefined
        ? undefined
        : enumTarget(call, { ...after(given.h_template), depends: needed, ...header });
    const headers = made === undefined ? [] : [made];
    if (given.c_template === undefined) return headers;
    const body = enumTarget(call, {
      ...after(given.c_template),
      depends: [...needed, ...headers.map(({ target }) => target)],
    });
    return [body, ...headers];
  },
});
