import { quoteWords } from '../../../base/shell-words.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import { languageSuffixes } from '../../../toolchains/languages.ts';
import { anything, object, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Method, methodOf, optional, positional } from '../../declare.ts';
import { native } from '../../functions/common-keywords.ts';
import {
  changesOf,
  type EnvironmentGiven,
  environmentGiven,
  methodKeyword,
  separatorKeyword,
} from '../../functions/environment.ts';
import { toolchainOf } from '../../languages/add-languages.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';
import { runnerOf } from '../../machines/exe-wrapper.ts';
import { givenMachineFiles } from '../../machines/given-files.ts';
import { type CompilerObject, compilerType } from '../../objects/compiler.ts';
import { type EnvironmentObject, environmentType } from '../../objects/environment.ts';
import { showOptionKey } from '../../options/option-key.ts';
import { isA, type ObjectValue, type Value } from '../../value.ts';

const method = methodOf<ObjectValue>();
const shared = (name: string) => ({ name, subproject: undefined, machine: 'host' }) as const;

/** What `meson` says of the build, its machines and compilers. */
export const mesonBuildMethods: readonly Method[] = [
  method({
    name: 'backend',
    doc: 'Who builds.',
    returns: 'str',
    run: ({ evaluation }) => evaluation.options.get(shared('backend')),
  }),
  method({
    name: 'is_unity',
    doc: 'Whether sources are compiled together.',
    returns: 'bool',
    run: ({ evaluation, scope }) => {
      const unity = evaluation.options.get(shared('unity'));
      return unity === 'on' || (unity === 'subprojects' && scope.subproject !== '');
    },
  }),
  method({
    name: 'is_cross_build',
    doc: 'Whether the product is for another machine.',
    returns: 'bool',
    run: ({ evaluation, scope }) => evaluation.cross && !scope.forBuildMachine,
  }),
  method({
    name: 'has_exe_wrapper',
    doc: 'Whether programs of the host machine can run here.',
    deprecated: { since: '0.55.0', instead: 'use meson.can_run_host_binaries instead.' },
    returns: 'bool',
    run: canRunHostBinaries,
  }),
  method({
    name: 'can_run_host_binaries',
    doc: 'Whether programs of the host machine can run here.',
    since: '0.55.0',
    returns: 'bool',
    run: canRunHostBinaries,
  }),
  method({
    name: 'get_compiler',
    doc: 'The compiler of a language.',
    positional: [positional('language', str, 'The language.')],
    keywords: { native },
    returns: 'compiler',
    run: (call, _self, { positional: [language], keywords }) =>
      compilerOf(call, language, chosenMachine(call, keywords.native)),
  }),
  method({
    name: 'get_cross_property',
    doc: 'A property of the machine file.',
    deprecated: { since: '0.58.0', instead: 'Use meson.get_external_property() instead' },
    positional: [
      positional('name', str, 'Its name.'),
      optional('fallback', anything, 'Its value when there is none.'),
    ],
    returns: 'any',
    keepsLists: true,
    run: (call, _self, { positional: [name, fallback] }) =>
      property(call, 'host', { name, fallback }),
  }),
  method({
    name: 'get_external_property',
    doc: 'A property of the machine file.',
    since: '0.54.0',
    positional: [
      positional('name', str, 'Its name.'),
      optional('fallback', anything, 'Its value when there is none.'),
    ],
    keywords: { native },
    returns: 'any',
    keepsLists: true,
    run: (call, _self, { positional: [name, fallback], keywords }) =>
      property(call, chosenMachine(call, keywords.native), { name, fallback }),
  }),
  method({
    name: 'has_external_property',
    doc: 'Whether the machine file has a property.',
    since: '0.58.0',
    positional: [positional('name', str, 'Its name.')],
    keywords: { native },
    returns: 'bool',
    run: (call, _self, { positional: [name], keywords }) =>
      call.evaluation.configs[chosenMachine(call, keywords.native)].properties.has(name),
  }),
  method({
    name: 'add_devenv',
    doc: 'Changes the environment of `devenv`.',
    since: '0.58.0',
    label: 'environment',
    otherLabels: { positional: 'add_devenv', feature: 'add_devenv' },
    positional: [
      positional(
        'environment',
        oneOf<EnvironmentGiven | EnvironmentObject>(environmentGiven, object(environmentType)),
        'What is changed.',
      ),
    ],
    keywords: { method: methodKeyword, separator: separatorKeyword },
    returns: 'void',
    run: (call, _self, { positional: [given], keywords }) => {
      const changes = isA(given, environmentType)
        ? given.changes
        : changesOf(call, given, { label: 'add_devenv', ...keywords });
      call.evaluation.tables.devenv.push(...changes);
      return undefined;
    },
  }),
  method({
    name: 'build_options',
    doc: 'The options given for this build, as a command line.',
    since: '1.1.0',
    returns: 'str',
    run: ({ evaluation }) => {
      const { cross, native: ofBuild } = givenMachineFiles(evaluation);
      const options = [...evaluation.given.commandLine];
      return quoteWords([
        ...options.map(([key, value]) => `-D${showOptionKey(key)}=${String(value)}`),
        ...cross.map((file) => `--cross-file=${file}`),
        ...ofBuild.map((file) => `--native-file=${file}`),
      ]);
    },
  }),
];

function canRunHostBinaries({ evaluation, scope }: Call): boolean {
  return scope.forBuildMachine || runnerOf(evaluation, 'host') !== 'cannot-run';
}

function compilerOf(call: Call, language: string, machine: MachineChoice): Value {
  const { evaluation } = call;
  if (!(language in languageSuffixes))
    call.fail(
      `The language "${language}" is not supported by Meson, this may be a typing mistake, or you may need a newer version of Meson`,
    );
  const own = toolchainOf(call, language, machine);
  const other = evaluation.tables.toolchains
    .get(evaluation.cross ? machine : 'host')
    ?.get(language);
  const toolchain = own ?? other;
  if (toolchain === undefined)
    return call.fail(
      `Tried to access compiler for language "${language}", not specified for ${evaluation.cross ? machine : 'host'} machine.`,
    );
  if (own === undefined)
    call.unplaced.usesBroken(
      'Using `meson.get_compiler()` for languages only initialized in another subproject',
      '1.11.0',
      'This is extremely fragile, as your project likely cannot be used outside of your environment.',
    );
  const compiler: CompilerObject = { type: compilerType, toolchain };
  return compiler;
}

function property(
  call: Call,
  machine: MachineChoice,
  { name, fallback }: { readonly name: string; readonly fallback: Value },
): Value {
  const known = call.evaluation.configs[machine].properties.get(name);
  const shown = call.evaluation.cross ? machine : 'host';
  return known ?? fallback ?? call.fail(`Unknown property for ${shown} machine: ${name}`);
}
