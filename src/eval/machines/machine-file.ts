import { posix } from 'node:path';
import { didYouMean } from '../../base/close-match.ts';
import { plainError } from '../../diag/diagnostic.ts';
import type { Host } from '../../host/host.ts';
import { parse } from '../../lang/parse.ts';
import type { Expression } from '../../lang/tree.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { joinPath } from '../join-path.ts';
import type { GivenValue } from '../options/option-key.ts';

/** A machine file's values by section and name (Meson: "Machine files"). */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, GivenValue>>;

/** A value as it is written, and where. */
interface Written {
  readonly text: string;
  readonly where: string;
}

type RawSections = Map<string, Map<string, Written>>;

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
      return fail(
        text.error.kind === 'not-text'
          ? `Malformed machine file '${absolute}' failed to parse as unicode: ${text.error.reason}`
          : `Cannot find specified machine file: ${path}`,
      );
    const content = text.value
      .replaceAll('@GLOBAL_SOURCE_ROOT@', sourceRoot)
      .replaceAll('@DIRNAME@', posix.dirname(absolute));
    readIni(content, { absolute, path, warn }, raw);
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

function fail(message: string, ...hints: readonly string[]): never {
  throw new EvaluationError({ ...plainError(message), hints });
}

/** Python's configparser, as Meson sets it up: `=`, comments in own lines, lines that are indented further go on. */
function readIni(
  text: string,
  {
    absolute: path,
    path: shown,
    warn,
  }: {
    readonly absolute: string;
    readonly path: string;
    readonly warn: (message: string) => void;
  },
  into: RawSections,
): void {
  let section: Map<string, Written> | undefined;
  let title = '';
  let name: string | undefined;
  let indent = 0;
  // Another file may say anew what this one says, itself it may not.
  const said = new Set<string>();
  const once = (what: string, at: number): void => {
    if (said.has(what))
      fail(
        `Malformed machine file: While reading from '${path}' [line ${String(at + 1).padStart(2)}]: ${what} already exists`,
      );
    said.add(what);
  };
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|;|$)/.test(line)) continue;
    const own = line.length - line.trimStart().length;
    if (own > indent && section !== undefined && name !== undefined) {
      const begun = section.get(name);
      const where = begun?.where ?? `${shown}, line ${at + 1}`;
      section.set(name, { text: `${begun?.text ?? ''}\n${line.trim()}`, where });
      continue;
    }
    indent = own;
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      once(`section '${header}'`, at);
      const unknown = unknownSection(header);
      if (unknown !== undefined) warn(`${shown}, line ${at + 1}: ${unknown}`);
      title = header;
      section = into.get(header) ?? new Map();
      into.set(header, section);
      name = undefined;
      continue;
    }
    const [, key, value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === undefined)
      fail(
        `Malformed machine file: File contains no section headers.\nfile: '${path}', line: ${at + 1}\n${line}`,
      );
    if (key === undefined || key === '')
      fail(
        `Malformed machine file: Source contains parsing errors: '${path}'\n\t[line ${String(at + 1).padStart(2)}]: ${line}`,
      );
    once(`option '${key}' in section '${title}'`, at);
    name = key;
    section.set(key, { text: value ?? '', where: `${shown}, line ${at + 1}` });
  }
}

/** What is told of a section that nobody reads. */
function unknownSection(title: string): string | undefined {
  // Options may be those of a subproject.
  const [, name = title] = /^[^:]*:(.*options)$/.exec(title) ?? [];
  if (sectionNames.includes(name)) return undefined;
  return `machine files have no section [${title}], and nothing reads it.${didYouMean(name, sectionNames)}`;
}

const sectionNames: readonly string[] = [
  ...['binaries', 'properties', 'constants', 'cmake', 'paths', 'built-in options'],
  ...['project options', 'build_machine', 'host_machine', 'target_machine', 'DEFAULT'],
];

function readSection(
  entries: ReadonlyMap<string, Written> | undefined,
  constants: ReadonlyMap<string, GivenValue>,
): ReadonlyMap<string, GivenValue> {
  const scope = new Map(constants);
  const section = new Map<string, GivenValue>();
  for (const [name, written] of entries ?? []) {
    if (/[ \t'"]/.test(name))
      fail(`Malformed variable name '${name}' in machine file.`, `In ${written.where}.`);
    const value = readValue(name, written, scope);
    section.set(name, value);
    scope.set(name, value);
  }
  return section;
}

function readValue(
  name: string,
  { text, where }: Written,
  scope: ReadonlyMap<string, GivenValue>,
): GivenValue {
  const malformed = (why: string, end = '.'): never =>
    fail(`Malformed value in machine file variable '${name}': ${why}${end}`, `In ${where}.`);
  const source = { path: 'machinefile', text: text.replaceAll('\\', '\\\\') };
  const { tree, diagnostics } = parse(source, { machineFile: true });
  const error = diagnostics.find(({ severity }) => severity === 'error');
  // Meson's full stop comes behind the code that it shows below.
  if (error !== undefined) return malformed(error.message, '');
  const [statement] = tree.statements;
  if (statement === undefined) return malformed('value cannot be empty');
  const read = (node: Expression): GivenValue => {
    switch (node.kind) {
      case 'string':
      case 'boolean':
        return node.value;
      case 'number':
        // No option and no property is a number of this size.
        return Number(node.value);
      case 'parentheses':
        return read(node.inner);
      case 'array':
        return node.items.map((item) => {
          const value = read(item);
          return typeof value === 'string' ? value : malformed('Unsupported node type');
        });
      case 'identifier': {
        const known = scope.get(node.name);
        if (known === undefined)
          return fail(
            `Undefined constant '${node.name}' in machine file variable '${name}'.`,
            `Strings stand between quotes: ${name} = '${text}'`,
            `In ${where}.`,
          );
        return known;
      }
      case 'binary': {
        const left = read(node.left);
        const right = read(node.right);
        if (node.operator === '+' && typeof left === 'string' && typeof right === 'string')
          return left + right;
        if (node.operator === '+' && typeof left === 'object' && typeof right === 'object')
          return [...left, ...right];
        if (node.operator === '/' && typeof left === 'string' && typeof right === 'string')
          return joinPath(left, right);
        return malformed('Unsupported node type');
      }
      default:
        return malformed('Unsupported node type');
    }
  };
  return statement.kind === 'expression'
    ? read(statement.expression)
    : malformed('Unsupported node type');
}
