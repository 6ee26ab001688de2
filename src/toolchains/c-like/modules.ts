import type { ScannedModules } from '../rules.ts';

const notCode =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^()\\\s]{0,16})\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"/g;
const name = '[A-Za-z_][\\w.]*';
const declaration = new RegExp(
  `^[ \\t]*(export\\s+)?module\\s+(${name})(?:\\s*:\\s*(${name}))?\\s*(?:\\[\\[[^\\n]*\\]\\]\\s*)?;`,
  'm',
);
const importation = new RegExp(
  `^[ \\t]*(?:export\\s+)?import\\s+(?:(:)\\s*)?(${name})\\s*(?:\\[\\[[^\\n]*\\]\\]\\s*)?;`,
  'gm',
);
const conditional = /^[ \t]*#[ \t]*if/m;

/**
 * The modules of a C++ source (C++20, [module.unit] and [module.import]). Header units are none of
 * them. What stands under a condition of the preprocessor may not be made at all.
 */
export function scanCppModules(text: string): ScannedModules {
  const code = text.replaceAll(notCode, (found) =>
    found.startsWith('"') || found.startsWith('R') ? '""' : ' ',
  );
  const found = declaration.exec(code);
  const [before = ''] = found === null ? [''] : [code.slice(0, found.index)];
  const [, exported, module, part] = found ?? [];
  const made = part === undefined ? module : `${module}:${part}`;
  const makes = made !== undefined && (exported !== undefined || part !== undefined);
  const requires = new Set<string>();
  // An implementation unit imports what it implements.
  if (made !== undefined && !makes) requires.add(made);
  for (const [, isPart, imported = ''] of code.matchAll(importation))
    requires.add(isPart === undefined ? imported : `${module ?? ''}:${imported}`);
  const sure = !conditional.test(withoutGuards(before));
  return {
    provides: makes && sure ? [made] : [],
    providesPerhaps: makes && !sure ? [made] : [],
    requires: [...requires].filter((each) => each !== made || !makes),
    includes: [],
  };
}

/** Conditions that are over before the module is declared decide nothing of it. */
function withoutGuards(text: string): string {
  let open = 0;
  let from = 0;
  for (const { 1: word, index = 0 } of text.matchAll(/^[ \t]*#[ \t]*(if|endif)/gm)) {
    if (word === 'endif') open = Math.max(0, open - 1);
    else if (open++ === 0) from = index;
  }
  return open === 0 ? '' : text.slice(from);
}

/** Suffixes of sources that compilers take for interfaces of modules. */
export const interfaceSuffix = /\.(cppm|ccm|cxxm|c\+\+m|ixx)$/;
