import { object, oneOf, str } from '../../argument-type.ts';
import { atLeastOne, builtin, positional } from '../../declare.ts';
import {
  aliasTargetType,
  type BothLibrariesObject,
  bothLibrariesType,
  runTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import { buildTarget, customTarget } from '../../targets/argument-types.ts';
import { commandOf, dependsOf } from '../../targets/command/command-words.ts';
import { declareAliasTarget, declareRunTarget } from '../../targets/command/goal.ts';
import { command, depends } from '../../targets/keywords/command.ts';
import { environment, environmentChanges } from '../../targets/keywords/environment.ts';
import { isA } from '../../value.ts';

export const runTarget = builtin({
  name: 'run_target',
  doc: 'A command that is run when asked for.',
  positional: [positional('name', str, 'What it is asked for by.')],
  keywords: { command, depends, env: { ...environment, since: '0.57.0' } },
  returns: 'run_tgt',
  run: (call, { positional: [name], keywords }) => {
    for (const word of keywords.command) {
      if (typeof word === 'object' && 'found' in word && word.found.kind === 'no')
        call.fail(`Tried to use non-existing executable '${word.name}'`);
    }
    if (keywords.command.includes('@DEPFILE@'))
      call.fail('run_target does not have support for @DEPFILE@');
    return declareRunTarget(call, {
      name,
      command: commandOf(call, keywords.command),
      depends: dependsOf(keywords.depends),
      environment: environmentChanges(keywords.env),
    });
  },
});

export const aliasTarget = builtin({
  name: 'alias_target',
  doc: 'A name for several targets.',
  since: '0.52.0',
  positional: [positional('name', str, 'What they are asked for by.')],
  rest: atLeastOne(
    'targets',
    {
      ...oneOf<TargetObject | BothLibrariesObject>(
        object(bothLibrariesType),
        buildTarget,
        customTarget,
        object(runTargetType),
        object(aliasTargetType),
      ),
      names: ['Target', 'BothLibraries'],
    },
    'What is made.',
  ),
  returns: 'alias_tgt',
  run: (call, { positional: [name], rest: targets }) => {
    if (targets.some((target) => isA(target, runTargetType)))
      call.uses('alias_target that depends on run_targets', '0.60.0');
    return declareAliasTarget(call, {
      name,
      targets: targets.flatMap((each) =>
        'preferred' in each ? [each.shared, each.static] : [each.target],
      ),
    });
  },
});
