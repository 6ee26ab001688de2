import { err, ok, type Result } from '../base/result.ts';

/** One change that is asked for, as `rewrite command` takes it in JSON. */
export type RewriteCommand =
  | {
      readonly type: 'target';
      readonly target: string;
      readonly operation: TargetOperation;
      readonly sources: readonly string[];
      readonly subdir: string;
      readonly target_type: string;
    }
  | {
      readonly type: 'kwargs';
      readonly function: string;
      readonly id: string;
      readonly operation: KeywordOperation;
      readonly kwargs: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'default_options';
      readonly operation: 'set' | 'delete';
      readonly options: Readonly<Record<string, unknown>>;
    };

/** What a `target` command may do. */
export type TargetOperation = (typeof targetOperations)[number];
/** What a `kwargs` command may do. */
export type KeywordOperation = (typeof keywordOperations)[number];

const targetOperations = [
  ...(['src_add', 'src_rm', 'target_rm', 'target_add'] as const),
  ...(['extra_files_add', 'extra_files_rm', 'info'] as const),
] as const;

/** All of them, as messages list them. */
export const keywordOperations = [
  ...(['set', 'delete', 'add', 'remove', 'remove_regex', 'info'] as const),
] as const;

/** The functions that `target_add` can write a call of. */
export const addedTargetTypes = [
  ...['both_libraries', 'executable', 'jar', 'library', 'shared_library'],
  ...['shared_module', 'static_library'],
] as const;

/** Reads commands from what JSON gave; what is wrong is told in Meson's words. */
export function readCommands(value: unknown): Result<readonly RewriteCommand[], string> {
  if (!Array.isArray(value)) return err('Command is not a list');
  const commands: RewriteCommand[] = [];
  for (const each of value) {
    const read = readCommand(each);
    if (!read.ok) return read;
    commands.push(read.value);
  }
  return ok(commands);
}

interface Field {
  readonly name: string;
  readonly type: 'str' | 'list' | 'dict';
  /** What it is when it is not given; undefined where it must be. */
  readonly otherwise?: unknown;
  readonly choices?: readonly string[];
}

const fields: Readonly<Record<RewriteCommand['type'], readonly Field[]>> = {
  default_options: [
    { name: 'operation', type: 'str', choices: ['set', 'delete'] },
    { name: 'options', type: 'dict', otherwise: {} },
  ],
  kwargs: [
    { name: 'function', type: 'str' },
    { name: 'id', type: 'str' },
    { name: 'operation', type: 'str', choices: keywordOperations },
    { name: 'kwargs', type: 'dict', otherwise: {} },
  ],
  target: [
    { name: 'target', type: 'str' },
    { name: 'operation', type: 'str', choices: targetOperations },
    { name: 'sources', type: 'list', otherwise: [] },
    { name: 'subdir', type: 'str', otherwise: '' },
    { name: 'target_type', type: 'str', otherwise: 'executable', choices: addedTargetTypes },
  ],
};

function readCommand(value: unknown): Result<RewriteCommand, string> {
  if (typeof value !== 'object' || value === null) return err('Command is not an object');
  const given = new Map<string, unknown>(Object.entries(value));
  if (!given.has('type')) return err('Command has no key "type"');
  const type = String(given.get('type'));
  if (type !== 'target' && type !== 'kwargs' && type !== 'default_options') {
    const known = "['default_options', 'kwargs', 'target']";
    return err(`Unknown command "${type}". Supported commands are: ${known}`);
  }
  const command: Record<string, unknown> = { type };
  for (const { name, type: wanted, otherwise, choices } of fields[type]) {
    const own = given.get(name) ?? otherwise;
    if (own === undefined) return err(`Key "${name}" is missing in object for process_${type}`);
    if (typeOf(own) !== wanted) {
      return err(
        `Invalid type of "${name}". Required is ${wanted} but provided was ${typeOf(own)}`,
      );
    }
    if (choices !== undefined && !choices.includes(String(own))) {
      const list = `[${choices.map((each) => `'${each}'`).join(', ')}]`;
      return err(
        `Invalid value of "${name}": Possible values are ${list} but provided was "${own}"`,
      );
    }
    command[name] = wanted === 'list' && Array.isArray(own) ? own.map(String) : own;
  }
  // Every field was looked at.
  return ok(command as RewriteCommand);
}

function typeOf(value: unknown): string {
  if (typeof value === 'string') return 'str';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'boolean') return 'bool';
  return value === null ? 'NoneType' : 'dict';
}
