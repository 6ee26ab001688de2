import { anything, bool, dictionary, flattened, oneOf, orNothing, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, optional, positional } from '../declare.ts';
import { isFound } from '../interpreter/call-builtin.ts';
import { dependencyType } from '../objects/dependency.ts';
import { disablerType } from '../objects/disabler.ts';
import { featureType } from '../objects/feature.ts';
import { programType } from '../objects/program.ts';
import { addToSummary, type SummaryValue } from '../summary/summary.ts';
import { force, isA, isInteger, isList, type Value } from '../value.ts';

export const summary = builtin({
  name: 'summary',
  doc: 'Adds lines to what is printed at the end.',
  since: '0.53.0',
  positional: [
    positional(
      'key',
      oneOf<string | ReadonlyMap<string, Value>>(str, dictionary),
      'What the line is of; or a dictionary of lines.',
    ),
    optional('value', anything, 'What it says.'),
  ],
  keywords: {
    section: keyword(str, '', 'A heading.'),
    bool_yn: keyword(bool, false, 'Writes YES and NO for booleans.'),
    list_sep: keyword(
      orNothing(str),
      undefined,
      'Stands between values; else each has its own line.',
      {
        since: '0.54.0',
      },
    ),
  },
  returns: 'void',
  keepsLists: true,
  run: (call, { positional: [key, value], keywords }) => {
    const entries = entriesOf(call, key, value);
    const { section, bool_yn: yesNo, list_sep: separator } = keywords;
    for (const [name, given] of entries) {
      const known = force(given);
      const values = (isList(known) ? [...flattened(known)] : [known]).map((one) =>
        summaryValue(call, one, { section, name, yesNo }),
      );
      addToSummary(call, { section, name, values, separator });
    }
    return undefined;
  },
});

function entriesOf(
  call: Call,
  key: string | ReadonlyMap<string, Value>,
  value: Value,
): ReadonlyMap<string, Value> {
  if (value === undefined)
    return typeof key === 'string' ? call.fail('Summary first argument must be dictionary.') : key;
  return typeof key === 'string'
    ? new Map([[key, value]])
    : call.fail('Summary first argument must be string.');
}

function summaryValue(
  call: Call,
  value: Value,
  {
    section,
    name,
    yesNo,
  }: { readonly section: string; readonly name: string; readonly yesNo: boolean },
): SummaryValue {
  const known = force(value);
  if (typeof known === 'boolean') return yesNo ? (known ? 'YES' : 'NO') : String(known);
  if (typeof known === 'string' || isInteger(known)) return String(known);
  if (isA(known, programType) || isA(known, dependencyType)) {
    call.uses('dependency or external program in summary', '0.57.0');
    if (isFound(call, known) !== true) return 'NO';
    if (isA(known, programType))
      return known.found.kind === 'command' ? known.found.path : known.name;
    const { kind, version } = call.evaluation.tables.dependencies.get(known.dependency);
    if (kind === 'internal') return 'YES';
    return version === '' || version === 'unknown' || version === 'undefined'
      ? 'YES'
      : `YES ${version}`;
  }
  if (isA(known, disablerType)) {
    call.uses('disabler in summary', '0.64.0');
    return 'NO';
  }
  if (isA(known, featureType)) {
    call.uses('feature option in summary', '0.58.0');
    return known.value;
  }
  return call.fail(
    `Summary value in section '${section}', key '${name}', must be string, integer, boolean, dependency, disabler, or external program`,
  );
}
