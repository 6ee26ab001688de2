import type { CommandWord, Item } from '../../model/target.ts';
import { str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, type Module, positional, requiredKeyword, rest } from '../declare.ts';
import type { TargetObject } from '../objects/target.ts';
import { findProgram } from '../programs/find-program.ts';
import { requiredWord } from '../programs/required-program.ts';
import { sourceInput } from '../targets/argument-types.ts';
import { declareRunTarget } from '../targets/command/goal.ts';
import { inputs } from '../targets/keywords/command.ts';
import { itemsOf } from '../targets/sources.ts';
import { moduleTarget, textWords } from './module-target.ts';

const project = builtin({
  name: 'project',
  label: 'icestorm.project',
  doc: 'A bit stream for an iCE40, and targets that upload it and tell its timing.',
  positional: [positional('name', str, 'Name of the design.')],
  rest: rest('sources', sourceInput, 'Sources in Verilog.'),
  keywords: {
    sources: keyword(inputs, [], 'More sources.'),
    constraint_file: requiredKeyword(sourceInput, 'Which pins signals are on.'),
  },
  returns: 'void',
  run: (call, { positional: [name], rest: sources, keywords }) => {
    const tool = (program: string): CommandWord =>
      requiredWord(call, findProgram(call, { names: [program], machine: 'host', required: true }));
    const tools = {
      yosys: tool('yosys'),
      arachne: tool('arachne-pnr'),
      icepack: tool('icepack'),
      iceprog: tool('iceprog'),
      icetime: tool('icetime'),
    };
    const step = stepOf(call, name);
    const blif = step('blif', tools.yosys, {
      words: ['-q', '-p', 'synth_ice40 -blif @OUTPUT@', '@INPUT@'],
      inputs: [...itemsOf(call, sources), ...itemsOf(call, keywords.sources)],
    });
    const placed = step('asc', tools.arachne, {
      words: ['-q', '-d', '1k', '-p', '@INPUT@', '-o', '@OUTPUT@'],
      inputs: [...itemsOf(call, [keywords.constraint_file]).slice(0, 1), outputOf(blif)],
    });
    const stream = step('bin', tools.icepack, {
      words: ['@INPUT@', '@OUTPUT@'],
      inputs: [outputOf(placed)],
      buildByDefault: true,
    });
    const file: CommandWord = { kind: 'target', target: stream.target, output: 0 };
    declareRunTarget(call, { name: `${name}-upload`, command: [tools.iceprog, file] });
    declareRunTarget(call, { name: `${name}-time`, command: [tools.icetime, file] });
    return undefined;
  },
});

interface Step {
  readonly words: readonly string[];
  readonly inputs: readonly Item[];
  readonly buildByDefault?: true;
}

function stepOf(call: Call, name: string) {
  return (suffix: string, tool: CommandWord, { words, inputs: given, buildByDefault }: Step) =>
    moduleTarget(call, {
      name: `${name}_${suffix}`,
      inputs: given,
      outputs: [`${name}.${suffix}`],
      command: [tool, ...textWords(words)],
      buildByDefault: buildByDefault ?? false,
    });
}

function outputOf({ target }: TargetObject): Item {
  return { kind: 'output', target, output: 0 };
}

/** Meson's module `icestorm`. */
export const icestormModule: Module = {
  name: 'icestorm',
  title: 'FPGA/Icestorm',
  doc: 'Designs for FPGAs by Yosys and IceStorm.',
  since: '0.45.0',
  unstable: true,
  functions: [project],
};
