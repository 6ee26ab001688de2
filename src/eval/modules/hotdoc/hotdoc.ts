import { versionMatches } from '../../../base/version.ts';
import { str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import {
  atLeastOne,
  builtin,
  type MethodTable,
  type Module,
  methodOf,
  positional,
} from '../../declare.ts';
import { moduleType } from '../../objects/module.ts';
import type { TargetObject } from '../../objects/target.ts';
import { programVersion } from '../../programs/program-version.ts';
import { searchProgram } from '../../programs/search-program.ts';
import { hotdocKeywords, hotdocTargetType } from './keywords.ts';
import { hotdocs, hotdocTarget } from './target.ts';

const hasExtensions = builtin({
  name: 'has_extensions',
  label: 'hotdoc.has_extensions',
  doc: 'Whether hotdoc has all of some extensions.',
  rest: atLeastOne('names', str, 'Their names.'),
  returns: 'bool',
  run: (call, { rest: names }) =>
    start(
      call,
      names.map((name) => `--has-extension=${name}`),
    ),
});

const generateDoc = builtin({
  name: 'generate_doc',
  label: 'hotdoc.generate_doc',
  doc: 'A manual by hotdoc.',
  positional: [positional('name', str, 'Name of the project that it is about.')],
  keywords: hotdocKeywords,
  // Any option of hotdoc's is a keyword.
  anyKeywords: true,
  returns: 'hotdoc_target',
  run: (call, { positional: [name], keywords }) => {
    if (keywords.dependencies.some((one) => !('dependency' in one) && isCustom(call, one)))
      call.usesDeprecated(
        'hotdoc.generate_doc dependencies argument with custom_target',
        '0.64.1',
        'use `depends`',
      );
    return hotdocTarget(
      call,
      { name, given: keywords },
      {
        command: hotdocOf(call) ?? [],
        start: (words, folder) => start(call, words, folder),
      },
    );
  },
});

function isCustom({ evaluation }: Call, { target }: Pick<TargetObject, 'target'>): boolean {
  return evaluation.tables.targets.get(target).kind === 'custom';
}

function start(call: Call, words: readonly string[], folder?: string): boolean {
  const { processes, system } = call.evaluation.host;
  const { ended } = processes.run({
    argv: [...(hotdocOf(call) ?? []), ...words],
    workingDirectory: folder ?? system.workingDirectory,
    environment: system.environment,
  });
  return ended.kind === 'exited' && ended.code === 0;
}

function hotdocOf({ evaluation }: Call): readonly string[] | undefined {
  return searchProgram(evaluation.host, 'hotdoc', []);
}

/** Meson's module `hotdoc`. */
export const hotdocModule: Module = {
  name: 'hotdoc',
  doc: 'Manuals by hotdoc.',
  since: '0.48.0',
  functions: [hasExtensions, generateDoc],
  object: (call) => {
    const command = hotdocOf(call);
    if (command === undefined) return call.fail('hotdoc executable not found');
    call.evaluation.log(`Program hotdoc found: YES (${command.join(' ')})`);
    if (!versionMatches(programVersion(call, command, '--version'), '>=0.8.100'))
      call.fail('hotdoc 0.8.100 required but not found.)');
    return { type: moduleType, name: 'hotdoc', module: hotdocModule };
  },
};

const method = methodOf<TargetObject>();

export const hotdocTargetMethods: MethodTable = {
  type: hotdocTargetType,
  doc: 'A manual: `hotdoc.generate_doc()`.',
  methods: [
    method({
      name: 'config_path',
      doc: "The path of hotdoc's configuration.",
      returns: 'str',
      run: ({ evaluation }, { target }) => hotdocs(evaluation).get(target)?.configuration ?? '',
    }),
  ],
};
