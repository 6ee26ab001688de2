import { isTable, type Table } from '../manifest/toml.ts';
import { typeOf } from '../manifest/type-of.ts';
import type { Judged, ManifestFault } from './judged.ts';

const isText = (value: unknown): boolean => typeof value === 'string';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';

interface Type {
  readonly fits: (value: unknown) => boolean;
  readonly expected: string;
}

const texts: Type = { fits: isTexts, expected: 'a vector of strings' };
const text: Type = { fits: isText, expected: 'a string' };

/** Fields that kaon has no use for, or takes in whatever form: what they may be. */
const shared: Readonly<Record<string, Type>> = {
  categories: texts,
  documentation: text,
  exclude: texts,
  include: texts,
  keywords: texts,
  publish: {
    fits: (value) => isFlag(value) || isTexts(value),
    expected: 'a boolean, a vector of strings',
  },
  readme: { fits: (value) => isFlag(value) || isText(value), expected: 'a string, a bool' },
};
const own: Readonly<Record<string, Type>> = {
  build: {
    fits: (value) => isFlag(value) || isText(value) || isTexts(value),
    expected: 'a boolean, string or array',
  },
  workspace: text,
};

/** Values of other types than Cargo reads. */
export function typeFaults({ toml, isRoot }: Judged): readonly ManifestFault[] {
  const fields = isTable(toml['package']) ? toml['package'] : {};
  const workspace = isRoot && isTable(toml['workspace']) ? toml['workspace'] : {};
  const inherited = isTable(workspace['package']) ? workspace['package'] : {};
  return [
    ...oddIn(fields, { ...shared, ...own }),
    ...oddIn(inherited, shared),
    ...(isTexts(fields['build']) && !isAsked(toml)
      ? [
          {
            key: 'build',
            message: 'feature `multiple-build-scripts` is required',
            hint: 'Several build scripts are unstable in Cargo, and kaon does not heed them.',
          },
        ]
      : []),
  ];
}

function isAsked(toml: Table): boolean {
  const asked = toml['cargo-features'];
  return Array.isArray(asked) && asked.includes('multiple-build-scripts');
}

function oddIn(table: Table, types: Readonly<Record<string, Type>>): readonly ManifestFault[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const type = Object.hasOwn(types, key) ? types[key] : undefined;
    const isTaken = isTable(value) && value['workspace'] === true && key in shared;
    if (type === undefined || isTaken || type.fits(value)) return [];
    const orElse =
      key in shared ? (type.expected.includes(',') ? ', or workspace' : ' or workspace') : '';
    return [{ key, message: `invalid type: ${typeOf(value)}, expected ${type.expected}${orElse}` }];
  });
}
