import type { BindgenRules } from '../../eval/modules/rust/bindgen-rules.ts';

/** Attributes and comments before a type, with strings in them, then the type's name. */
const declaration =
  /((?:#\s*\[(?:"(?:\\.|[^"\\])*"|[^\]"])*\]\s*|\/\/\/[^\n]*\n\s*)*)(pub\s+(?:struct|union|enum)\s+)(\w+)/g;

/**
 * Adds derives and changes representations in bindgen's output. A rule for a type is one for the
 * nameless types within it too: `NAME__bindgen_ty_1`. Rules that fit no type are answered.
 */
export function applyBindgenRules(
  text: string,
  { derives, repr }: BindgenRules,
): { readonly text: string; readonly missing: readonly string[] } {
  const used = new Set<string>();
  const changed = text.replace(
    declaration,
    (...[, attributes = '', head = '', name = '']: string[]) => {
      let before = attributes;
      const wanted: string[] = [];
      for (const [rule, traits] of Object.entries(derives)) {
        if (!fits(rule, name)) continue;
        used.add(rule);
        wanted.push(...traits.filter((trait) => !wanted.includes(trait)));
      }
      for (const [rule, representation] of Object.entries(repr)) {
        if (rule !== name) continue;
        used.add(rule);
        before = withRepresentation(before, representation);
      }
      return `${before}${derivesFor(before, wanted)}${head}${name}`;
    },
  );
  const rules = [...Object.keys(derives), ...Object.keys(repr)];
  return { text: changed, missing: rules.filter((rule) => !used.has(rule)) };
}

/** The named type, one that a pattern with `*` fits, or a nameless one within. */
function fits(rule: string, name: string): boolean {
  const pattern = rule.replace(/[^\w*]/g, '\\$&').replaceAll('*', '\\w*');
  return new RegExp(`^${pattern}(__bindgen_ty_\\d+)*$`).test(name);
}

function withRepresentation(attributes: string, representation: string): string {
  const attribute = `#[repr(${representation})]`;
  const old = /#\s*\[\s*repr\s*\(([^)]*)\)\s*\]/;
  return old.test(attributes) ? attributes.replace(old, attribute) : `${attributes}${attribute}\n`;
}

/** The attributes that derive what is not derived yet: plainly, and under each feature. */
function derivesFor(attributes: string, wanted: readonly string[]): string {
  const there = [...attributes.matchAll(/#\s*\[\s*derive\s*\(([^)]*)\)\s*\]/g)].flatMap(
    ([, list = '']) => list.split(',').map((each) => each.replace(/\s+/g, '')),
  );
  const byFeature = new Map<string, string[]>();
  for (const text of wanted) {
    const [, feature = '', trait = ''] = /^(?:([\w-]+):\s+)?(.*)$/.exec(text) ?? [];
    if (there.includes(trait)) continue;
    byFeature.set(feature, [...(byFeature.get(feature) ?? []), trait]);
  }
  return [...byFeature]
    .map(([feature, traits]) => {
      const derive = `derive(${traits.join(', ')})`;
      return feature === '' ? `#[${derive}]\n` : `#[cfg_attr(feature = "${feature}", ${derive})]\n`;
    })
    .join('');
}
