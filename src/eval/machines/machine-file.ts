import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { parse } from '../../lang/parse.ts';
import type { Expression } from '../../lang/tree.ts';
import { failPlainly } from '../evaluation-error.ts';
import { joinPath } from '../join-path.ts';
import type { GivenValue } from '../options/option-key.ts';
import { type RawSections, readMachineFile, type Written } from './read-machine-file.ts';

/** A machine file's values by section and name (Meson: "Machine files"). */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, GivenValue>>;

/** Reads machine files on top of one another; constants of all of them hold in all of them. Tells of sections that mean nothing. */
export function readMachineFiles(
  { files, system }: Pick<Host, 'files' | 'system'>,
  paths: readonly string[],
  { sourceRoot, warn }: { readonly sourceRoot: string; readonly warn: (message: string) => void },
): Sections {
  const raw: RawSections = new Map();
  for (const path of paths) {
    const absolute = joinPath(system.workingDirectory, path);
    const text = files.readText(absolute);
    if (!text.ok)
      return failPlainly(
        text.error.kind === 'not-text'
          ? `Malformed machine file '${absolute}' failed to parse as unicode: ${text.error.reason}`
          : `Cannot find specified machine file: ${path}`,
      );
    const content = text.value
      .replaceAll('@GLOBAL_SOURCE_ROOT@', sourceRoot)
      .replaceAll('@DIRNAME@', posix.dirname(absolute));
    readMachineFile({ text: content, absolute, shown: path }, raw, warn);
  }
  const constants = new Map<string, GivenValue>([
    ['True', true],
    ['False', false],
    ['~', system.homeDirectory],
  ]);
  for (const [name, value] of readSection(raw.get('constants'), constants))
    constants.set(name, value);
  const sections = new Map<string, ReadonlyMap<string, GivenValue>>();
  // Python's configparser knows this section by itself: what it holds is in all others.
  const everywhere = raw.get('DEFAULT') ?? new Map<string, Written>();
  for (const [name, entries] of raw)
    if (name !== 'constants' && name !== 'DEFAULT')
      sections.set(name, readSection(new Map([...everywhere, ...entries]), constants));
  return sections;
}

function readSection(
  entries: ReadonlyMap<string, Written> | undefined,
  constants: ReadonlyMap<string, GivenValue>,
): ReadonlyMap<string, GivenValue> {
  const scope = new Map(constants);
  const section = new Map<string, GivenValue>();
  for (const [name, written] of entries ?? []) {
    if (/[ \t'"]/.test(name))
      failPlainly(`Malformed variable name '${name}' in machine file.`, `In ${written.where}.`);
    const value = readValue(name, written, scope);
    section.set(name, value);
    scope.set(name, value);
  }
  return section;
}

function readValue(
  name: string,
  written: Written,
  scope: ReadonlyMap<string, GivenValue>,
): GivenValue {
  const malformed = (why: string, end = '.'): never =>
    failPlainly(
      `Malformed value in machine file variable '${name}': ${why}${end}`,
      `In ${written.where}.`,
    );
  const source = { path: 'machinefile', text: written.text.replaceAll('\\', '\\\\') };
  const { tree, diagnostics } = parse(source, { machineFile: true });
  const error = diagnostics.find(({ severity }) => severity === 'error');
  // Meson's full stop comes behind the code that it shows below.
  if (error !== undefined) return malformed(error.message, '');
  const [statement] = tree.statements;
  if (statement === undefined) return malformed('value cannot be empty');
  if (statement.kind !== 'expression') return malformed('Unsupported node type');
  const known = (constant: string): GivenValue =>
    scope.get(constant) ??
    failPlainly(
      `Undefined constant '${constant}' in machine file variable '${name}'.`,
      ...(constant === written.text
        ? [`Strings stand between quotes: ${name} = '${constant}'`]
        : []),
      `In ${written.where}.`,
    );
  return evaluated(statement.expression, known) ?? malformed('Unsupported node type');
}

/** What an expression comes to; undefined where it is none of those that machine files may have. */
function evaluated(
  node: Expression,
  known: (constant: string) => GivenValue,
): GivenValue | undefined {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'number':
      // No option and no property is a number of this size.
      return Number(node.value);
    case 'parentheses':
      return evaluated(node.inner, known);
    case 'array': {
      const items = node.items.map((item) => evaluated(item, known));
      return items.every((item) => typeof item === 'string') ? items : undefined;
    }
    case 'identifier':
      return known(node.name);
    case 'binary':
      return joined(node.operator, evaluated(node.left, known), evaluated(node.right, known));
    default:
      return undefined;
  }
}

/** Texts and lists of them are added, texts are joined as paths. */
function joined(
  operator: string,
  left: GivenValue | undefined,
  right: GivenValue | undefined,
): GivenValue | undefined {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string')
    return left + right;
  if (operator === '+' && typeof left === 'object' && typeof right === 'object')
    return [...left, ...right];
  if (operator === '/' && typeof left === 'string' && typeof right === 'string')
    return joinPath(left, right);
  return undefined;
}
