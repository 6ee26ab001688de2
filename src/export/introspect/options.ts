import type {
  OptionDeclaration,
  OptionKey,
  OptionRow,
  OptionSection,
  OptionValue,
  ReadonlyOptions,
} from '../../model/option.ts';

const sections: readonly OptionSection[] = [
  ...(['core', 'backend', 'base', 'compiler', 'directory', 'user', 'test'] as const),
];

/**
 * `intro-buildoptions.json`: every option with its value, by section. `subprojects` are those whose
 * core options are listed too.
 */
export function introspectOptions(
  options: ReadonlyOptions,
  subprojects: readonly string[] = [],
): readonly unknown[] {
  const own: readonly OptionRow[] = [...options.all()].filter(isListed);
  const all = [...own, ...subprojects.flatMap((name) => coreOptionsOf(name, own))];
  const languages = [...new Set(own.map(languageOf))];
  return sections.flatMap((section) =>
    all
      .filter(({ declaration }) => sectionOf(declaration) === section)
      .sort((a, b) => languages.indexOf(languageOf(a)) - languages.indexOf(languageOf(b)))
      .sort((a, b) => machineRank(a) - machineRank(b))
      .sort((a, b) => compareKeys(a.key, b.key))
      .map(({ key, declaration, value, ownValue = value }) => shown(key, declaration, ownValue)),
  );
}

/** Whose option it is, of a compiler's: they stand together. */
function languageOf({ declaration }: OptionRow): string {
  return declaration.section === 'compiler' ? (declaration.name.split('_')[0] ?? '') : '';
}

/** What is not set up yet may set any core option for a subproject. */
function coreOptionsOf(subproject: string, rows: readonly OptionRow[]): readonly OptionRow[] {
  return rows
    .filter(({ declaration }) => sectionOf(declaration) === 'core')
    .map((row) => ({ ...row, key: { ...row.key, subproject } }));
}

/** Meson lists an option of its own once, whatever subprojects make of it, and this one not at all. */
function isListed({ key, declaration }: OptionRow): boolean {
  // Tools that know Meson's options know none of ours.
  if (declaration.name === 'namingscheme' || declaration.name.startsWith('kaon.')) return false;
  return declaration.section === 'user' || key.subproject === undefined;
}

function sectionOf({ name, section }: OptionDeclaration): OptionSection {
  return name === 'backend' ? 'core' : section;
}

/** Options of the top project come as they were declared, those of subprojects after them by name. */
function compareKeys(a: OptionKey, b: OptionKey): number {
  const [left, right] = [a.subproject ?? '', b.subproject ?? ''];
  if (left === '' && right === '') return 0;
  if (left !== right) return left < right ? -1 : 1;
  if (a.machine !== b.machine) return a.machine === 'build' ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Options that each machine has come after those that none has, the build machine's first. */
function machineRank({ key, declaration }: OptionRow): number {
  if (!isPerMachine(declaration)) return 0;
  return key.machine === 'build' ? 1 : 2;
}

function isPerMachine({ section, name }: OptionDeclaration): boolean {
  return section === 'compiler' || perMachine.has(name);
}

/** An option as command lines name it: `sub:build.c_args`. */
function optionName({ name, subproject, machine }: OptionKey): string {
  const prefix = subproject === undefined || subproject === '' ? '' : `${subproject}:`;
  return `${prefix}${machine === 'build' ? 'build.' : ''}${name}`;
}

const perMachine = new Set(['pkg_config_path', 'cmake_prefix_path']);

function shown(key: OptionKey, declaration: OptionDeclaration, value: OptionValue): unknown {
  const { type } = declaration;
  const choices = choicesOf(declaration);
  return {
    name: optionName(key),
    value,
    section: sectionOf(declaration),
    machine: isPerMachine(declaration) ? key.machine : 'any',
    ...(choices !== undefined && { choices }),
    type: type.kind === 'feature' ? 'combo' : type.kind === 'umask' ? umaskType(value) : type.kind,
    description: declaration.description,
  };
}

function choicesOf({ type }: OptionDeclaration): readonly string[] | undefined {
  switch (type.kind) {
    case 'combo':
      return type.choices;
    case 'feature':
      return ['enabled', 'disabled', 'auto'];
    case 'array':
      return type.choices !== undefined && type.choices.length > 0 ? type.choices : undefined;
    default:
      return undefined;
  }
}

function umaskType(value: OptionValue): string {
  return typeof value === 'number' ? 'integer' : 'string';
}
