import { own } from '../../../base/own.ts';
import { symbolsHaveUnderscorePrefix } from '../../../toolchains/checks/underscore.ts';
import { programText } from '../../../toolchains/detect/detect.ts';
import { familyOf } from '../../../toolchains/family.ts';
import { familyMaker } from '../../../toolchains/table.ts';
import { type Method, type MethodTable, methodOf } from '../../declare.ts';
import { type CompilerObject, compilerType } from '../../objects/compiler.ts';
import { argumentMethods } from './arguments.ts';
import { checkerOf } from './checker.ts';
import { compilerClass } from './class.ts';
import { integerMethods } from './integers.ts';
import { libraryMethods } from './libraries.ts';
import { preprocessMethods } from './preprocess.ts';
import { symbolMethods } from './symbols.ts';
import { trialMethods } from './trials.ts';

const method = methodOf<CompilerObject>();

/** What is known of a compiler without asking it. */
const facts: readonly Method[] = [
  method({
    name: 'version',
    doc: 'Its version.',
    returns: 'str',
    run: (_call, { toolchain }) => toolchain.version,
  }),
  method({
    name: 'get_id',
    doc: 'Its id: `gcc`, `clang`, `rustc`, ….',
    returns: 'str',
    run: (_call, { toolchain }) => toolchain.id,
  }),
  method({
    name: 'get_linker_id',
    doc: "Its linker's id: `ld.bfd`, `ld.lld`, ….",
    since: '0.53.0',
    returns: 'str',
    run: (_call, { toolchain }) => toolchain.linker?.id ?? toolchain.id,
  }),
  method({
    name: 'cmd_array',
    doc: 'Its command, behind ccache where that is used.',
    returns: 'list[str]',
    run: (_call, { toolchain }) => [...toolchain.wrapper, ...toolchain.command],
  }),
  method({
    name: 'get_argument_syntax',
    doc: 'How its arguments are spelt: `gcc`, `msvc` or `other`.',
    since: '0.49.0',
    returns: 'str',
    run: (_call, { toolchain }) => familyOf(toolchain).argumentSyntax || 'other',
  }),
  method({
    name: 'symbols_have_underscore_prefix',
    doc: 'Whether C symbols begin with an underscore in object files.',
    quietSince: '0.37.0',
    returns: 'bool',
    run: (call, { toolchain }) =>
      symbolsHaveUnderscorePrefix(checkerOf(call.evaluation, toolchain)),
  }),
];

export const compilerMethods: MethodTable = {
  type: compilerType,
  label: 'compiler',
  doc: 'A compiler of the project: `meson.get_compiler()`.',
  describe: ({ toolchain }: CompilerObject) =>
    `<${compilerClass(toolchain)}: v${toolchain.version} \`${programText(toolchain)}\`>`,
  methods: [
    ...facts,
    ...symbolMethods,
    ...integerMethods,
    ...trialMethods,
    ...argumentMethods,
    ...libraryMethods,
    ...preprocessMethods,
  ].map(refusing),
};

/** The method, unless it asks something that means nothing to the compiler. */
function refusing(known: Method): Method {
  return {
    ...known,
    run: (call, self: never, given) => {
      const { toolchain }: CompilerObject = self;
      const { refuses = {} } = familyMaker(toolchain) ? familyOf(toolchain).compile : {};
      const refusal = own(refuses, known.name);
      return refusal === undefined ? known.run(call, self, given) : call.fail(refusal);
    },
  };
}
