import type { BuildTargetInstall, CommandWord, CustomTarget, Item } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { EvaluationError } from '../../evaluation-error.ts';
import { customTargetType, type TargetObject } from '../../objects/target.ts';
import { joinPath, normalPath } from '../../paths.ts';
import {
  checkReserved,
  ownIntrospectionId,
  registerTarget,
  targetBuildSubdir,
} from '../register.ts';
import { checkTemplates, checkTexts, inputNames, replaceInputNames } from './command-templates.ts';

/** A custom target as functions declare it: what is not said is as in most. */
export interface CustomTargetRequest {
  /** The first output's name when empty. */
  readonly name: string;
  readonly inputs: readonly Item[];
  /** With templates of input names. */
  readonly outputs: readonly string[];
  readonly command: readonly CommandWord[];
  readonly depfile?: string | undefined;
  readonly buildSubdir?: string;
  readonly more?: Partial<
    Omit<CustomTarget, 'kind' | 'name' | 'inputs' | 'outputs' | 'command' | 'depfile'>
  >;
}

/** Checks a custom target, and adds it to the model. */
export function declareCustomTarget(call: Call, request: CustomTargetRequest): TargetObject {
  const row = customTargetRow(call, request);
  for (const output of row.outputs) checkReserved(call, output, row.buildSubdir);
  return { type: customTargetType, target: registerTarget(call, row) };
}

function customTargetRow(call: Call, request: CustomTargetRequest): CustomTarget {
  const { scope } = call;
  const names = inputNames(call, request.inputs);
  checkOutputNames(call, request.outputs, names);
  checkTexts(call, request.outputs, { inputs: names, outputs: undefined });
  checkTemplates(call, request.command, { inputs: names, outputs: request.outputs.length });
  const outputs = request.outputs.map((output) => replaceInputNames(output, names ?? []));
  const name = request.name === '' ? (outputs[0] ?? '') : request.name;
  const buildSubdir = targetBuildSubdir(call, name, request.buildSubdir ?? '');
  makePrivateDir(call, request.command, joinPath(buildSubdir, `${outputs[0] ?? name}.p`));
  return {
    kind: 'custom',
    name,
    project: scope.project,
    subdir: scope.subdir,
    buildSubdir,
    introspectionId: ownIntrospectionId(call, {
      name,
      suffix: '@cus',
      folder: request.buildSubdir,
    }),
    definedIn: { tree: 'source', path: normalPath(joinPath(scope.subdir, 'meson.build')) },
    buildByDefault: false,
    inputs: request.inputs,
    outputs,
    command: request.command,
    capture: false,
    feed: false,
    console: false,
    depfile: depfileOf(call, request.depfile, names),
    depends: [],
    dependFiles: [],
    environment: [],
    buildAlwaysStale: false,
    install: undefined,
    description: undefined,
    ...request.more,
  };
}

/** A command that names its private folder finds it there. */
function makePrivateDir(
  { evaluation }: Call,
  command: readonly CommandWord[],
  folder: string,
): void {
  if (command.some((word) => word.kind === 'text' && word.text.includes('@PRIVATE_DIR@')))
    evaluation.host.files.makeDirectory(joinPath(evaluation.buildRoot, folder));
}

function depfileOf(
  call: Call,
  depfile: string | undefined,
  names: readonly string[] | undefined,
): CustomTarget['depfile'] {
  if (depfile === undefined || depfile === '') return undefined;
  const templated = /@(PLAIN|BASE)NAME@/.test(depfile);
  const [input] = names ?? [];
  if (!templated) return { name: depfile, format: 'make' };
  call.uses('substitutions in custom_target depfile', '0.47.0');
  if (input === undefined)
    return call.fail('Substitution in depfile for custom_target that does not have an input file.');
  return { name: replaceInputNames(depfile, [input]), format: 'make' };
}

/** Without names of inputs there may be several. */
function checkOutputNames(
  call: Call,
  outputs: readonly string[],
  names: readonly string[] | undefined,
): void {
  const severalInputs = names === undefined || names.length > 1;
  for (const output of outputs) {
    if (severalInputs && /@(PLAIN|BASE)NAME@/.test(output)) {
      call.fail(
        `${call.name}: output cannot contain "@PLAINNAME@" or "@BASENAME@" when there is more than one input (we can't know which to use)`,
      );
    }
    const numbered = /@(PLAIN|BASE)NAME[0-9]+@/.exec(output);
    if (numbered !== null) call.uses(`${numbered[0]} in output`, '1.5.0');
  }
}

/** Where the outputs of a custom target are installed: one directory for all, or one for each. */
export function customInstall(
  call: Call,
  name: string,
  given: {
    readonly outputs: readonly string[];
    readonly directories: readonly (string | boolean)[];
    readonly tags: readonly (string | boolean)[];
    readonly mode: BuildTargetInstall['mode'];
  },
): BuildTargetInstall {
  const count = given.outputs.length;
  if (given.directories.length !== 1 && given.directories.length !== count) {
    const shown = (values: readonly (string | boolean)[]): string =>
      `[${values.map((value) => (typeof value === 'string' ? `'${value}'` : 'False')).join(', ')}]`;
    failWithout(
      call,
      `Target '${name}' has ${count} outputs: ${shown(given.outputs)}, but ${given.directories.length} "install_dir"s were found: ${shown(given.directories)}.\nPass 'false' for outputs that should not be installed and 'true' for\nusing the default installation directory for an output.`,
    );
  }
  const tag = (at: number): string | undefined => {
    const value = given.tags[given.tags.length === 1 ? 0 : at];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    directories: given.outputs.map((_, at) => {
      const directory = given.directories[given.directories.length === 1 ? 0 : at];
      return typeof directory === 'string' ? directory : undefined;
    }),
    mode: given.mode,
    tags: given.outputs.map((_, at) => tag(at)),
  };
}

/** An error whose headline names no place, as Meson finds it only when all is read; the frame still shows it. */
function failWithout({ place }: Call, message: string): never {
  throw new EvaluationError({
    severity: 'error',
    message,
    hints: [],
    related: [{ place, message: 'declared here' }],
  });
}
