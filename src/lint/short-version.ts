/** `0.56` of `0.56.0`: as people speak of versions of Meson. */
export function shortVersion(version: string): string {
  return version.replace(/^(\d+\.\d+)\.0$/, '$1');
}
