import type { CommandWord } from '../../../model/target.ts';
import { bool, int, listOf, object, oneOf, str } from '../../argument-type.ts';
import { builtin, keyword, positional } from '../../declare.ts';
import { type ProgramObject, programType } from '../../objects/program.ts';
import { wordOf } from '../../targets/command/command-words.ts';
import { environment, environmentChanges } from '../../targets/keywords/environment.ts';
import { projectName } from './test.ts';

export const addTestSetup = builtin({
  name: 'add_test_setup',
  doc: 'A way to run the tests: under a debugger, with another time limit, …',
  positional: [positional('name', str, 'Its name.')],
  keywords: {
    exe_wrapper: keyword(
      listOf(oneOf<string | ProgramObject>(str, object(programType))),
      [],
      'A command that each test is given to.',
    ),
    gdb: keyword(bool, false, 'Tests run in gdb.'),
    timeout_multiplier: keyword(int, 1, 'Multiplies time limits; 0 or less for none.'),
    exclude_suites: keyword(listOf(str), [], 'Suites that are left out.', { since: '0.57.0' }),
    is_default: keyword(bool, false, 'Taken when none is named.', { since: '0.49.0' }),
    env: environment,
  },
  returns: 'void',
  run: (call, { positional: [given], keywords }) => {
    if (!/^([_a-zA-Z][_0-9a-zA-Z]*:)?[_a-zA-Z][_0-9a-zA-Z]*$/.test(given))
      call.fail('Setup name may only contain alphanumeric characters.');
    const name = given.includes(':') ? given : `${projectName(call)}:${given}`;
    const { testSetups } = call.evaluation.tables;
    if (keywords.timeout_multiplier <= 0)
      call.uses('add_test_setup() timeout_multiplier <= 0', '0.57.0');
    const other = testSetups.find(({ isDefault }) => isDefault);
    if (keywords.is_default && other !== undefined) {
      call.fail(
        `'${other.name}' is already set as default. is_default can be set to true only once`,
      );
    }
    const row = {
      name,
      exeWrapper: keywords.exe_wrapper.map((word): CommandWord => {
        if (typeof word !== 'string' && word.found.kind === 'no')
          call.fail('Tried to use non-found executable.');
        return wordOf(call, word);
      }),
      gdb: keywords.gdb,
      timeoutMultiplier: keywords.timeout_multiplier,
      environment: environmentChanges(keywords.env),
      excludeSuites: keywords.exclude_suites,
      isDefault: keywords.is_default,
    };
    const at = testSetups.findIndex((setup) => setup.name === name);
    if (at === -1) testSetups.push(row);
    else testSetups[at] = row;
    return undefined;
  },
});
