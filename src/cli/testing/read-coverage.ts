import type { Files } from '../../host/host.ts';
import type { ReportCoverage } from '../../testrun/report/report.ts';

/** Where `kaon coverage` leaves what it measured. */
export function coveragePath(buildRoot: string): string {
  return `${buildRoot}/meson-logs/coverage.json`;
}

/** What was measured last; undefined where nothing was. */
export function readCoverage(files: Files, buildRoot: string): ReportCoverage | undefined {
  const text = files.readText(coveragePath(buildRoot));
  if (!text.ok) return undefined;
  try {
    const value: unknown = JSON.parse(text.value);
    if (typeof value !== 'object' || value === null || !('files' in value)) return undefined;
    return Array.isArray(value.files) ? { files: value.files.flatMap(coveredFile) } : undefined;
  } catch {
    return undefined;
  }
}

function coveredFile(value: unknown): ReportCoverage['files'] {
  if (typeof value !== 'object' || value === null) return [];
  if (!('path' in value) || !('lines' in value) || !('covered' in value)) return [];
  const { path, lines, covered } = value;
  return typeof path === 'string' ? [{ path, lines: Number(lines), covered: Number(covered) }] : [];
}
