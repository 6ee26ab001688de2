import { didYouMean } from '../../base/close-match.ts';
import { failPlainly } from '../evaluation-error.ts';

/** A value as it is written, and where. */
export interface Written {
  readonly text: string;
  /** For hints: `cross.ini, line 3`. */
  readonly where: string;
}

/** What machine files say, by section and name; a later file says anew what it says, too. */
export type RawSections = Map<string, Map<string, Written>>;

/** The text of a machine file, and how it is called. */
export interface MachineFileText {
  readonly text: string;
  readonly absolute: string;
  /** As it was given: for people. */
  readonly shown: string;
}

/**
 * Python's configparser, as Meson sets it up: `=`, comments in own lines, lines that are indented further go
 * on. Adds to sections that are there already; ends evaluation where a file says the same thing twice.
 */
export function readMachineFile(
  { text, absolute, shown }: MachineFileText,
  into: RawSections,
  warn: (message: string) => void,
): void {
  let open: OpenSection | undefined;
  let name: string | undefined;
  let indent = 0;
  const once = onlyOnce(absolute);
  const wrong: string[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|;|$)/.test(line)) continue;
    const where = `${shown}, line ${at + 1}`;
    const own = line.length - line.trimStart().length;
    if (own > indent && open !== undefined && name !== undefined) {
      const begun = open.entries.get(name);
      const whole = `${begun?.text ?? ''}\n${line.trim()}`;
      open.entries.set(name, { text: whole, where: begun?.where ?? where });
      continue;
    }
    indent = own;
    const title = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (title !== undefined) {
      once(`section '${title}'`, at);
      const unknown = unknownSection(title);
      if (unknown !== undefined) warn(`${where}: ${unknown}`);
      open = { title, entries: into.get(title) ?? new Map() };
      into.set(title, open.entries);
      name = undefined;
      continue;
    }
    const [, key, value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (open === undefined)
      malformed(`File contains no section headers.\nfile: '${absolute}', line: ${at + 1}\n${line}`);
    if (key === undefined || key === '') {
      wrong.push(`\t[line ${String(at + 1).padStart(2)}]: ${line}`);
      continue;
    }
    once(`option '${key}' in section '${open.title}'`, at);
    name = key;
    open.entries.set(key, { text: value ?? '', where });
  }
  // What stands there twice is told first, wherever it stands.
  if (wrong.length > 0)
    malformed([`Source contains parsing errors: '${absolute}'`, ...wrong].join('\n'));
}

interface OpenSection {
  readonly title: string;
  readonly entries: Map<string, Written>;
}

/** Another file may say anew what one says, itself it may not. */
function onlyOnce(path: string): (what: string, at: number) => void {
  const said = new Set<string>();
  return (what, at) => {
    if (said.has(what))
      malformed(
        `While reading from '${path}' [line ${String(at + 1).padStart(2)}]: ${what} already exists`,
      );
    said.add(what);
  };
}

function malformed(why: string): never {
  failPlainly(`Malformed machine file: ${why}`);
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
