import type { Rule } from './rule.ts';
import { argumentType } from './rules/argument-type.ts';
import { badOption } from './rules/bad-option.ts';
import { conditionType } from './rules/condition-type.ts';
import { deprecated } from './rules/deprecated.ts';
import { duplicateKey } from './rules/duplicate-key.ts';
import { duplicateOption } from './rules/duplicate-option.ts';
import { missingArgument } from './rules/missing-argument.ts';
import { missingFile } from './rules/missing-file.ts';
import { mixedComparison } from './rules/mixed-comparison.ts';
import { overwritingLoop } from './rules/overwriting-loop.ts';
import { overwrittenValue } from './rules/overwritten-value.ts';
import { reservedName } from './rules/reserved-name.ts';
import { shadowedName } from './rules/shadowed-name.ts';
import { tooNew } from './rules/too-new.ts';
import { unknownFunction } from './rules/unknown-function.ts';
import { unknownKeyword } from './rules/unknown-keyword.ts';
import { unknownMethod } from './rules/unknown-method.ts';
import { unknownModule } from './rules/unknown-module.ts';
import { unknownOption } from './rules/unknown-option.ts';
import { unknownVariable } from './rules/unknown-variable.ts';
import { unreachableCode } from './rules/unreachable-code.ts';
import { unusedOption } from './rules/unused-option.ts';
import { unusedVariable } from './rules/unused-variable.ts';

/** All rules. A new one is one file, one line here, and one test. */
export const rules: readonly Rule[] = [
  unknownVariable,
  unknownFunction,
  unknownMethod,
  unknownKeyword,
  unknownModule,
  unknownOption,
  missingArgument,
  argumentType,
  missingFile,
  mixedComparison,
  conditionType,
  duplicateKey,
  duplicateOption,
  badOption,
  reservedName,
  unusedVariable,
  unusedOption,
  overwrittenValue,
  overwritingLoop,
  unreachableCode,
  deprecated,
  tooNew,
  shadowedName,
];
