import type { Lint, Manifest } from './manifest.ts';
import { isTable, type Table, type TableReader } from './toml.ts';

/** The levels of lints, as Cargo lists them. */
export const lintLevels: readonly Lint['level'][] = ['forbid', 'deny', 'warn', 'allow'];

/** The `[lints]` tables in the order their arguments take: by priority, then as Cargo has them. */
export function readLints(read: TableReader, table: Table): readonly Lint[] {
  const lints: Lint[] = [];
  for (const [tool, settings] of Object.entries(table)) {
    if (!isTable(settings)) continue;
    for (const [key, value] of Object.entries(settings)) {
      const fields = isTable(value) ? value : { level: value };
      const level = lintLevels.find((known) => known === fields['level']);
      const name = tool === 'rust' ? key : `${tool}::${key}`;
      if (level === undefined) {
        const said = fields['level'];
        read.complain(
          key,
          said === undefined
            ? 'missing field `level`'
            : `invalid level '${String(said)}' for ${name}`,
        );
        continue;
      }
      const priority = fields['priority'];
      const checkCfg = name === 'unexpected_cfgs' ? (read.strings(fields, 'check-cfg') ?? []) : [];
      lints.push({ name, level, priority: typeof priority === 'number' ? priority : 0, checkCfg });
    }
  }
  return lints.sort((a, b) => a.priority - b.priority || (a.name < b.name ? 1 : -1));
}

/** rustc's arguments for lints, and for the cfgs that a crate may ask for. */
export function lintArguments(
  manifest: Manifest,
  { hasCheckCfg }: { readonly hasCheckCfg: boolean },
): string[] {
  const flags = { allow: '-A', warn: '-W', deny: '-D', forbid: '-F' };
  const lints = manifest.lints.flatMap(({ name, level, checkCfg }) => [
    flags[level],
    name,
    ...(hasCheckCfg ? checkCfg.flatMap((cfg) => ['--check-cfg', cfg]) : []),
  ]);
  if (!hasCheckCfg) return lints;
  const features = [...manifest.features.keys()].filter((name) => name !== 'default');
  const cfgs = [
    'cfg(docsrs)',
    'cfg(test)',
    ...features.map((name) => `cfg(feature,values("${name}"))`),
    ...manifest.package.systemDependencies.map(
      ({ key }) => `cfg(system_deps_have_${key.replaceAll('-', '_')})`,
    ),
  ];
  return [...lints, ...cfgs.flatMap((cfg) => ['--check-cfg', cfg])];
}
