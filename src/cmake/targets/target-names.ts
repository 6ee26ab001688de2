/** Names that no target of ours may have, lest it hide what `ninja NAME` means elsewhere. */
const forbidden = new Set([
  ...['clean', 'clean-ctlist', 'clean-gcno', 'clean-gcda', 'coverage', 'coverage-text'],
  ...['coverage-xml', 'coverage-html', 'phony', 'PHONY', 'all', 'test', 'benchmark', 'install'],
  ...['uninstall', 'build.ninja', 'scan-build', 'reconfigure', 'dist', 'distcheck'],
]);

/** The name of CMake's target in our project: also the beginning of its variables' names. */
export function targetName(cmakeName: string): string {
  const name = cmakeName.replaceAll(/[^_a-zA-Z0-9]/g, '_');
  return forbidden.has(name) || name.startsWith('meson') || /^\d/.test(name) ? `cm_${name}` : name;
}
