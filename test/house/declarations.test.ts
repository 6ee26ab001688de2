import { expect, test } from 'vitest';
import { compareDeclarations } from '../conformance/compare-declarations.ts';
import { type Declared, kaonDeclarations } from '../conformance/declared.ts';

const all = kaonDeclarations();
const declared: readonly (readonly [string, Declared])[] = [
  ...Object.entries(all.functions),
  ...Object.entries(all.objects).flatMap(([name, members]) =>
    Object.entries(members).map(([own, one]) => [`${name}.${own}`, one] as const),
  ),
  ...Object.entries(all.modules).flatMap(([name, { functions }]) =>
    Object.entries(functions).map(([own, one]) => [`${name}.${own}`, one] as const),
  ),
];

test('versions of features are versions', () => {
  const isVersion = (text: string | null): boolean =>
    text === null || /^\d+\.\d+(\.\d+)?$/.test(text);
  const wrong = declared.filter(
    ([, { since, deprecated, keywords }]) =>
      !isVersion(since) ||
      !isVersion(deprecated) ||
      !Object.values(keywords).every((one) => isVersion(one.since) && isVersion(one.deprecated)),
  );
  expect(wrong.map(([name]) => name)).toEqual([]);
});

test('whatever Meson declares and kaon does not is told, a line each', () => {
  const lines = compareDeclarations(
    {
      functions: {
        executable: {
          label: 'executable',
          FeatureNew: ['executable', '9.9.9', ''],
          keywords: {
            nosuch: {
              types: ['str'],
              default: null,
              required: false,
              since: null,
              deprecated: null,
              sinceValues: {},
              deprecatedValues: {},
              asDefault: [],
              features: false,
            },
          },
        },
        nosuch: {},
      },
      objects: { StringHolder: { nosuch: {} } },
      modules: {},
    },
    all,
  );
  expect(lines).toContain('executable: since: Meson "9.9.9", kaon null');
  expect(lines).toContain('executable(nosuch:): missing');
  expect(lines).toContain('executable(link_with:): only in kaon');
  expect(lines).toContain('nosuch: missing');
  expect(lines).toContain('str.nosuch: missing');
});
