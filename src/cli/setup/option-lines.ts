import { buildtypes } from '../../model/builtin-options.ts';
import { maskText } from '../../model/option.ts';
import type { StoredOption } from '../../store/setup/setup-state.ts';

/** What is shown of an option; of a project that is not set up the type is not known. */
export type ShownOption = Omit<StoredOption, 'type'> & Partial<Pick<StoredOption, 'type'>>;

/** Options as `configure` prints them, in Meson's sections, a line each. */
export function optionLines(options: readonly ShownOption[]): readonly string[] {
  const rows = options.map((option) => ({ title: titleOf(option), cells: cellsOf(option) }));
  const widths = [0, 1, 2].map((at) =>
    Math.min(40, Math.max(0, ...rows.map(({ cells }) => (cells[at] ?? '').length))),
  );
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')}`;
  const modules = new Set(options.map(moduleTitle).filter((title) => title !== undefined));
  const titles = [...sectionTitles.slice(0, 4), ...modules, ...sectionTitles.slice(4)];
  const sections = titles.flatMap((title) => {
    const own = rows.filter((row) => row.title === title);
    if (own.length === 0) return [];
    const heading = line([title, 'Current Value', 'Possible Values', 'Description']);
    return ['', heading, ...own.map(({ cells }) => line(cells).trimEnd())];
  });
  return [...sections, ...unlikeBuildtype(options)];
}

const titleBySection: Readonly<Record<string, string>> = {
  core: 'Core options',
  backend: 'Backend options',
  base: 'Base options',
  compiler: 'Compiler options',
  directory: 'Directories',
  test: 'Testing options',
  user: 'Project options',
};
/** Those of modules come after those of compilers. */
const sectionTitles = Object.values(titleBySection);

function titleOf(option: ShownOption): string | undefined {
  // The setup's record counts the backend among its own options.
  if (option.name === 'backend') return titleBySection['core'];
  return moduleTitle(option) ?? titleBySection[option.section];
}

function moduleTitle({ name, section }: ShownOption): string | undefined {
  const [, module] = /^(pkgconfig|python)\./.exec(name) ?? [];
  return section === 'core' && module !== undefined ? `${module} module options` : undefined;
}

function cellsOf(option: ShownOption): readonly string[] {
  return [option.name, valueText(option), choicesText(option), option.description];
}

function valueText({ name, value }: ShownOption): string {
  if (name === 'install_umask' && typeof value === 'number') return maskText(value);
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

function choicesText({ choices, type }: ShownOption): string {
  const all = type?.kind === 'integer' ? boundsOf(type) : choices;
  return all.length === 0 ? '' : `[${all.join(', ')}]`;
}

function boundsOf({
  min,
  max,
}: {
  readonly min?: number | bigint;
  readonly max?: number | bigint;
}) {
  return [...(min === undefined ? [] : [`>= ${min}`]), ...(max === undefined ? [] : [`<= ${max}`])];
}

/** Options that differ from what the build type stands for. */
function unlikeBuildtype(options: readonly ShownOption[]): readonly string[] {
  const set = (name: string): string =>
    String(options.find((option) => option.name === name)?.value);
  const usual = Object.entries(buildtypes[set('buildtype')] ?? {});
  const rows = usual
    .map(([name, value]) => [name, set(name), String(value)] as const)
    .filter(([, current, value]) => current !== value);
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    '\nThe following option(s) have a different value than the build type default:\n',
    ...[['', 'Current', 'Default'] as const, ...rows].map(
      ([name, current, value]) => `  ${name.padEnd(width)}  ${current.padEnd(7)}  ${value}`,
    ),
  ];
}
