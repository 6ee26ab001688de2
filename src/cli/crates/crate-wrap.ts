import { dependencyName } from '../../cargo/crate-abi.ts';
import { gitDirectory, type LockedPackage } from '../../cargo/lock/lock.ts';
import { crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import type { WrapSet } from '../../wrap/wrap-set.ts';

/** How the wraps of a project look that bring crates: where they download from, if they say so. */
export interface WrapStyle {
  /** An address with `{name}` and `{version}` in it. */
  readonly url: string | undefined;
  /** The end of the archive's name. */
  readonly suffix: string;
}

/** Looks at the wraps that are there, so that new ones are like them. */
export function styleOf(wraps: WrapSet): WrapStyle {
  for (const { wrap } of wraps.packages.values()) {
    const crate = wrap && crateOfWrap(wrap);
    if (wrap?.kind !== 'file' || crate === undefined) continue;
    const url = wrap.archive.url?.value;
    if (url === undefined || !url.includes(crate.name) || !url.includes(crate.version)) continue;
    const suffix = wrap.archive.filename?.value.replace(/^.*?(\.tar\.\w+|\.\w+)$/, '$1');
    return {
      url: url.replaceAll(crate.version, '{version}').replaceAll(crate.name, '{name}'),
      suffix: suffix ?? '.crate',
    };
  }
  return { url: undefined, suffix: '.crate' };
}

/** The subproject that a locked package becomes. */
export function subprojectName({ name, version, source }: LockedPackage): string {
  return source.kind === 'git'
    ? gitDirectory(source.url, source.branch)
    : dependencyName(name, version);
}

/** Its folder below `subprojects/`. */
export function subprojectFolder({ name, version, source }: LockedPackage): string {
  return source.kind === 'git' ? gitDirectory(source.url, source.branch) : `${name}-${version}`;
}

/** The text of a wrap file for a locked package. */
export function wrapText(
  made: LockedPackage,
  { style, hasRules }: { readonly style: WrapStyle; readonly hasRules: boolean },
): string {
  const { name, version, source, checksum } = made;
  const own = subprojectName(made);
  const rules = hasRules
    ? [`patch_directory = ${own}`, 'method = meson']
    : // Without rules of one's own, Cargo.toml says how it is built.
      ['method = cargo'];
  if (source.kind === 'git') {
    const provide = `dependency_names = ${dependencyName(name, version)}`;
    const lines = [`url = ${source.url}`, `revision = ${source.revision}`, ...rules];
    return `${['[wrap-git]', ...lines, '', '[provide]', provide].join('\n')}\n`;
  }
  const url = style.url?.replaceAll('{version}', version).replaceAll('{name}', name);
  const from =
    url === undefined ? [`crate = ${name}`, `version = ${version}`] : [`source_url = ${url}`];
  return `${[
    '[wrap-file]',
    `directory = ${name}-${version}`,
    ...from,
    `source_filename = ${name}-${version}${style.suffix}`,
    ...(checksum === undefined ? [] : [`source_hash = ${checksum}`]),
    ...rules,
  ].join('\n')}\n`;
}

/** The same wrap for another version of its crate: all other lines stay as they are. */
export function wrapTextFor(text: string, before: LockedPackage, now: LockedPackage): string {
  const oldName = subprojectName(before);
  const newName = subprojectName(now);
  return text
    .split('\n')
    .map((line) => {
      const [, head, key = '', value = ''] = /^(\s*([\w-]+)\s*[=:]\s*)(.*)$/.exec(line) ?? [];
      if (head === undefined || /^\s*[#;]/.test(line)) return line;
      switch (key.toLowerCase()) {
        case 'source_hash':
          return now.checksum === undefined ? line : head + now.checksum;
        case 'revision':
          return now.source.kind === 'git' ? head + now.source.revision : line;
        case 'directory':
        case 'version':
        case 'source_url':
        case 'source_fallback_url':
        case 'source_filename':
          return head + value.replaceAll(before.version, now.version);
        case 'dependency_names':
          return head + value.replaceAll(oldName, newName);
        default:
          return key === oldName ? line.replace(oldName, newName) : line;
      }
    })
    .join('\n');
}
