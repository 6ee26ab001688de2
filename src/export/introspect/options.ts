import type {
  OptionDeclaration,
  OptionKey,
  OptionSection,
  OptionValue,
  ReadonlyOptions,
} from '../../model/option.ts';

const sections: readonly OptionSection[] = [
  ...(['core', 'backend', 'base', 'compiler', 'directory', 'user', 'test'] as const),
];

/** `intro-buildoptions.json`: every option with its value, by section. */
export function introspectOptions(options: ReadonlyOptions): readonly unknown[] {
  const all = [...options.all()];
  return sections.flatMap((section) =>
    all
      .filter(({ declaration }) => declaration.section === section)
      .map(({ key, declaration, value }) => shown(key, declaration, value)),
  );
}

/** An option as command lines name it: `sub:build.c_args`. */
export function optionName({ name, subproject, machine }: OptionKey): string {
  const prefix = subproject === undefined || subproject === '' ? '' : `${subproject}:`;
  return `${prefix}${machine === 'build' ? 'build.' : ''}${name}`;
}

const perMachine = new Set(['pkg_config_path', 'cmake_prefix_path']);

function shown(key: OptionKey, declaration: OptionDeclaration, value: OptionValue): unknown {
  const hasMachine = declaration.section === 'compiler' || perMachine.has(declaration.name);
  const { type } = declaration;
  const choices = choicesOf(declaration);
  return {
    name: optionName(key),
    value,
    section: declaration.section,
    machine: hasMachine ? key.machine : 'any',
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
