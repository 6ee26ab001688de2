import { err, ok, type Result } from '../../base/result.ts';
import { isTable } from '../manifest/toml.ts';

export interface ConfigInclude {
  /** Relative to the folder of the file that says it. */
  readonly path: string;
  /** Whether it may be missing. */
  readonly isOptional: boolean;
}

/** `include = ["a.toml", { path = "b.toml", optional = true }]`; an error is in Cargo's words. */
export function configIncludes(value: unknown): Result<readonly ConfigInclude[], string> {
  if (value === undefined) return ok([]);
  if (!Array.isArray(value))
    return err(
      `expected a list of strings or a list of tables, but found ${kindOf(value)} at \`include\``,
    );
  const found: ConfigInclude[] = [];
  for (const [at, one] of value.entries()) {
    const read = oneInclude(one, `include[${at}]`);
    if (!read.ok) return read;
    found.push(read.value);
  }
  const odd = found.find(({ path }) => !path.endsWith('.toml'));
  return odd === undefined
    ? ok(found)
    : err(`expected a config include path ending with \`.toml\`, but found \`${odd.path}\``);
}

function oneInclude(value: unknown, key: string): Result<ConfigInclude, string> {
  if (typeof value === 'string') return ok({ path: value, isOptional: false });
  if (!isTable(value))
    return err(`expected a string or table, but found ${kindOf(value)} at \`${key}\``);
  const { path, optional = false } = value;
  if (path === undefined) return err(`missing field \`path\` at \`${key}\``);
  if (typeof path !== 'string')
    return err(`expected a string, but found ${kindOf(path)} at \`${key}.path\``);
  if (typeof optional !== 'boolean')
    return err(`expected a boolean, but found ${kindOf(optional)} at \`${key}.optional\``);
  return ok({ path, isOptional: optional });
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' || typeof value === 'bigint')
    return Number.isInteger(Number(value)) ? 'integer' : 'float';
  return isTable(value) ? 'table' : typeof value;
}
