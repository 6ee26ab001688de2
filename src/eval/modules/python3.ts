import { str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, type Module, positional } from '../declare.ts';
import { buildTargetObject } from '../functions/targets/build-targets.ts';
import type { PythonFacts } from '../objects/python.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { commandProgram } from '../programs/find-program.ts';
import { python } from '../programs/search-program.ts';
import { moduleKeywords, sourceArguments } from '../targets/keywords/build-target.ts';
import { pythonFacts } from './python/facts.ts';

const { name_prefix: _prefix, name_suffix: _suffix, ...keywords } = moduleKeywords;

/** The suffix of Python modules on systems where it differs from that of shared modules. */
const suffixes: Readonly<Record<string, string>> = { darwin: 'so', windows: 'pyd' };

/** Meson's module `python3`: what there was before `python`. */
export const python3Module: Module = {
  name: 'python3',
  doc: 'Python 3 and modules for it; `python` does more.',
  since: '0.38.0',
  deprecated: { since: '0.48.0' },
  functions: [
    builtin({
      name: 'find_python',
      label: 'python3.find_python',
      doc: 'Python 3 of the machine.',
      returns: 'external_program',
      run: (call) => commandProgram(call, 'python3', commandOf(call)),
    }),
    builtin({
      name: 'extension_module',
      label: 'python3.extension_module',
      doc: 'A module that is compiled.',
      positional: [positional('name', str, 'Its name.')],
      rest: sourceArguments,
      keywords,
      returns: 'build_tgt',
      run: (call, { positional: [name], rest: sources, keywords: given }) =>
        buildTargetObject(call, {
          type: 'shared-module',
          name,
          sources,
          keywords: {
            ...given,
            name_prefix: '',
            name_suffix: suffixes[call.evaluation.machines.host.system],
          },
        }),
    }),
    builtin({
      name: 'language_version',
      label: 'python3.language_version',
      doc: 'Version of the language: `3.11`.',
      returns: 'str',
      run: (call) => factsOf(call).version,
    }),
    builtin({
      name: 'sysconfig_path',
      label: 'python3.sysconfig_path',
      doc: 'A path as sysconfig tells it, without the prefix.',
      positional: [positional('name', str, 'Its name.')],
      returns: 'str',
      run: (call, { positional: [name] }) => {
        const { bareSysconfigPaths: paths } = factsOf(call);
        const names = [...paths.keys()].map((one) => `'${one}'`).join(', ');
        const path = paths.get(name) ?? call.fail(`${name} is not a valid path name (${names}).`);
        return path.slice(1);
      },
    }),
  ],
};

function commandOf({ evaluation }: Call): readonly string[] {
  return evaluation.configs.host.binaries.get('python3') ?? python(evaluation.host);
}

const known = perEvaluation((): { facts?: PythonFacts } => ({}));

function factsOf(call: Call): PythonFacts {
  const state = known(call.evaluation);
  state.facts ??= pythonFacts(call, commandOf(call)) ?? call.fail('python3 not found');
  return state.facts;
}
