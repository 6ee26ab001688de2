import { isTable, type Table } from './toml.ts';

/**
 * What may stand in a table of `Cargo.toml`: keys with what stands below them. `any`: whatever the user
 * likes. `*` is any name.
 */
type Shape = 'any' | Shapes;
interface Shapes {
  readonly [key: string]: Shape;
}

function shape(text: string): Shapes {
  return Object.fromEntries(text.split(' ').map((key) => [key, 'any' as const]));
}

const dependency = shape(
  'version registry registry-index path base git branch tag rev features optional default-features default_features package public artifact lib target workspace',
);
/** Of one that the workspace describes. */
const inherited = shape('workspace features optional default-features default_features public');
const dependencies: Shape = { '*': dependency };
const tables: Shape = {
  dependencies,
  'dev-dependencies': dependencies,
  dev_dependencies: dependencies,
  'build-dependencies': dependencies,
  build_dependencies: dependencies,
};
const target = shape(
  'name path test doctest bench doc doc-scrape-examples proc-macro proc_macro harness crate-type crate_type filename edition required-features',
);
const settings = shape(
  'opt-level lto codegen-backend codegen-units debug split-debuginfo debug-assertions rpath panic overflow-checks incremental dir-name inherits strip rustflags trim-paths hint-mostly-unused',
);
const profile: Shape = {
  ...settings,
  package: { '*': settings },
  'build-override': settings,
};
const inheritable =
  'version description documentation readme homepage repository license license-file keywords categories authors edition rust-version exclude include publish';
const fields = shape(
  `${inheritable} name resolver workspace build links metadata default-run default-target forced-target im-a-teapot metabuild autolib autobins autoexamples autotests autobenches`,
);

const manifest: Shape = {
  'cargo-features': 'any',
  package: fields,
  project: fields,
  lib: target,
  ...{ bin: target, example: target, test: target, bench: target },
  ...tables,
  target: { '*': tables },
  features: 'any',
  profile: { '*': profile },
  patch: { '*': dependencies },
  replace: dependencies,
  workspace: {
    ...shape('members default-members exclude resolver metadata lints'),
    package: shape(inheritable),
    dependencies,
  },
  badges: 'any',
  lints: 'any',
  hints: 'any',
};

/** Keys of a manifest that mean nothing to Cargo, as `profile.dev.foo`: mistyped, most likely. */
export function unusedKeys(toml: Table): readonly string[] {
  return unusedIn(toml, manifest, []).sort();
}

function unusedIn(value: unknown, known: Shape, path: readonly string[]): string[] {
  if (known === 'any') return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => unusedIn(one, known, path));
  if (!isTable(value)) return [];
  if (known === dependency && value['workspace'] === true) return unusedIn(value, inherited, path);
  return Object.entries(value).flatMap(([key, one]) => {
    const below = Object.hasOwn(known, key) ? known[key] : known['*'];
    const at = [...path, key];
    return below === undefined ? [at.join('.')] : unusedIn(one, below, at);
  });
}
