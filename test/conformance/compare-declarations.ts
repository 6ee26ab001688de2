import type { Declarations, Declared, DeclaredKeyword } from './declared.ts';

/** A declaration as `meson-declarations.py` tells it. */
interface MesonDeclared {
  readonly label?: string;
  readonly positionalLabel?: string;
  readonly FeatureNew?: readonly [string, string, string];
  readonly FeatureDeprecated?: readonly [string, string, string];
  readonly positional?: readonly (readonly string[])[];
  readonly optional?: readonly (readonly string[])[];
  readonly rest?: readonly string[] | null;
  readonly min?: number;
  readonly max?: number;
  readonly noArgsFlattening?: boolean;
  readonly noPosargs?: boolean;
  readonly noKwargs?: boolean;
  readonly anyKeywords?: boolean;
  readonly keywords?: Readonly<Record<string, DeclaredKeyword & { readonly features: boolean }>>;
  readonly keywordsSince?: Readonly<Record<string, string>>;
  readonly keywordsDeprecated?: Readonly<Record<string, string>>;
}

export interface MesonDeclarations {
  readonly functions: Readonly<Record<string, MesonDeclared>>;
  readonly objects: Readonly<Record<string, Readonly<Record<string, MesonDeclared>>>>;
  readonly modules: Readonly<
    Record<
      string,
      Omit<Declarations['modules'][string], 'functions'> & {
        readonly functions: Readonly<Record<string, MesonDeclared>>;
      }
    >
  >;
}

/** Meson's classes whose methods have another name here. */
const objectNames: Readonly<Record<string, string>> = {
  ArrayHolder: 'list',
  BooleanHolder: 'bool',
  // A dependency here, which has more methods.
  ExternalLibraryHolder: 'Dependency',
  DictHolder: 'dict',
  FeatureOptionHolder: 'Feature',
  IntegerHolder: 'int',
  MachineHolder: 'MachineInfo',
  ProgramHolder: 'ExternalProgram',
  StringHolder: 'str',
  SubprojectHolder: 'SubprojectHolder',
  TryRunResultHolder: 'RunResult',
  'codegen.LexHolder': 'LexGenerator',
  'codegen.YaccHolder': 'YaccGenerator',
  'hotdoc.HotdocTargetHolder': 'HotdocTarget',
  'sourceset.SourceFilesObject': 'SourceFiles',
  'sourceset.SourceSetImpl': 'SourceSet',
};

/** Texts that know where they come from, modules as they are: no types of their own in build files. */
const notObjects =
  /^(OptionString|MesonVersionString|DependencyVariableString|_CustomTarget)Holder$|^_qt\./;

/** What Meson declares and kaon does not, or otherwise; a line each. */
export function compareDeclarations(meson: MesonDeclarations, kaon: Declarations): string[] {
  const lines = compareTables('', meson.functions, kaon.functions);
  for (const [name, members] of Object.entries(meson.objects)) {
    if (notObjects.test(name) || Object.keys(members).length === 0) continue;
    const own = objectNames[name] ?? name.replace(/Holder$/, '').replace(/^.*\./, '');
    const compared = compareTables(`${own}.`, members, kaon.objects[own] ?? {});
    const isWhole = name !== 'ExternalLibraryHolder';
    lines.push(...compared.filter((line) => isWhole || !line.endsWith(': only in kaon')));
  }
  for (const [name, module] of Object.entries(meson.modules)) {
    const own = kaon.modules[name];
    if (own === undefined) {
      lines.push(`import('${name}'): missing`);
      continue;
    }
    for (const key of ['since', 'deprecated', 'unstable', 'stabilized'] as const)
      lines.push(...differs(`import('${name}')`, key, module[key], own[key]));
    lines.push(...compareTables(`${name}.`, module.functions, own.functions));
  }
  return lines;
}

function compareTables(
  prefix: string,
  meson: Readonly<Record<string, MesonDeclared>>,
  kaon: Readonly<Record<string, Declared>>,
): string[] {
  const isModule = meson['found'] !== undefined && prefix !== '';
  const lines: string[] = [];
  for (const [name, declared] of Object.entries(meson)) {
    const own = kaon[name];
    if (own !== undefined) lines.push(...compareOne(prefix + name, declared, own));
    else if (!(isModule && name === 'found')) lines.push(`${prefix}${name}: missing`);
  }
  for (const name of Object.keys(kaon))
    if (meson[name] === undefined) lines.push(`${prefix}${name}: only in kaon`);
  return lines;
}

