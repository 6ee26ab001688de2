import { unreachable } from '../../base/assert.ts';
import type { Block, Statement } from '../../lang/tree.ts';
import type { MethodTable } from '../declare.ts';
import { EvaluationError, failAt } from '../evaluation-error.ts';
import { disablerType } from '../objects/disabler.ts';
import { expectErrorType } from '../objects/expect-error.ts';
import { force, isA, isDictionary, isInteger, isList, type Known, type Value } from '../value.ts';
import { builtinsOf } from './builtins.ts';
import { evaluateExpression } from './expression.ts';
import { currentPlace, type Frame } from './frame.ts';
import { Limits, tooManySteps } from './limits.ts';
import { makeCall } from './make-call.ts';
import { truth } from './operators.ts';
import { operandName, reprValue } from './show-value.ts';
import { type Position, standing } from './standing.ts';
import { setVariable } from './variables.ts';
import { always, intersect, rangeOf, showRange } from './version-range.ts';

/** How a block ended: at its end, or by a word that is for the loop around it. */
export type BlockEnd = 'end' | 'break' | 'continue';

/** Runs statements in order. */
export function runBlock(frame: Frame, block: Block): BlockEnd {
  const stand = standing(frame.evaluation);
  const position: Position = { frame, block, at: 0, outer: stand.position };
  stand.position = position;
  try {
    for (const [at, statement] of block.entries()) {
      position.at = at;
      const end = runStatement(frame, statement);
      if (end !== 'end') return end;
    }
  } finally {
    stand.position = position.outer;
  }
  return 'end';
}

/** Runs a statement; answers whether the block goes on, or ends by `break` or `continue`. */
export function runStatement(frame: Frame, statement: Statement): BlockEnd {
  // What an error in an argument left behind, where `testcase` went on after it.
  frame.argumentDepth = 0;
  switch (statement.kind) {
    case 'expression':
      evaluateExpression(frame, statement.expression);
      return 'end';
    case 'assignment':
      evaluateExpression(frame, statement);
      return 'end';
    case 'if':
      return runIf(frame, statement);
    case 'foreach':
      return runForeach(frame, statement);
    case 'break':
    case 'continue':
      frame.current = { kind: 'name', span: statement.span };
      return statement.kind;
    case 'testcase':
      return runTestcase(frame, statement);
    default:
      return unreachable(statement);
  }
}

function runIf(frame: Frame, statement: Extract<Statement, { readonly kind: 'if' }>): BlockEnd {
  const { mesonVersion } = frame.scope;
  frame.current = statement;
  for (const branch of statement.branches) {
    frame.versionCheck = undefined;
    const condition = force(evaluateExpression(frame, branch.condition));
    if (condition === undefined)
      return failAt(currentPlace(frame), "Cannot perform 'if' operation on void statement.");
    if (isA(condition, disablerType)) return 'end';
    const holds =
      typeof condition === 'boolean' ? condition : truth(makeCall(frame, 'if'), condition);
    const before = mesonVersion.target;
    const checks: readonly string[] | undefined = frame.versionCheck;
    if (checks !== undefined && before.kind === 'range') {
      const check = rangeOf(checks);
      const answer = always(before.range, check);
      if (answer !== undefined)
        makeCall(frame, 'if').warn(
          `Conditional on version '${showRange(check)}' always evaluates to ${answer}`,
        );
      mesonVersion.target = { kind: 'range', range: intersect(before.range, check) };
    }
    try {
      if (holds) return runBlock(frame, branch.body);
    } finally {
      mesonVersion.target = before;
    }
  }
  return statement.otherwise === undefined ? 'end' : runBlock(frame, statement.otherwise);
}

function runForeach(
  frame: Frame,
  statement: Extract<Statement, { readonly kind: 'foreach' }>,
): BlockEnd {
  frame.current = statement;
  const items = force(evaluateExpression(frame, statement.items));
  const steps = stepsOf(frame, items);
  const fail = (message: string, more: Parameters<typeof failAt>[2] = {}): never =>
    failAt(currentPlace(frame), message, { focus: statement.items.span, ...more });
  if (steps === undefined)
    return fail(
      'Items of foreach loop do not support iterating',
      isInteger(items) ? { hint: `Write range(${items}).` } : {},
    );
  const wanted = isDictionary(items) ? 2 : 1;
  if (statement.names.length !== wanted)
    fail(
      `Foreach expects exactly ${wanted} variables for iterating over objects of type ${operandName(items)}`,
      { hint: `Write "foreach ${wanted === 2 ? 'KEY, VALUE' : 'NAME'} : …".` },
    );
  for (const values of steps) {
    if (!frame.evaluation.limits.step(Limits.turn)) fail(tooManySteps);
    for (const [at, { name }] of statement.names.entries()) setVariable(frame, name, values[at]);
    const end = runBlock(frame, statement.body);
    if (end === 'break') break;
  }
  return 'end';
}

/** What a loop goes through: the values of its names, time after time. */
function stepsOf(frame: Frame, items: Known): Iterable<readonly Value[]> | undefined {
  if (isList(items)) return items.map((item) => [item]);
  if (isDictionary(items)) return items;
  if (typeof items !== 'object') return undefined;
  const table: MethodTable | undefined = builtinsOf(frame.evaluation).methods.find(
    ({ type }) => type === items.type,
  );
  // A table goes through the objects of its own type.
  return table?.items === undefined ? undefined : alone(table.items(items as never));
}

function* alone(values: Iterable<Value>): Iterable<readonly Value[]> {
  for (const value of values) yield [value];
}

/** `testcase expect_error('…')`: the block must end with that error. */
function runTestcase(
  frame: Frame,
  statement: Extract<Statement, { readonly kind: 'testcase' }>,
): BlockEnd {
  frame.current = statement;
  const expected = force(evaluateExpression(frame, statement.condition));
  if (isA(expected, disablerType)) return 'end';
  if (!isA(expected, expectErrorType))
    return failAt(
      currentPlace(frame),
      `testcase clause ${reprValue(frame.evaluation, expected)} does not evaluate to a context manager.`,
    );
  try {
    runBlock(frame, statement.body);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { message } = error.diagnostic;
    if (expected.matches(message)) return 'end';
    frame.current = statement;
    return failAt(
      currentPlace(frame),
      `Expecting error ${reprValue(frame.evaluation, expected.pattern)} but got ${reprValue(frame.evaluation, message)}`,
    );
  }
  return failAt(currentPlace(frame), 'Expecting an error but code block succeeded');
}
