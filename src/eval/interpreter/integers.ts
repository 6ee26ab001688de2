import { unreachable } from '../../base/assert.ts';
import type { Integer } from '../value.ts';

/**
 * Whole numbers of any size, as Python has them. One that a `number` holds exactly is a `number`, all
 * others are `bigint`: so equal ones are `===`, and the usual ones cost nothing.
 */
export type IntegerOperator = '+' | '-' | '*' | '/' | '%';

/** What an operator gives, rounded down where Python rounds down. The divisor is not 0. */
export function calculate(operator: IntegerOperator, left: Integer, right: Integer): Integer {
  if (typeof left === 'number' && typeof right === 'number') {
    const quick = ofNumbers(operator, left, right);
    // There is one zero only.
    if (Number.isSafeInteger(quick)) return quick + 0;
  }
  return normal(ofBigInts(operator, BigInt(left), BigInt(right)));
}

/** A whole number in the form that it has among values. */
export function normal(value: bigint): Integer {
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : value;
}

/** Its negative; there is no negative zero. */
export function negated(value: Integer): Integer {
  if (typeof value === 'bigint') return -value;
  return value === 0 ? 0 : -value;
}

/** Whether it is so large that working on with it would take long; Python does not print these. */
export function isHuge(value: Integer): boolean {
  return typeof value === 'bigint' && (value >= huge || value <= -huge);
}

const huge = 10n ** 4300n;

function ofNumbers(operator: IntegerOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return Math.floor(left / right);
    case '%': {
      // What is multiplied with the quotient may be too large to be exact.
      const rest = left % right;
      return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
    }
    default:
      return unreachable(operator);
  }
}

function ofBigInts(operator: IntegerOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return floored(left, right);
    case '%':
      return left - right * floored(left, right);
    default:
      return unreachable(operator);
  }
}

/** BigInts are divided towards zero. */
function floored(left: bigint, right: bigint): bigint {
  const quotient = left / right;
  return quotient * right !== left && left < 0n !== right < 0n ? quotient - 1n : quotient;
}
