/** What a machine file says. */
export interface MachineFileFacts {
  readonly compilers: ReadonlyMap<string, readonly string[]>;
  readonly binaries: ReadonlyMap<string, readonly string[]>;
  readonly compileArgs: ReadonlyMap<string, readonly string[]>;
  readonly linkArgs: ReadonlyMap<string, readonly string[]>;
  readonly properties: ReadonlyMap<string, string>;
  readonly cmake?: ReadonlyMap<string, string | readonly string[]>;
  /** `[host_machine]` of a cross file. */
  readonly machine: ReadonlyMap<string, string> | undefined;
}

/** Writes a machine file. */
export function machineFileText(facts: MachineFileFacts): string {
  const languages = [...new Set([...facts.compileArgs.keys(), ...facts.linkArgs.keys()])].sort();
  const options = languages.flatMap((language) => [
    ...list(`${language}_args`, facts.compileArgs.get(language) ?? []),
    ...list(`${language}_link_args`, facts.linkArgs.get(language) ?? []),
  ]);
  const lines = [
    '[binaries]',
    '# Compilers',
    ...lists(facts.compilers),
    '',
    '# Other binaries',
    ...lists(facts.binaries),
    '',
    '[built-in options]',
    ...options,
    '',
    '[properties]',
    ...[...facts.properties].map(([name, value]) => `${name} = ${quoted(value)}`),
    '',
  ];
  const { machine, cmake = new Map() } = facts;
  if (cmake.size > 0)
    lines.push(
      '[cmake]',
      '',
      ...[...cmake].flatMap(([name, value]) =>
        typeof value === 'string' ? [`${name} = ${quoted(value)}`] : list(name, value),
      ),
      '',
    );
  if (machine !== undefined) {
    lines.push(
      '[host_machine]',
      ...[...machine].map(([name, value]) => `${name} = ${quoted(value)}`),
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

function lists(all: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, words]) => list(name, words));
}

function list(name: string, words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : [`${name} = [${words.map(quoted).join(', ')}]`];
}

/** Machine files know no escapes: a backslash is itself. */
function quoted(text: string): string {
  return text.includes("'") ? `'''${text}'''` : `'${text}'`;
}
