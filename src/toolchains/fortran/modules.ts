import type { ScannedModules } from '../rules.ts';

const moduleLine = /^\s*module\s+(\w+)\s*(?:!.*)?$/i;
const submoduleLine = /^\s*submodule\s*\(\s*(\w+)\s*(?::\s*(\w+))?\s*\)\s*(\w+)/i;
const useLine = /^\s*use\s*(?:,\s*(?:non_intrinsic)\s*)?(?:::)?\s*(\w+)/i;
const includeLine = /^\s*#?\s*include\s*['"]([^'"]+)['"]/i;
const conditional = /^\s*#\s*(?:if|ifdef|ifndef)\b/m;

/**
 * The modules of a source, found line by line as Meson finds them: no statement that matters spans
 * lines. What stands under a condition of the preprocessor may not be made at all.
 */
export function scanModules(text: string): ScannedModules {
  const modules = new Set<string>();
  const submodules = new Set<string>();
  const requires = new Set<string>();
  const includes = new Set<string>();
  for (const line of text.split('\n').map((each) => each.replace(/\r$/, ''))) {
    const [, module] = moduleLine.exec(line) ?? [];
    if (module !== undefined) modules.add(module.toLowerCase());
    const [, used] = useLine.exec(line) ?? [];
    if (used !== undefined) requires.add(used.toLowerCase());
    const [, included] = includeLine.exec(line) ?? [];
    if (included !== undefined) includes.add(included);
    const [, root, parent, name] = submoduleLine.exec(line) ?? [];
    if (root === undefined || name === undefined) continue;
    submodules.add(`${root}:${name}`.toLowerCase());
    requires.add((parent === undefined ? root : `${root}:${parent}`).toLowerCase());
  }
  const own = [...modules, ...submodules];
  const sure = !conditional.test(text);
  return {
    provides: sure ? [...modules] : [],
    providesPerhaps: sure ? [...submodules] : own,
    requires: [...requires].filter((name) => !own.includes(name)),
    includes: [...includes],
  };
}
