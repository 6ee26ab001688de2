import type { RustRules } from '../rules.ts';

/** What users of a `staticlib` link for the standard library inside. */
export function nativeLinkArgs(rust: RustRules): readonly string[] {
  const folder = rust.staticCrt ? [`-L${rust.targetLibraryFolder}/self-contained`] : [];
  return [...folder, ...rust.nativeStaticLibraries];
}