function compareOne(name: string, meson: MesonDeclared, kaon: Declared): string[] {
  const feature = meson.FeatureNew?.[0] ?? meson.FeatureDeprecated?.[0];
  const labels = [
    ['label', meson.label, kaon.label],
    ['positional label', meson.positionalLabel, kaon.positionalLabel],
    ['feature label', feature, kaon.featureLabel],
  ] as const;
  return [
    ...labels.flatMap(([what, wanted, got]) =>
      wanted === undefined ? [] : differs(name, what, wanted, got),
    ),
    ...differs(name, 'since', meson.FeatureNew?.[1] ?? null, kaon.since),
    ...differs(name, 'deprecated', meson.FeatureDeprecated?.[1] ?? null, kaon.deprecated),
    ...comparePositional(name, meson, kaon),
    ...differs(name, 'keepsLists', meson.noArgsFlattening ?? false, kaon.keepsLists),
    ...differs(name, 'anyKeywords', meson.anyKeywords ?? false, kaon.anyKeywords),
    ...compareKeywords(name, meson, kaon.keywords),
  ];
}

function comparePositional(name: string, meson: MesonDeclared, kaon: Declared): string[] {
  // Without such a decorator the function looks at its arguments itself.
  if (meson.positionalLabel === undefined && meson.noPosargs !== true) return [];
  return [
    ...differs(name, 'positional', meson.positional ?? [], kaon.positional),
    ...differs(name, 'optional', meson.optional ?? [], kaon.optional),
    ...differs(name, 'rest', meson.rest ?? null, kaon.rest),
    ...differs(name, 'min', meson.min ?? 0, kaon.min),
    // 0 is Meson's word for no limit.
    ...differs(name, 'max', meson.max ?? 0, 0),
  ];
}

function compareKeywords(
  name: string,
  { keywords: meson = {}, keywordsSince = {}, keywordsDeprecated = {} }: MesonDeclared,
  kaon: Readonly<Record<string, DeclaredKeyword>>,
): string[] {
  const lines: string[] = [];
  for (const [key, declared] of Object.entries(meson)) {
    const own = kaon[key];
    const place = `${name}(${key}:)`;
    if (own === undefined) {
      lines.push(`${place}: missing`);
      continue;
    }
    const told = {
      ...declared,
      since: keywordsSince[key] ?? declared.since,
      deprecated: keywordsDeprecated[key] ?? declared.deprecated,
      default: plainDefault(declared.default),
    };
    const keys = ['types', 'required', 'since', 'deprecated', 'asDefault'] as const;
    for (const one of keys) lines.push(...differs(place, one, told[one], own[one]));
    // Where code of Meson's looks at the value, what it finds new is not declared.
    if (!declared.features)
      for (const one of ['sinceValues', 'deprecatedValues'] as const)
        lines.push(...differs(place, one, told[one], own[one]));
    lines.push(...differs(place, 'default', told.default, plainDefault(own.default)));
  }
  for (const key of Object.keys(kaon))
    if (meson[key] === undefined) lines.push(`${name}(${key}:): only in kaon`);
  return lines;
}

/** Lists and dictionaries that are empty are as good as none. */
function plainDefault(value: unknown): unknown {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  const empty =
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 0 &&
    !(value instanceof Map && value.size > 0);
  return empty ? null : value || null;
}

function differs(place: string, what: string, meson: unknown, kaon: unknown): string[] {
  const [wanted, got] = [text(meson), text(kaon)];
  return wanted === got ? [] : [`${place}: ${what}: Meson ${wanted}, kaon ${got}`];
}

/** Order of a choice of types means nothing in a build file, but Meson's messages tell it. */
function text(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (value === 'object') return '"any"';
  if (value instanceof Map || value instanceof Set) return value.size === 0 ? 'null' : '[…]';
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, one]) => `${key}: ${text(one)}`).join(', ')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
