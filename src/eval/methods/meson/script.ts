import type { CommandWord, TargetId } from '../../../model/target.ts';
import { bool, object, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type Method, methodOf, positional, rest } from '../../declare.ts';
import { type FileObject, fileType } from '../../objects/file.ts';
import { type ProgramObject, programType } from '../../objects/program.ts';
import {
  type CustomTargetIndexObject,
  customTargetIndexType,
  executableType,
  type TargetObject,
} from '../../objects/target.ts';
import { findProgram } from '../../programs/find-program.ts';
import { requiredWord } from '../../programs/required-program.ts';
import { buildTarget, customTarget, customTargetIndex } from '../../targets/argument-types.ts';
import { isA, type ObjectValue } from '../../value.ts';

const method = methodOf<ObjectValue>();
const file = object(fileType);
const program = { ...object(programType), names: ['Program'] };

type InstallArgument = string | FileObject | TargetObject | CustomTargetIndexObject | ProgramObject;
const installArgument = oneOf<InstallArgument>(
  str,
  file,
  buildTarget,
  customTarget,
  customTargetIndex,
  program,
);
const scriptArgument = oneOf<string | FileObject | ProgramObject>(str, file, program);

/** Scripts that run at times of the build's life. */
export const mesonScriptMethods: readonly Method[] = [
  method({
    name: 'add_install_script',
    doc: 'Runs a script when the project is installed.',
    positional: [
      positional(
        'script',
        oneOf<string | FileObject | TargetObject | ProgramObject>(
          str,
          file,
          object(executableType),
          program,
        ),
        'The script.',
      ),
    ],
    rest: rest('arguments', installArgument, 'Its arguments.'),
    keywords: {
      skip_if_destdir: keyword(bool, false, 'Not when DESTDIR is set.', { since: '0.57.0' }),
      install_tag: keyword(orNothing(str), undefined, 'Which installs it is part of.', {
        since: '0.60.0',
      }),
      dry_run: keyword(bool, false, 'Also when nothing is installed.', { since: '1.1.0' }),
    },
    returns: 'void',
    run: (call, _self, { positional: [script], rest: args, keywords }) => {
      call.evaluation.tables.installs.push({
        kind: 'script',
        subproject: call.scope.subproject,
        command: scriptCommand(call, script, args),
        environment: [],
        tag: keywords.install_tag,
        skipIfDestdir: keywords.skip_if_destdir,
        dryRun: keywords.dry_run,
      });
      return undefined;
    },
  }),
  method({
    name: 'add_postconf_script',
    doc: 'Runs a script after the build files were read.',
    positional: [positional('script', scriptArgument, 'The script.')],
    rest: rest('arguments', scriptArgument, 'Its arguments.'),
    returns: 'void',
    run: (call, _self, { positional: [script], rest: args }) => {
      call.evaluation.tables.postconfScripts.push(scriptRow(call, script, args));
      return undefined;
    },
  }),
  method({
    name: 'add_dist_script',
    doc: 'Runs a script when an archive of the sources is made.',
    since: '0.48.0',
    positional: [positional('script', scriptArgument, 'The script.')],
    rest: rest('arguments', scriptArgument, 'Its arguments.'),
    returns: 'void',
    run: (call, _self, { positional: [script], rest: args }) => {
      if (args.length > 0) call.uses('Calling "add_dist_script" with multiple arguments', '0.49.0');
      if (call.scope.subproject !== '')
        call.uses('Calling "add_dist_script" in a subproject', '0.58.0');
      call.evaluation.tables.distScripts.push(scriptRow(call, script, args));
      return undefined;
    },
  }),
];

function scriptRow(
  call: Call,
  script: string | FileObject | ProgramObject,
  args: readonly (string | FileObject | ProgramObject)[],
) {
  return {
    subproject: call.scope.subproject,
    command: scriptCommand(call, script, args),
    environment: [],
  };
}

function scriptCommand(
  call: Call,
  script: InstallArgument,
  args: readonly InstallArgument[],
): readonly CommandWord[] {
  const words = args.map((argument) => wordOf(call, argument));
  for (const word of words) if (word.kind === 'target') buildByDefault(call, word.target);
  if (args.some((argument) => typeof argument !== 'string'))
    call.uses(
      `Calling "${call.name}" with File, CustomTarget, Index of CustomTarget, Executable, or ExternalProgram`,
      '0.55.0',
    );
  return [commandWord(call, script), ...words];
}

/** Scripts run when all is built: what they are given is a part of that. */
function buildByDefault({ evaluation }: Call, id: TargetId): void {
  const { targets } = evaluation.tables;
  targets.replace(id, { ...targets.get(id), buildByDefault: true });
}

function commandWord(call: Call, script: InstallArgument): CommandWord {
  if (typeof script === 'string' || isA(script, fileType)) {
    if (typeof script !== 'string')
      call.uses(`Passing file object to script parameter of ${call.name}`, '0.57.0');
    const found = findProgram(call, {
      names: [script],
      machine: 'host',
      required: true,
      silent: true,
    });
    return requiredWord(call, found);
  }
  call.uses(
    `Passing executable/found program object to script parameter of ${call.name}`,
    '0.55.0',
  );
  return wordOf(call, script);
}

function wordOf(call: Call, argument: InstallArgument): CommandWord {
  if (typeof argument === 'string') return { kind: 'text', text: argument };
  if (isA(argument, fileType)) return { kind: 'file', file: argument.file };
  if (isA(argument, programType)) return requiredWord(call, argument);
  if (isA(argument, customTargetIndexType))
    return { kind: 'target', target: argument.target, output: argument.output };
  return { kind: 'target', target: argument.target, output: 'all' };
}
