import type { Files } from '../host/host.ts';

/** What a changelog says of one version. */
export interface ChangelogSection {
  /** Relative to the project. */
  readonly path: string;
  /** Without its heading. */
  readonly text: string;
}

const names = ['CHANGELOG', 'CHANGES', 'NEWS', 'HISTORY', 'RELEASES', 'Changelog', 'ChangeLog'];

/** The changelog of a project; undefined where there is none. */
export function findChangelog(files: Files, sourceRoot: string): string | undefined {
  return ['', 'docs/']
    .flatMap((folder) =>
      names.flatMap((name) => [`${folder}${name}.md`, `${folder}${name}.rst`, `${folder}${name}`]),
    )
    .find((path) => files.isFile(`${sourceRoot}/${path}`));
}

/**
 * What a changelog has below the heading of a version: `## 1.2.0`, `## [1.2.0] - 2026-01-02`,
 * `Version 1.2.0 (date)`, or a line that is underlined. Undefined where it has no such heading.
 */
export function sectionOf(changelog: string, version: string): string | undefined {
  const lines = changelog.split('\n');
  const start = lines.findIndex((_, at) => headingAt(lines, at) === version);
  if (start === -1) return undefined;
  const level = levelAt(lines, start) ?? 1;
  const body = lines.slice(isUnderline(lines[start + 1]) ? start + 2 : start + 1);
  const end = body.findIndex(
    (_, at) => headingAt(body, at) !== undefined || (levelAt(body, at) ?? level + 1) <= level,
  );
  return (end === -1 ? body : body.slice(0, end)).join('\n').trim();
}

/** The version that a heading is about. */
function headingAt(lines: readonly string[], at: number): string | undefined {
  const line = lines[at] ?? '';
  const isHeading =
    /^#{1,4}\s/.test(line) || isUnderline(lines[at + 1]) || /^(Version\s+)?v?\d+\.\d/i.test(line);
  if (!isHeading) return undefined;
  const [, version] = /(?:^|[\s[(])v?(\d+(?:\.\d+)+(?:[-.+~]?[0-9A-Za-z]+)*)/.exec(line) ?? [];
  return version;
}

/** How deep a heading is; undefined for other lines. */
function levelAt(lines: readonly string[], at: number): number | undefined {
  const [, marks] = /^(#{1,6})\s/.exec(lines[at] ?? '') ?? [];
  if (marks !== undefined) return marks.length;
  return isUnderline(lines[at + 1]) && (lines[at] ?? '').trim() !== '' ? 1 : undefined;
}

function isUnderline(line: string | undefined): boolean {
  return line !== undefined && /^(={3,}|-{3,}|~{3,})\s*$/.test(line);
}
