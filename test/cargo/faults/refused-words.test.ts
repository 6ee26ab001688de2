import { describe, expect, test } from 'vitest';
import { said } from './said.ts';

describe.each<readonly [string, readonly (readonly [more: string, message: string])[]]>([
  [
    'targets',
    [
      ['[[bin]]\npath = "src/main.rs"\n', 'binary target bin.name is required'],
      ['[[bench]]\npath = "src/main.rs"\n', 'benchmark target bench.name is required'],
      [
        '[[bin]]\nname = "z"\npath = "a.rs"\n[[bin]]\nname = "z"\npath = "b.rs"\n',
        'found duplicate binary name z, but all binary targets must have a unique name',
      ],
      [
        '[[bin]]\nname = "z"\n',
        "can't find `z` bin at `src/bin/z.rs` or `src/bin/z/main.rs`. Please specify bin.path if you want to use a non-default path.",
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\ncrate-type = ["lib"]\n',
        'the target `z` is a binary and can\'t have any crate-types set (currently "lib")',
      ],
      [
        '[[bin]]\nname = "build"\npath = "src/main.rs"\n',
        "the binary target name `build` is forbidden, it conflicts with cargo's build directory names",
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\nproc-macro = true\n',
        "the target `z` is a binary and can't have `proc-macro` set `true`",
      ],
      ['[lib]\nname = "x-y"\n', 'library target names cannot contain hyphens: x-y'],
      [
        'links = "z"\n',
        'package specifies that it links to `z` but does not have a custom build script',
      ],
      ['default-run = "z"\n', 'default-run target `z` not found'],
      ['autolib = false\nautobins = false\n', 'no targets specified in the manifest'],
    ],
  ],
  [
    'features',
    [
      [
        '[features]\nf = ["g"]\n',
        'feature `f` includes `g` which is neither a dependency nor another feature',
      ],
      [
        '[features]\nf = ["dep:g"]\n',
        'feature `f` includes `dep:g`, but `g` is not listed as a dependency',
      ],
      [
        '[features]\nf = ["dep"]\n[dependencies]\ndep = { path = "dep" }\n',
        'feature `f` includes `dep`, but `dep` is not an optional dependency',
      ],
      [
        '[features]\nf = ["dep?/x"]\n[dependencies]\ndep = { path = "dep" }\n',
        'feature `f` includes `dep?/x` with a `?`, but `dep` is not an optional dependency',
      ],
      ['[features]\nf = ["g/h"]\n', 'feature `f` includes `g/h`, but `g` is not a dependency'],
      [
        '[features]\nf = ["dep:dep"]\ng = ["dep"]\n[dependencies]\ndep = { path = "dep", optional = true }\n',
        'feature `g` includes `dep`, but `dep` is an optional dependency without an implicit feature',
      ],
      [
        '[features]\ndep = []\n[dependencies]\ndep = { path = "dep", optional = true }\n',
        'optional dependency `dep` is not included in any feature',
      ],
      [
        '[dev-dependencies]\ndep = { path = "dep", optional = true }\n',
        'dev-dependencies are not allowed to be optional: `dep`',
      ],
      [
        '[features]\n"a/b" = []\n',
        'invalid character `/` in feature name: `a/b`, feature name is not allowed to contain slashes',
      ],
      [
        '[features]\n"+a" = []\n',
        'invalid character `+` in feature name: `+a`, the first character must be a Unicode XID start character or digit (most letters or `_` or `0` to `9`)',
      ],
      [
        '[features]\nf = ["dep:dep/x"]\n[dependencies]\ndep = { path = "dep" }\n',
        'feature `f` includes `dep:dep/x` with both `dep:` and `/`',
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\nrequired-features = ["dep:dep"]\n',
        'invalid feature `dep:dep` in required-features of target `z`: `dep:` prefixed feature values are not allowed in required-features',
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\nrequired-features = ["dep?/x"]\n',
        'invalid feature `dep?/x` in required-features of target `z`: optional dependency with `?` is not allowed in required-features',
      ],
    ],
  ],
  [
    'dependencies',
    [
      [
        '[dependencies]\ndep = { path = "dep", git = "https://x" }\n',
        'dependency (dep) specification is ambiguous. Only one of `git` or `path` is allowed.',
      ],
      [
        '[dependencies]\ndep = { path = "dep", branch = "x" }\n',
        'key `branch` is ignored for dependency (dep).',
      ],
      [
        '[dependencies]\n"b c" = { path = "dep", package = "dep" }\n',
        'invalid character ` ` in package name: `b c`, characters must be Unicode XID characters (numbers, `-`, `_`, or most letters)',
      ],
      ['[dependencies]\ndep = { workspace = false }\n', '`workspace` cannot be false'],
      [
        '[workspace.dependencies]\ndep = { path = "dep", optional = true }\n',
        'dep is optional, but workspace dependencies cannot be optional',
      ],
    ],
  ],
  [
    'types of fields',
    [
      [
        'publish = 3\n',
        'invalid type: integer `3`, expected a boolean, a vector of strings, or workspace',
      ],
      ['keywords = "x"\n', 'invalid type: string "x", expected a vector of strings or workspace'],
      ['build = 3\n', 'invalid type: integer `3`, expected a boolean, string or array'],
      ['build = ["a.rs"]\n', 'feature `multiple-build-scripts` is required'],
      [
        '[workspace.package]\nreadme = 1.5\n',
        'invalid type: floating point `1.5`, expected a boolean or string',
      ],
    ],
  ],
  [
    'patches',
    [
      ['[patch.crates-io]\nfoo = { path = "no" }\n', 'failed to load source for dependency `foo`'],
      [
        '[patch.crates-io]\nfoo = { path = "dep" }\n',
        'patch location `/project/dep` does not contain packages matching `foo`',
      ],
      [
        '[patch.crates-io]\ndep = { path = "dep", lib = true }\n',
        "'lib' specifier cannot be used without an 'artifact = …' value (dep)",
      ],
      [
        '[workspace.dependencies]\ndep = { path = "dep", public = true }\n',
        'dep is public, but workspace dependencies cannot be public',
      ],
      ['[patch.crates-io]\ndep = ""\n', '"" is not a version requirement (of "dep")'],
      [
        '[patch.crates-io]\ndep = {}\n',
        'dependency (dep) specified without providing a local path, Git repository, version, or workspace dependency to use',
      ],
    ],
  ],
  [
    'values of other types',
    [
      ['[lib]\ndoc = 1\n', 'invalid type: integer `1`, expected a boolean'],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\ndoctest = "x"\n',
        'invalid type: string "x", expected a boolean',
      ],
      ['[profile.dev]\nlto = 1\n', 'invalid type: integer `1`, expected a boolean or string'],
      [
        '[[test]]\nname = "t"\npath = "t.rs"\ncrate-type = [1]\n',
        'invalid type: integer `1`, expected a string',
      ],
      ['[workspace.package]\nauthors = "x"\n', 'invalid type: string "x", expected a sequence'],
      [
        '[workspace.lints.rust]\nunsafe_code = { level = "warn", priority = "x" }\n',
        'invalid type: string "x", expected i8',
      ],
      ['im-a-teapot = {}\n', 'invalid type: map, expected a boolean'],
      ['[patch]\ncrates-io = true\n', 'invalid type: boolean `true`, expected a map'],
      [
        '[patch.crates-io]\ndep = 1\n',
        'invalid type: integer `1`, expected a version string like "0.9.8" or a detailed dependency like { version = "0.9.8" }',
      ],
      [
        '[patch.crates-io]\ndep = { git = "file:///x", tag = 1 }\n',
        'invalid type: integer `1`, expected a string',
      ],
      [
        '[replace]\n"dep:1.0.0" = { path = 1.5 }\n',
        'invalid type: floating point `1.5`, expected a string',
      ],
      [
        '[workspace.dependencies]\ndep = { path = "dep", features = "x" }\n',
        'invalid type: string "x", expected a sequence',
      ],
      [
        '[dependencies]\ndep = { path = "dep", base = 1 }\n',
        'invalid type: integer `1`, expected a string',
      ],
    ],
  ],
  [
    'profiles',
    [
      [
        '[profile.dev.package.own]\npanic = "abort"\n',
        '`panic` may not be specified in a `package` profile',
      ],
      [
        '[profile.x]\nopt-level = 1\n',
        'profile `x` is missing an `inherits` directive (`inherits` is required for all profiles except `dev` or `release`)',
      ],
      [
        '[profile.release]\ninherits = "dev"\n',
        '`inherits` must not be specified in root profile `release`',
      ],
      [
        '[profile.x]\ninherits = "x"\n',
        'profile inheritance loop detected with profile `x` inheriting `x`',
      ],
      [
        '[profile.x]\ninherits = "y"\n[profile.z]\ninherits = "x"\n',
        'profile `x` inherits from `y`, but that profile is not defined',
      ],
      [
        '[profile.test]\ninherits = "y"\n',
        'profile `test` inherits from `y`, but that profile is not defined',
      ],
      [
        '[profile."a b"]\ninherits = "dev"\n',
        'invalid character ` ` in profile name: `a b`, allowed characters are letters, numbers, underscore, and hyphen',
      ],
      [
        '[profile.release]\nopt-level = "3"\n',
        'must be `0`, `1`, `2`, `3`, `s` or `z`, but found the string: "3"',
      ],
      [
        '[profile.dev.build-override]\nopt-level = true\n',
        'invalid type: boolean `true`, expected an optimization level',
      ],
      [
        '[profile.dev.package.own]\ndebug = "q"\n',
        'invalid value: string "q", expected a boolean, 0, 1, 2, "none", "limited", "full", "line-tables-only", or "line-directives-only"',
      ],
      ['[profile.dev]\ncodegen-units = "q"\n', 'invalid type: string "q", expected u32'],
      ['[profile.dev]\nincremental = 1\n', 'invalid type: integer `1`, expected a boolean'],
      [
        '[profile.dev]\npanic = "q"\n',
        '`panic` setting of `q` is not a valid setting, must be `unwind`, `abort`, or `immediate-abort`.',
      ],
    ],
  ],
  [
    'workspaces',
    [
      [
        'resolver = "9"\n',
        '`resolver` setting `9` is not valid, valid options are "1", "2" or "3"',
      ],
      [
        'resolver = "2"\n[workspace]\nresolver = "2"\n',
        'cannot specify `resolver` field in both `[workspace]` and `[package]`',
      ],
      [
        '[workspace]\ndefault-members = ["dep"]\n',
        'package `/project/dep` is listed in default-members but is not a member',
      ],
      [
        '[workspace]\nmembers = ["x/*"]\n',
        'failed to load manifest for workspace member `/project/x/*`',
      ],
      [
        '[workspace]\n[lints]\nworkspace = true\n',
        "error inheriting `lints` from workspace root manifest's `workspace.lints`",
      ],
      [
        '[lints.clippy]\n"clippy::all" = "warn"\n',
        '`lints.clippy.clippy::all` is not valid lint name; try `lints.clippy.all`',
      ],
      ['[lints.rust]\nunexpected_cfgs = {}\n', 'missing field `level`'],
      ['[lints.rust]\n"other::all" = "warn"\n', '`lints.rust.other::all` is not a valid lint name'],
      [
        'homepage.workspace = true\n',
        "error inheriting `homepage` from workspace root manifest's `workspace.package.homepage`",
      ],
      ['homepage.workspace = false\n', '`workspace` cannot be false'],
      [
        '[dependencies]\ndep.workspace = true\n',
        "error inheriting `dep` from workspace root manifest's `workspace.dependencies.dep`",
      ],
      [
        'rust-version = "1.50"\n',
        'rust-version 1.50 is incompatible with the version (1.56.0) required by the specified edition (2021)',
      ],
    ],
  ],
])('%s that Cargo refuses are refused in its words', (_, cases) => {
  test.each(cases)('%j', (more, message) => {
    expect(said(more)).toEqual([message]);
  });
});
