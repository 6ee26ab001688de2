import type { Files } from '../../host/host.ts';

/** The kinds of compilers a build directory uses (`gcc`, `clang`), as its introspection tells. */
export function compilerIds(files: Files, buildRoot: string): readonly string[] {
  const text = files.readText(`${buildRoot}/meson-info/intro-compilers.json`);
  return text.ok ? [...text.value.matchAll(/"id":\s*"([^"]*)"/g)].map(([, id]) => id ?? '') : [];
}
