import { bool, orNothing, str } from '../../argument-type.ts';
import { builtin, keyword, positional, requiredKeyword } from '../../declare.ts';
import { nonEmptyListOf, type SourceInput, sourceInput } from '../../targets/argument-types.ts';
import { dependsOf } from '../../targets/command/command-words.ts';
import { dependFiles, depends } from '../../targets/keywords/command.ts';
import { install, installDir } from '../../targets/keywords/install.ts';
import { filesOf, itemsOf } from '../../targets/sources.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { extraArgs } from './keywords.ts';
import { glibIs, gnomeWord } from './tool.ts';

const switches = ['internal', 'nostdinc', 'skip_source', 'stdinc', 'valist_marshallers'] as const;
const flag = (doc: string) => keyword(bool, false, doc);

export const gnomeGenmarshal = builtin({
  name: 'genmarshal',
  label: 'gnome.genmarshal',
  doc: 'Source and header of marshallers of signals, made by glib-genmarshal.',
  positional: [positional('name', str, 'Base of their names.')],
  keywords: {
    depend_files: { ...dependFiles, since: '0.61.0' },
    depends: { ...depends, since: '0.61.0' },
    install_header: install,
    install_dir: installDir,
    extra_args: extraArgs,
    internal: flag('Not for users of the library.'),
    nostdinc: flag("Without GLib's own marshallers."),
    prefix: keyword(orNothing(str), undefined, 'What the names of the functions begin with.'),
    skip_source: flag('Without comments that name places.'),
    sources: requiredKeyword(nonEmptyListOf(sourceInput), 'Lists of marshallers.', {
      sinceValues: [
        {
          feature:
            'of type array[CustomTarget | CustomTargetIndex | GeneratedList] that cannot be empty',
          since: '1.12.0',
          used: (values: readonly SourceInput[]) =>
            values.some((value) => typeof value === 'object' && !('file' in value)),
        },
      ],
    }),
    stdinc: flag("With GLib's own marshallers."),
    valist_marshallers: flag('Also marshallers of argument lists.'),
  },
  returns: 'array[custom_tgt]',
  run: (call, { positional: [name], keywords: given }) => {
    const words = [
      '--quiet',
      ...(given.prefix ? ['--prefix', given.prefix] : []),
      ...given.extra_args,
      ...switches.filter((one) => given[one]).map((one) => `--${one.replace('_', '-')}`),
    ];
    const writes = glibIs(call, '>= 2.51.0');
    const tool = gnomeWord(call, 'glib-genmarshal');
    const inputs = itemsOf(call, given.sources);
    const common = {
      inputs,
      capture: !writes,
      dependFiles: filesOf(call, given.depend_files),
    };
    const output = writes ? ['--output', '@OUTPUT@'] : [];
    const pragma = glibIs(call, '>= 2.53.3') ? ['--pragma-once'] : [];
    const header = moduleTarget(call, {
      ...common,
      name: `${name}_h`,
      outputs: [`${name}.h`],
      command: [tool, ...textWords([...words, ...output, '--header', '@INPUT@', ...pragma])],
      depends: dependsOf(given.depends),
      install: given.install_header
        ? { directories: [given.install_dir], mode: undefined, tags: ['devel'] }
        : undefined,
      description: 'Generating glib marshaller header ',
    });
    // Compilers warn of functions without a prototype.
    const includes = glibIs(call, '>= 2.53.4') ? ['--include-header', `${name}.h`] : [];
    const body = moduleTarget(call, {
      ...common,
      name: `${name}_c`,
      outputs: [`${name}.c`],
      command: [tool, ...textWords([...words, ...output, '--body', '@INPUT@', ...includes])],
      depends: [...dependsOf(given.depends), header.target],
      description: 'Generating glib marshaller source ',
    });
    return [body, header];
  },
});
