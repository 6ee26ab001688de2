import { builtin } from '../../declare.ts';
import { native } from '../../functions/common-keywords.ts';
import { toolchainOf } from '../../languages/add-languages.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';

export const rustCompilerTarget = builtin({
  name: 'compiler_target',
  label: 'rust.compiler_target',
  doc: 'The target triple that rustc compiles for.',
  since: '1.11.0',
  keywords: { native },
  returns: 'str',
  run: (call, { keywords }) => {
    const machine = chosenMachine(call, keywords.native);
    const toolchain = toolchainOf(call, 'rust', machine);
    if (toolchain === undefined)
      return call.fail(`No Rust compiler was requested for the ${machine} machine machine`);
    return toolchain.facts['target'] ?? '';
  },
});
