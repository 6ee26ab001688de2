import { join } from 'node:path/posix';
import type { Model } from '../../model/model.ts';
import type { CustomTarget, Item, Target } from '../../model/target.ts';

/** What introspection tells of a call of `compiler.preprocess()` that has made several targets. */
interface Preprocessed {
  readonly outputs: readonly string[];
  readonly sources: readonly unknown[];
  readonly dependencies: readonly string[];
}

/** Whether a target is told of as part of another one. */
export function isFurtherSource(target: Target): boolean {
  return target.kind === 'custom' && target.preprocessing?.isFirst === false;
}

/** Undefined for any other target than the first of such a call. */
export function preprocessedTogether(
  model: Model,
  target: Target,
  pathsOf: (item: Item) => readonly string[],
): Preprocessed | undefined {
  if (target.kind !== 'custom' || target.preprocessing === undefined) return undefined;
  const { language, machine, compiler, parameters, dependencies } = target.preprocessing;
  const all = [...model.targets.values()].filter(
    (each): each is CustomTarget =>
      each.kind === 'custom' &&
      each.preprocessing !== undefined &&
      each.buildSubdir === target.buildSubdir,
  );
  const isGiven = ({ inputs }: CustomTarget) => inputs.every(({ kind }) => kind === 'file');
  const [given, made] = [all.filter(isGiven), all.filter((each) => !isGiven(each))];
  const inputsOf = (targets: readonly CustomTarget[]) =>
    targets.flatMap(({ inputs }) => inputs.flatMap(pathsOf));
  const here = join(model.sourceRoot, target.subdir);
  return {
    outputs: [...given, ...made].flatMap(({ outputs }) =>
      outputs.map((name) => join(target.buildSubdir, name)),
    ),
    sources: [
      {
        language,
        machine,
        compiler,
        parameters: parameters.map((word) =>
          word.replaceAll('@BUILD_ROOT@', model.buildRoot).replaceAll('@CURRENT_SOURCE_DIR@', here),
        ),
        sources: inputsOf(given),
        generated_sources: inputsOf(made),
        unity_sources: [],
      },
    ],
    dependencies: dependencies.map((id) => model.dependencies.get(id).name),
  };
}
