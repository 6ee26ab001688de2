/** What actions are called (`rule` in the graph) that do what Cargo would: others know them by these words. */
export const crateRule = {
  /** rustc, or clippy in its place, for a crate. */
  compile: 'rust_UNIT',
  /** The run of a build script. */
  script: 'rust_BUILD_SCRIPT',
  /** rustdoc for a crate. */
  document: 'rust_DOCUMENTATION',
  /** A file of a unit under another name, outside of the folder of hashes. */
  product: 'rust_PRODUCT',
  /** A folder that programs find when they run. */
  folder: 'rust_FOLDER',
} as const;

/** Whether an action does what Cargo would; the compiler of a crate that a build file declares does not. */
export function isCrateRule(rule: string): boolean {
  return Object.values<string>(crateRule).includes(rule);
}
