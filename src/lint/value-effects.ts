import type { Expression } from '../lang/tree.ts';

/** Functions that only answer: a value of theirs that nobody uses was asked for in vain. */
const answers = new Set([
  'configuration_data',
  'environment',
  'files',
  'get_option',
  'get_variable',
  'import',
  'is_disabler',
  'is_variable',
  'join_paths',
  'range',
]);

/** Methods that only answer, of whatever object. */
const silentMethods = new Set([
  'allowed',
  'auto',
  'backend',
  'contains',
  'cpu',
  'cpu_family',
  'current_build_dir',
  'current_source_dir',
  'disabled',
  'enabled',
  'endian',
  'endswith',
  'format',
  'found',
  'full_path',
  'get',
  'get_compiler',
  'get_id',
  'global_build_root',
  'global_source_root',
  'has_key',
  'is_even',
  'is_odd',
  'is_subproject',
  'join',
  'keys',
  'length',
  'path',
  'project_build_root',
  'project_name',
  'project_source_root',
  'project_version',
  'replace',
  'split',
  'startswith',
  'strip',
  'substring',
  'system',
  'to_int',
  'to_lower',
  'to_string',
  'to_upper',
  'underscorify',
  'values',
  'version',
  'version_compare',
]);

/** Whether an expression is worth its value alone: taking it away would change nothing else. */
export function doesNothing(node: Expression): boolean {
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'identifier':
      return true;
    case 'array':
      return node.args === undefined && node.items.every(doesNothing);
    case 'dictionary':
      return node.entries.every(({ key, value }) => doesNothing(key) && doesNothing(value));
    case 'not':
    case 'negate':
      return doesNothing(node.operand);
    case 'parentheses':
      return doesNothing(node.inner);
    case 'ternary':
      return [node.condition, node.then, node.otherwise].every(doesNothing);
    case 'call':
      return answers.has(node.name) && doesNothingIn(node.args);
    case 'binary':
    case 'index':
    case 'method-call':
      return chainDoesNothing(node);
    default:
      return false;
  }
}

function doesNothingIn({
  positional,
  keywords,
}: Extract<Expression, { kind: 'call' }>['args']): boolean {
  return positional.every(doesNothing) && keywords.every(({ value }) => doesNothing(value));
}

/** Chains are as deep on their left as they are long. */
function chainDoesNothing(node: Expression): boolean {
  let at = node;
  for (;;) {
    if (at.kind === 'binary') {
      if (!doesNothing(at.right)) return false;
      at = at.left;
    } else if (at.kind === 'index') {
      if (!doesNothing(at.index)) return false;
      at = at.object;
    } else if (at.kind === 'method-call') {
      if (!silentMethods.has(at.name) || !doesNothingIn(at.args)) return false;
      at = at.object;
    } else return doesNothing(at);
  }
}
