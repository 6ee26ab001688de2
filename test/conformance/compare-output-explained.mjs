// What is not compared of the output of setups, and differences that are meant to be, each with its reason.

/**
 * Lines as they compare: no folders of a run, no versions of the tool, no colours.
 * @param {string} text
 * @param {{ readonly source: string, readonly build: string }} places
 */
export function normalised(text, { source, build }) {
  const lines = text
    .replaceAll(build, '/BUILD')
    .replaceAll(source, '/SOURCE')
    .split('\n')
    .map((line) => line.trimEnd());
  // The code where something is wrong, above a caret: kaon shows it with its number.
  return lines.filter((_line, at) => !/^\s*[_^]*\^[_^]*$/.test(lines[at + 1] ?? ''));
}

/** What only one of them ever says. */
const passedOver = [
  /^Version: /,
  // kaon builds by itself.
  /^Found ninja-/,
  /^Visual Studio environment is needed/,
  /^Activating VS/,
  /^Log file of|^A full log can be found/,
  // What it stands on: kaon tells it in meson-logs.
  /^(.*\| )?(Host|Build|Target) machine cpu( family)?: /,
  // kaon shows the code where something is wrong.
  /^(.*\| )?\s+(\d+ )?\| /,
  /^(.*\| )?\s+hint: /,
  /^(.*\| )?\s*\S+:\d+:\d+: (here|declared here|the first of them|the .* is here)$/,
  // What Meson shows of the code stands at the margin.
  /^\s*\^[_^]*$/,
  // What CMake says, and how it was called.
  /^\w*\| (--|- (build directory|source directory|toolchain file|preload file|trace args|disabled policy warnings):) /,
  /^\w*\| (Running CMake with|Running with expanded trace|Not searching for unused variables|Trace will be written|Configuring the build directory|CMake Error|See also)/,
  // Which languages unity builds leave out, Meson tells as a shortcoming of its own.
  /^(.*\| )?FIXME \w+ is not supported in Unity builds yet/,
  // Where build files lie that stand for CMake's and Cargo's.
  /^(.*\| )?Generated Meson AST/,
  // Meson says nothing of rustc's linker, and its version twice.
  /^(.*\| )?Rust (compiler|linker) for the /,
  /^(.*\| )?$/,
];

/** @param {string} line */
export function isShown(line) {
  return !passedOver.some((pattern) => pattern.test(line));
}

