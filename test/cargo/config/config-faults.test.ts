import { expect, test } from 'vitest';
import { loadConfig, refusedForMachine } from '../../../src/cargo/config/load-config.ts';
import { profileVariableFaults } from '../../../src/cargo/config/profile-config-faults.ts';
import { placePosition } from '../../../src/diag/diagnostic.ts';
import { MemoryHost } from '../../support/memory-host.ts';

/** What Cargo would refuse of a configuration, with the line and what causes it. */
function faults(text: string): readonly string[] {
  const { files } = new MemoryHost({ '.cargo/config.toml': text });
  const read = loadConfig(files, '/project', '/home/.cargo');
  const refused = read.ok ? refusedForMachine(files, read.value, 'some-machine') : read.error;
  return refused.map(({ place, message, hints }) =>
    [`${place && placePosition(place).line}: ${message}`, ...(hints ?? [])].join(' | '),
  );
}

test.each([
  ['[env]\nA = "x"\nB = { value = "x", force = true, relative = false, other = 1 }\n', []],
  [
    '[env]\nA = 3\n',
    ['2: could not load config key `env.A` | invalid type: integer `3`, expected a string or map'],
  ],
  [
    '[env]\nA = { force = true }\n',
    ['2: could not load config key `env.A` | missing field `value`'],
  ],
  [
    '[env]\nA = { value = 3 }\n',
    ['2: could not load config key `env.A` | `env.A.value` expected a string, but found a integer'],
  ],
  [
    '[env]\nCARGO_HOME = "x"\n',
    [
      '2: setting the `CARGO_HOME` environment variable is not supported in the `[env]` configuration table',
    ],
  ],
  [
    'env = 3\n',
    ['1: invalid configuration for key `env` | expected a table, but found a integer for `env`'],
  ],
])('variables are texts, or tables with one: %s', (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test.each([
  [
    '[build]\nwarnings = "warn"\n[source.crates-io]\nreplace-with = "x"\n[source.x]\ngit = "y"\n',
    [],
  ],
  ['paths = ["x"]\n', []],
  [
    'paths = "x"\n',
    ['1: invalid configuration for key `paths` | expected a list, but found a string for `paths`'],
  ],
  [
    '[source.x]\nreplace-with = "y"\n',
    [
      '1: no source location specified for `source.x`, need `registry`, `local-registry`, `directory`, or `git` defined',
    ],
  ],
  [
    '[build]\nwarnings = "x"\n',
    [
      '2: could not load config key `build.warnings` | unknown variant `x`, expected one of `warn`, `allow`, `deny`',
    ],
  ],
  [
    '[build]\ntarget-dir = 1\n',
    [
      '2: could not load config key `build.target-dir` | `build.target-dir` expected a string, but found a integer',
    ],
  ],
])('paths, sources and words are some: %s', (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test.each([
  ['[build]\njobs = -1\nrustflags = ["-C", "x"]\ntarget = ["a"]\nincremental = false\n', []],
  ['[build]\njobs = 0\n', ['2: jobs may not be 0']],
  [
    '[build]\njobs = "x"\n',
    ['2: could not parse `x`. Number of parallel jobs should be `default` or a number.'],
  ],
  [
    '[build]\nrustflags = 3\n',
    [
      '2: invalid configuration for key `build.rustflags` | expected a string or array of strings, but found a integer for `build.rustflags`',
    ],
  ],
  ['[build]\nrustflags = [3]\n', ['2: `build.rustflags` expected string, but found a integer']],
  [
    '[build]\nrustc = true\n',
    [
      '2: could not load config key `build.rustc` | `build.rustc` expected a string, but found a boolean',
    ],
  ],
  ['[target.other-machine]\nlinker = 3\n', []],
  [
    "[target.'cfg(unix)']\nrunner = 3\n",
    [
      '2: invalid configuration for key `target."cfg(unix)".runner` | expected a string or array of strings, but found a integer for `target."cfg(unix)".runner`',
    ],
  ],
  ['[term]\nquiet = true\ncolor = "never"\nprogress = { when = "always", width = 80 }\n', []],
  [
    '[term]\ncolor = "x"\n',
    ['2: argument for --color must be auto, always, or never, but found `x`'],
  ],
  ['[term]\nunicode = 3\n', ['2: `term.unicode` expected true/false, but found a integer']],
  [
    '[term]\nquiet = true\nverbose = true\n',
    ['3: cannot set both `term.verbose` and `term.quiet`'],
  ],
  ['[term]\nprogress = { when = "always" }\n', ['2: "always" progress requires a `width` key']],
])('settings are of the types that Cargo reads: %s', (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test.each([
  [
    '[target.some-machine]\nlinker = "x"\nrunner = "x y"\nar = 3\nz = { rustc-link-lib = ["z"] }\n',
    [],
  ],
  [
    '[target.some-machine]\nlinker = []\n',
    [
      '2: could not load config key `target.some-machine.linker` | `target.some-machine.linker` expected a string, but found a array',
    ],
  ],
  [
    '[target.some-machine]\nrustflags = [3]\n',
    ['2: `target.some-machine.rustflags` expected string, but found a integer'],
  ],
  [
    '[target.some-machine]\nz = 3\n',
    ['2: expected a table, but found a integer for `target.some-machine.z`'],
  ],
  [
    '[target.some-machine.z]\nrustc-link-lib = "z"\n',
    ['1: expected a list, but found a string for `rustc-link-lib`'],
  ],
  [
    '[target.some-machine.z]\nrustc-cfg = [3]\n',
    ['1: expected a string, but found a integer for `rustc-cfg`'],
  ],
  [
    '[target.some-machine.z]\nrustc-env = { A = 1 }\n',
    ['1: expected a string, but found a integer for `A`'],
  ],
  ['[target.some-machine.z]\nroot = 1\n', ['1: expected a string, but found a integer for `root`']],
  [
    '[target.some-machine.z]\nwarning = "x"\n',
    ['1: `warning` is not supported in build script overrides'],
  ],
])(
  'what is said of the machine that is built for is read as Cargo reads it: %s',
  (text, expected) => {
    expect(faults(text)).toEqual(expected);
  },
);

test.each([
  ['[profile.dev]\nopt-level = 9\ndebug = "full"\npanic = "abort"\nbogus = 1\n', []],
  [
    '[profile.dev]\nopt-level = "x"\n',
    [
      '2: could not load config key `profile.dev.opt-level` | must be `0`, `1`, `2`, `3`, `s` or `z`, but found the string: "x"',
    ],
  ],
  [
    '[profile.dev]\npanic = "x"\n',
    [
      '2: config profile `dev` is not valid | `panic` setting of `x` is not a valid setting, must be `unwind`, `abort`, or `immediate-abort`.',
    ],
  ],
  [
    '[profile.dev.package.foo]\nlto = true\n',
    ['2: config profile `dev` is not valid | `lto` may not be specified in a `package` profile'],
  ],
  [
    '[profile.dev]\ninherits = "release"\n',
    ['2: `inherits` must not be specified in root profile `dev`'],
  ],
  [
    '[profile]\ndev = 3\n',
    ['2: could not load config key `profile.dev` | expected a table for `profile.dev`'],
  ],
])('profiles of the configuration are checked as those of manifests: %s', (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test('variables for profiles are checked, too', () => {
  const of = (name: string, text: string) =>
    profileVariableFaults({ [`CARGO_PROFILE_${name}`]: text }).map(({ message, hint }) =>
      [message, hint].join(' | '),
    );
  expect(of('DEV_OPT_LEVEL', '3')).toEqual([]);
  expect(of('DEV_BOGUS', '1')).toEqual([]);
  expect(of('DEV_OPT_LEVEL', 'x')).toEqual([
    'error in environment variable `CARGO_PROFILE_DEV_OPT_LEVEL`: could not load config key `profile.dev.opt-level` | must be `0`, `1`, `2`, `3`, `s` or `z`, but found the string: "x"',
  ]);
  expect(of('RELEASE_INCREMENTAL', '1')[0]).toContain('was not `true` or `false`');
  expect(of('DEV_BUILD_OVERRIDE_PANIC', 'abort')[0]).toContain(
    '`panic` may not be specified in a `build-override` profile',
  );
});
