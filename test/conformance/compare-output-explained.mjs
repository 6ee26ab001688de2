// What is not compared of the output of setups, and differences that are meant to be, each with its reason.

/**
 * Lines as they compare: no folders of a run, no versions of the tool, no colours.
 * @param {string} text
 * @param {{ readonly source: string, readonly build: string }} places
 */
export function normalised(text, { source, build }) {
  return text
    .replaceAll(build, '/BUILD')
    .replaceAll(source, '/SOURCE')
    .split('\n')
    .map((line) => line.trimEnd());
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
  /^(.*\| )?\s+\S+:\d+:\d+: (here|declared here|the .* is here)$/,
  // What Meson shows of the code stands at the margin.
  /^\s*\^[_^]*$/,
  // What CMake says, and how it was called.
  /^\w*\| (--|- (build directory|source directory|toolchain file|preload file|trace args|disabled policy warnings):) /,
  /^\w*\| (Running CMake with|Running with expanded trace|Not searching for unused variables|Trace will be written|Configuring the build directory|CMake Error|See also|Generated Meson AST)/,
  // Meson says nothing of rustc's linker, and its version twice.
  /^(.*\| )?Rust (compiler|linker) for the /,
  /^(.*\| )?$/,
];

/** @param {string} line */
export function isShown(line) {
  return !passedOver.some((pattern) => pattern.test(line));
}

/** @type {readonly { reason: string, explains: (line: string, all: readonly string[]) => boolean }[]} */
const explained = [
  {
    reason: 'Meson tells where the object of its own lies in memory.',
    explains: (line) => / object at 0x|<MesonMain>/.test(line),
  },
  {
    reason: 'The line of code above a caret, which kaon shows with its number.',
    explains: (line, all) =>
      line.startsWith('- ') &&
      all.some((other) => /^- .*: ERROR: /.test(other)) &&
      !/: /.test(line),
  },
  {
    reason: 'D is not among the languages that kaon compiles.',
    explains: (_line, all) => all.some((other) => /language d for/.test(other)),
  },
];

/** Why a line is only one side's. @param {string} line @param {readonly string[]} all */
export function explanationOf(line, all) {
  return explained.find(({ explains }) => explains(line, all))?.reason;
}
