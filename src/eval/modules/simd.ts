import {
  type InstructionSet,
  instructionSetArguments,
  instructionSets,
} from '../../toolchains/c-like/instruction-sets.ts';
import { startHasArguments } from '../../toolchains/checks/arguments.ts';
import { object, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import {
  builtin,
  type Keyword,
  keyword,
  type Module,
  positional,
  requiredKeyword,
} from '../declare.ts';
import { buildTargetObject } from '../functions/targets/build-targets.ts';
import { yesNo } from '../methods/compiler/answer.ts';
import { checkerOf } from '../methods/compiler/checker.ts';
import { type CompilerObject, compilerType } from '../objects/compiler.ts';
import { ConfigurationDataObject } from '../objects/configuration-data.ts';
import type { TargetObject } from '../objects/target.ts';
import { type TargetSource, targetSource } from '../targets/argument-types.ts';
import type { BuildTargetValues } from '../targets/build/build-target-request.ts';
import { maybeSources, staticKeywords } from '../targets/keywords/build-target.ts';

const { sources: _sources, ...libraryKeywords } = staticKeywords;

const setKeywords = Object.fromEntries(
  instructionSets.map((set) => [
    set,
    keyword(maybeSources(targetSource), undefined, `Sources to compile with ${set}.`),
  ]),
  // One for each set.
) as unknown as Readonly<Record<InstructionSet, Keyword<readonly TargetSource[] | undefined>>>;

/** Meson's module `simd`: the same code compiled for several sets of vector instructions. */
export const simdModule: Module = {
  name: 'simd',
  title: 'SIMD',
  doc: 'Code compiled for several sets of vector instructions, to choose from while it runs.',
  since: '0.42.0',
  unstable: true,
  functions: [
    builtin({
      name: 'check',
      label: 'simd.check',
      doc: 'A static library for each set of instructions that the compiler knows, and what to tell the code of them.',
      positional: [positional('prefix', str, 'What names of the libraries begin with.')],
      keywords: {
        compiler: requiredKeyword(object(compilerType), 'The compiler.'),
        ...setKeywords,
        ...libraryKeywords,
      },
      returns: 'list',
      run: (call, { positional: [prefix], keywords: { compiler, ...given } }) => {
        const libraries: TargetObject[] = [];
        const known = new ConfigurationDataObject();
        for (const set of instructionSets) {
          const sources = given[set];
          if (sources === undefined) continue;
          const args = supportedArguments(call, compiler, set);
          if (args === undefined) continue;
          const description = `Compiler supports ${set}.`;
          known.entries.set(`HAVE_${set.toUpperCase()}`, { value: '1', description });
          libraries.push(
            buildTargetObject(call, {
              type: 'static-library',
              name: `${prefix}_${set}`,
              sources,
              keywords: withArguments(given, compiler, args),
            }),
          );
        }
        return [libraries, known];
      },
    }),
  ],
};

/** What to give the compiler for a set; undefined, and told, where it does not know it. */
function supportedArguments(
  call: Call,
  { toolchain }: CompilerObject,
  set: InstructionSet,
): readonly string[] | undefined {
  const args = instructionSetArguments(toolchain, set);
  const answer = args && startHasArguments(checkerOf(call.evaluation, toolchain), args).finish();
  call.evaluation.log(`Compiler supports ${set}: ${yesNo(answer?.value ?? false)}`);
  return answer?.value === true ? args : undefined;
}

/** The keywords of one library: its sources are given apart, its compiler gets more arguments. */
function withArguments(
  given: Omit<BuildTargetValues, 'sources'>,
  { toolchain }: CompilerObject,
  args: readonly string[],
): BuildTargetValues {
  const name = `${toolchain.language}_args`;
  const own: unknown = Reflect.get(given, name);
  return { ...given, sources: [], [name]: [...(Array.isArray(own) ? own : []), ...args] };
}
