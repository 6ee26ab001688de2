import { bool, dictOf, exactInt, named, oneOf, orNothing, str } from '../../argument-type.ts';
import { defineArguments } from '../../cmake/defines.ts';
import { TargetOptions } from '../../cmake/target-options.ts';
import {
  atLeastOne,
  keyword,
  type MethodTable,
  methodOf,
  positional,
  rest,
} from '../../declare.ts';
import { type CmakeOptionsObject, cmakeOptionsType } from '../../objects/cmake.ts';
import type { Integer } from '../../value.ts';

const method = methodOf<CmakeOptionsObject>();
const target = keyword(orNothing(str), undefined, 'The target that is meant; all when left out.');
const scalar = oneOf<string | Integer | boolean>(str, exactInt, bool);

export const cmakeOptionsMethods: MethodTable = {
  type: cmakeOptionsType,
  label: 'subproject_options',
  doc: 'How a CMake subproject is set up: `cmake.subproject_options()`.',
  methods: [
    method({
      name: 'add_cmake_defines',
      doc: 'Variables for CMake: its `-D`.',
      rest: rest('defines', named(dictOf(scalar), 'dict'), 'Names and values.'),
      returns: 'void',
      run: (call, self, { rest: defines }) => {
        const args = defines.flatMap((one) => defineArguments(call, one));
        self.arguments = [...self.arguments, ...args];
        return undefined;
      },
    }),
    method({
      name: 'set_override_option',
      doc: 'An option of our own for its targets: `cpp_std`, `warning_level`.',
      positional: [
        positional('name', str, "The option's name."),
        positional('value', str, 'Its value.'),
      ],
      keywords: { target },
      returns: 'void',
      run: (_call, self, { positional: [name, value], keywords }) => {
        self.targets.of(keywords.target).overrides.set(name, value);
        return undefined;
      },
    }),
    method({
      name: 'set_install',
      doc: 'Whether targets are installed, whatever CMake says.',
      positional: [positional('install', bool, 'Whether they are.')],
      keywords: { target },
      returns: 'void',
      run: (_call, self, { positional: [install], keywords }) => {
        self.targets.of(keywords.target).install = install;
        return undefined;
      },
    }),
    method({
      name: 'append_compile_args',
      doc: 'More arguments for a language.',
      positional: [positional('language', str, 'The language.')],
      rest: atLeastOne('arguments', str, 'The arguments.'),
      keywords: { target },
      returns: 'void',
      run: (_call, self, { positional: [language], rest: args, keywords }) => {
        self.targets.of(keywords.target).addCompileArgs(language, args);
        return undefined;
      },
    }),
    method({
      name: 'append_link_args',
      doc: 'More arguments for the linker.',
      rest: atLeastOne('arguments', str, 'The arguments.'),
      keywords: { target },
      returns: 'void',
      run: (_call, self, { rest: args, keywords }) => {
        self.targets.of(keywords.target).linkArgs.push(...args);
        return undefined;
      },
    }),
    method({
      name: 'clear',
      doc: 'Forgets all that was set.',
      returns: 'void',
      run: (_call, self) => {
        self.arguments = [];
        self.targets = new TargetOptions();
        return undefined;
      },
    }),
  ],
};
