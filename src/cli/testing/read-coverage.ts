import { isJsonObject, parseJsonObject } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';
import type { ReportCoverage } from '../../testrun/report/report.ts';

/** Where `kaon coverage` leaves what it measured. */
export function coveragePath(buildRoot: string): string {
  return `${buildRoot}/meson-logs/coverage.json`;
}

/** What was measured last; undefined where nothing was. */
export function readCoverage(files: Files, buildRoot: string): ReportCoverage | undefined {
  const text = files.readText(coveragePath(buildRoot));
  const listed = text.ok ? parseJsonObject(text.value)?.['files'] : undefined;
  return Array.isArray(listed) ? { files: listed.flatMap(coveredFile) } : undefined;
}

function coveredFile(value: unknown): ReportCoverage['files'] {
  if (!isJsonObject(value)) return [];
  const { path, lines, covered } = value;
  const isWhole = typeof lines === 'number' && typeof covered === 'number';
  return typeof path === 'string' && isWhole ? [{ path, lines, covered }] : [];
}