/** @type {readonly { reason: string, explains: (line: string, all: readonly string[], kaon: readonly string[]) => boolean }[]} */
const explained = [
  {
    reason: 'Meson tells where the object of its own lies in memory.',
    explains: (line) => / object at 0x|<MesonMain>/.test(line),
  },
  {
    reason: 'kaon knows the place, where Meson tells none.',
    explains: (line, all) =>
      all.some((other) => other !== line && withoutPlace(other) === withoutPlace(line)),
  },
  {
    reason: 'kaon warns once of one place, and looks for pkg-config once.',
    explains: (line, _all, kaon) =>
      line.startsWith('- ') &&
      (kaon.includes(line.slice(2)) || / Found pkg-config: YES /.test(line)),
  },
  {
    reason: 'What two streams say comes in another order.',
    explains: (line, all) => all.includes(`${line.startsWith('+') ? '-' : '+'}${line.slice(1)}`),
  },
  {
    reason: 'Meson says a version twice that it was told how to ask for.',
    explains: (line, all) =>
      / found: YES /.test(line) && all.filter((other) => once(other) === once(line)).length > 1,
  },
  {
    reason: 'The whole version of a compiler, where Meson finds it in the first line only.',
    explains: (line) => /^. Objective-C(\+\+)? compiler for the .*clang/.test(line),
  },
  {
    reason:
      'What kaon finds when it plans, Meson finds when it writes build.ninja, after the summary.',
    explains: (_line, all) =>
      all.every((other) => other.startsWith('-')) &&
      all.some((other) => /^- Build targets/.test(other)),
  },
  {
    reason: 'Node sets the times of files to the microsecond.',
    explains: (_line, all) => all.some((other) => /mtime of .* != mtime of/.test(other)),
  },
  {
    reason: 'kaon gives scripts whole paths.',
    explains: (line) => / Running postconf script /.test(line),
  },
  {
    reason: 'Meson looks for a program again whose path it was told.',
    explains: (line) => /^- (.*\| )?Program (\/\S+) found: YES \(\2\)$/.test(line),
  },
  {
    reason: 'The target of the same name that is refused is not warned of as well.',
    explains: (line, _all, kaon) =>
      /^- (WARNING: Target ".*" has a path separator|This is not supported, it can|a hard error in the future)/.test(
        line,
      ) && kaon.some((told) => / ERROR: Target ".*" has a path segment/.test(told)),
  },
  {
    reason: 'kaon knows what CMake means by it.',
    explains: (line) => /^- WARNING: Unknown generator expression '\$<LINK_ONLY:/.test(line),
  },
  {
    reason: 'Meson calls fs.stem() by the name of another.',
    explains: (line) => /^. {2}\* 1\.4\.0: \{'fs\.name with build_tgt/.test(line),
  },
  {
    reason: 'Whether there is a program that strips is told where something is to be stripped.',
    explains: (line) => line.startsWith('- WARNING: Cross file does not specify strip binary'),
  },
  {
    reason: 'What a folder of another project is taken for is told in one line.',
    explains: (_line, all, kaon) =>
      all.some((other) => other.includes('directly at the internals the subproject')) &&
      kaon.some((told) => told.includes('WARNING: include_directories sandbox violation!')),
  },
  {
    reason: 'Each file that is preprocessed is a target of its own.',
    explains: (line, _all, kaon) =>
      /Build targets in project: \d+$/.test(line) &&
      kaon.some((told) => told.includes('compiler.preprocess')),
  },
  {
    reason: 'The crates that a crate needs are read in an order of our own.',
    explains: (line) => /^. \S+-rs\| Build targets in project: /.test(line),
  },
  {
    reason: 'The version of a package whose manifest tells none is the one that Cargo gives it.',
    explains: (line) => /\| Project version: 0(\.0\.0)?$/.test(line),
  },
  {
    reason: 'What was unpacked before, into a store of all builds, is not told of.',
    explains: (line) => /^- Using \S+ source from cache\.$/.test(line),
  },
  {
    reason:
      'What a manifest of Cargo makes kaon warn of counts among the warnings of its subproject.',
    explains: (line) => /^. {4,}\S+-rs\s*: YES( \d+ warnings)?$/.test(line),
  },
  {
    reason: 'kaon tells whose message it is.',
    explains: (line, all) =>
      all.some(
        (other) => other.startsWith('- | ') && line.endsWith(other.slice(3)) && /^[-+]/.test(line),
      ),
  },
  {
    reason: 'What is wrong in a manifest is told with its place there.',
    explains: (_line, all) =>
      all.some((other) => /^\+ \S+\/Cargo\.toml:\d+:\d+: ERROR: /.test(other)),
  },
  {
    reason: 'Meson is a program of Python, kaon is one of its own.',
    explains: (line) =>
      /^- Program \S+\/python3 found: YES|^\+ Program \S+\/kaon found: YES/.test(line),
  },
  {
    reason: 'kaon reports coverage by itself.',
    explains: (line) => line.startsWith('- WARNING: Need gcovr or lcov/genhtml'),
  },
  {
    reason: 'A wrap without a hash is told of by kaon alone.',
    explains: (line) => / has no source_hash$/.test(line),
  },
  {
    reason:
      'A link that the archive of the corpus lost: kaon takes two files that are the same for one.',
    explains: (_line, all) =>
      all.some((other) => /both exist, but are not the same file/.test(other)),
  },
  {
    reason: 'D is not among the languages that kaon compiles.',
    explains: (_line, all) => all.some((other) => /language d for/.test(other)),
  },
];

/**
 * Why a line is only one side's, of all that are, and of all that kaon says.
 * @param {string} line @param {readonly string[]} all @param {readonly string[]} kaon
 */
export function explanationOf(line, all, kaon) {
  return explained.find(({ explains }) => explains(line, all, kaon))?.reason;
}

/** @param {string} line */
function withoutPlace(line) {
  return line.slice(2).replace(/^(.*\| )?[^\s:]+:\d+: (?=WARNING|DEPRECATION|NOTICE)/, '$1');
}

/** @param {string} line */
function once(line) {
  return line.slice(2).replace(/ (\S+) \1 /, ' $1 ');
}
