import type { EnvironmentChange } from '../../../../base/environment.ts';
import type { CommandVariable } from '../../../../graph/graph.ts';
import { toolVariables } from '../../../../graph/tool-variables.ts';

/** Variables for rustc, clippy or rustdoc: of most these tell in a depfile whether a crate read them. */
export function compilerVariables(
  environment: readonly EnvironmentChange[],
): readonly CommandVariable[] {
  return counted(
    environment,
    (name) => toolVariables.includes(name) || (steersRustc.test(name) && !saidToPeople.test(name)),
  );
}

/** Variables for a build script: what its package says to people does not make it run again. */
export function scriptVariables(
  environment: readonly EnvironmentChange[],
): readonly CommandVariable[] {
  return counted(environment, (name) => !saidToPeople.test(name));
}

function counted(
  environment: readonly EnvironmentChange[],
  counts: (name: string) => boolean,
): readonly CommandVariable[] {
  return environment.map((change) =>
    change.name === whoAsks
      ? { ...change, counts: 'never' }
      : counts(change.name)
        ? change
        : { ...change, counts: 'where-read' },
  );
}

/** It tells who asked, not what is made: Cargo does not count it either. */
const whoAsks = 'CARGO_PRIMARY_PACKAGE';

/**
 * What a package says of itself to people: Cargo compiles for a change of it only what read it, and runs no
 * build script again, whatever that read.
 */
const saidToPeople =
  /^CARGO_PKG_(?:AUTHORS|DESCRIPTION|HOMEPAGE|LICENSE|LICENSE_FILE|README|REPOSITORY|RUST_VERSION)$/;

/** Variables that rustc, what it loads and the linker heed without naming them. */
const steersRustc = /^(?:(?:CARGO|RUST|LD_|DYLD_).*|PATH|LIB|.*_DEPLOYMENT_TARGET)$/;
