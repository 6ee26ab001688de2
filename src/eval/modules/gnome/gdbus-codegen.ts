import { posix } from 'node:path';
import type { CommandWord } from '../../../model/target.ts';
import {
  type ArgumentType,
  bool,
  exactListOf,
  listOf,
  mismatch,
  oneOf,
  oneOfWords,
  orNothing,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, type KeywordValues, keyword, optional, positional } from '../../declare.ts';
import type { TargetObject } from '../../objects/target.ts';
import { sourceInput } from '../../targets/argument-types.ts';
import { installDir } from '../../targets/keywords/install.ts';
import { itemsOf } from '../../targets/sources.ts';
import { force, isList, type Value } from '../../value.ts';
import { fileNameOf, moduleTarget, textWords } from '../module-target.ts';
import { buildByDefault, extraArgs, headerInstall } from './keywords.ts';
import { glibIs, gnomeWord } from './tool.ts';

const text = (doc: string) => keyword(orNothing(str), undefined, doc);

type Annotation = string | readonly string[];

/** One annotation of three strings, or a list of such. */
const annotationList: ArgumentType<readonly Annotation[]> = {
  names: ['array[list | str]'],
  listifies: true,
  read: (value: Value) => {
    const known = force(value);
    const items = isList(known) ? known : [known];
    const one = oneOf<Annotation>(str, exactListOf(str));
    const read = items.map((item) => one.read(item));
    return read.includes(mismatch) ? mismatch : (read as readonly Annotation[]); // none is left
  },
};

const keywords = {
  build_by_default: { ...buildByDefault, since: '0.40.0' },
  sources: keyword(listOf(sourceInput), [], 'Descriptions of interfaces.', { since: '0.46.0' }),
  extra_args: { ...extraArgs, since: '0.47.0' },
  interface_prefix: text('Left out of the names of interfaces.'),
  namespace: text('What names in C begin with.'),
  object_manager: keyword(bool, false, 'Also code of object managers.'),
  annotations: keyword(annotationList, [], 'Annotations: element, key and value.', {
    check: checkAnnotations,
  }),
  install_header: keyword(bool, false, 'Install the header.', { since: '0.46.0' }),
  docbook: text('Also DocBook, in files whose names begin so.'),
  rst: { ...text('Also reStructuredText.'), since: '1.9.0' },
  markdown: { ...text('Also Markdown.'), since: '1.9.0' },
  autocleanup: keyword(str, 'default', 'Which types are cleaned up by themselves.', {
    since: '0.47.0',
    check: oneOfWords(['all', 'none', 'objects']),
  }),
  install_dir: { ...installDir, since: '0.46.0' },
};

export const gnomeGdbusCodegen = builtin({
  name: 'gdbus_codegen',
  label: 'gnome.gdbus_codegen',
  doc: 'Code of D-Bus interfaces, made by gdbus-codegen.',
  positional: [
    positional('name', str, 'Base of the names of the files.'),
    optional('source', sourceInput, 'A description of interfaces.'),
  ],
  keywords,
  returns: 'array[custom_tgt]',
  run: (call, { positional: [name, first], keywords: given }) => {
    const inputs = itemsOf(call, [...(first === undefined ? [] : [first]), ...given.sources]);
    const tool = gnomeWord(call, 'gdbus-codegen');
    const words = toolWords(call, given);
    const make = (
      output: string,
      more: { readonly words: readonly string[]; readonly outputs: readonly string[] } & Partial<
        Parameters<typeof moduleTarget>[1]
      >,
    ): TargetObject => {
      const { words: last, ...rest } = more;
      const command: readonly CommandWord[] = [tool, ...textWords([...words, ...last, '@INPUT@'])];
      return moduleTarget(call, {
        buildByDefault: given.build_by_default,
        ...rest,
        name: output,
        inputs,
        command,
      });
    };
    const separate = glibIs(call, '>= 2.56.2');
    const both = ['--output-directory', '@OUTDIR@', '--generate-c-code', name];
    const body = make(`${name}.c`, {
      words: separate ? ['--body', '--output', '@OUTPUT@'] : both,
      outputs: [`${name}.c`],
      description: 'Generating gdbus source ',
    });
    const header = make(`${name}.h`, {
      words: separate ? ['--header', '--output', '@OUTPUT@'] : both,
      outputs: [`${name}.h`],
      depends: separate ? [] : [body.target],
      install: headerInstall(call, { install: given.install_header, directory: given.install_dir }),
      description: 'Generating gdbus header ',
    });
    const files = inputs.map((item) => posix.basename(fileNameOf(call, item)));
    const documents = documentsOf(given).map(({ kind, option, base, what }) =>
      make(`${name}-${kind}`, {
        words: ['--output-directory', '@OUTDIR@', option, base],
        outputs: files.map((file) => `${base}-${file}`),
        description: `Generating gdbus ${what} `,
      }),
    );
    return [body, header, ...documents];
  },
});

function toolWords(call: Call, given: KeywordValues<typeof keywords>): readonly string[] {
  const cleanup = given.autocleanup === 'default' ? 'all' : given.autocleanup;
  if (!glibIs(call, '>= 2.49.1') && given.autocleanup !== 'default')
    call.warn("GLib is too old to support the 'autocleanup' kwarg, need 2.49.1 or newer");
  const annotations = given.annotations.every((one) => typeof one === 'string')
    ? [given.annotations]
    : given.annotations;
  return [
    ...given.extra_args,
    ...(glibIs(call, '>= 2.49.1') ? ['--c-generate-autocleanup', cleanup] : []),
    ...(given.interface_prefix === undefined ? [] : ['--interface-prefix', given.interface_prefix]),
    ...(given.namespace === undefined ? [] : ['--c-namespace', given.namespace]),
    ...(given.object_manager ? ['--c-generate-object-manager'] : []),
    ...annotations.flatMap((one) => (one.length === 0 ? [] : ['--annotate', ...one])),
  ];
}

function documentsOf(given: KeywordValues<typeof keywords>) {
  const document = (
    kind: 'docbook' | 'rst' | 'markdown',
    option: string,
    what: string,
  ): readonly { kind: string; option: string; base: string; what: string }[] => {
    const base = given[kind];
    return base === undefined ? [] : [{ kind, option, base, what }];
  };
  return [
    ...document('docbook', '--generate-docbook', 'docbook'),
    ...document('rst', '--generate-rst', 'reStructuredText'),
    ...document('markdown', '--generate-md', 'markdown'),
  ];
}

function checkAnnotations(values: readonly Annotation[]): string | undefined {
  const wrong = 'must be made up of 3 strings for ELEMENT, KEY, and VALUE';
  if (values.length === 0) return undefined;
  if (values.every((one) => typeof one === 'string'))
    return values.length === 3 ? undefined : wrong;
  for (const [at, one] of values.entries())
    if (typeof one === 'string') return `element ${at + 1} must be a list`;
  const bad = values.findIndex((one) => one.length !== 3);
  return bad === -1 ? undefined : `element ${bad + 1} ${wrong}`;
}
