import { findInPath } from '../../../host/find-in-path.ts';
import { bool, listOf, oneOfWords, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, positional, rest } from '../../declare.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { inPackage } from './in-package.ts';
import { depends, installable, installOf, packages } from './keywords.ts';
import { toolTarget } from './tool-target.ts';

/** `typescript.bundle()`: one file, with its map where that is asked for, or a folder with all that esbuild makes. */
export const bundle = builtin({
  name: 'bundle',
  doc: "Bundles programs with their packages, with the package's own esbuild: one into a file, or several into a folder. A file for node can be the program of a custom_target.",
  positional: [
    positional('name', str, 'Name of the target.'),
    positional('entry', strOrFile, 'The file to start from.'),
  ],
  rest: rest('entries', strOrFile, 'More files to start from, where a folder is made.'),
  keywords: {
    dependencies: packages,
    depends,
    platform: keyword(str, 'node', 'Where it runs: `node` or `browser`.', {
      check: oneOfWords(['node', 'browser', 'neutral']),
    }),
    format: keyword(
      str,
      undefined,
      'Kind of module: `esm`, `cjs` or `iife`; by default `esm`, for browsers `iife`.',
      { check: oneOfWords(['esm', 'cjs', 'iife']) },
    ),
    output: keyword(
      str,
      undefined,
      'Name of the file; by default that of the target with `.js` or `.mjs`.',
    ),
    outdir: keyword(
      str,
      undefined,
      'Name of a folder for all that is made: bundles, what they share, style sheets, pictures.',
    ),
    minify: keyword(bool, false, 'Makes it small.'),
    sourcemap: keyword(
      bool,
      false,
      'Writes a map to the sources beside it: a second output, `.map`.',
    ),
    external: keyword(listOf(str), [], 'Packages to leave out.'),
    args: keyword(listOf(str), [], 'Further arguments for esbuild.'),
    ...installable,
  },
  returns: 'custom_tgt',
  run: (call, { positional: [name, entry], rest: entries, keywords }) => {
    const { platform, outdir } = keywords;
    const starts = [entry, ...entries].map((each) => inPackage(call, keywords.dependencies, each));
    const format = keywords.format ?? (platform === 'browser' ? 'iife' : 'esm');
    checkFolder(call, { ...keywords, entries });
    const output =
      keywords.output ?? `${name}.${format === 'esm' && platform === 'node' ? 'mjs' : 'js'}`;
    const files: readonly [string, ...string[]] = keywords.sourcemap
      ? [output, `${output}.map`]
      : [output];
    const outputs: readonly [string, ...string[]] = outdir === undefined ? files : [outdir];
    const options = [
      ...[`--platform=${platform}`, `--format=${format}`],
      ...(keywords.minify ? ['--minify'] : []),
      ...(keywords.sourcemap ? ['--sourcemap'] : []),
      ...keywords.external.map((each) => `--external:${each}`),
      ...keywords.args,
    ];
    const target = toolTarget(call, keywords.dependencies, {
      name,
      kind: 'bundle',
      inputs: starts.map(({ file }) => file),
      made: outdir === undefined ? { files: outputs } : { folder: outdir },
      words: [
        ...starts.flatMap(({ path }) => ['--entry', path]),
        ...options.map((option) => `--option=${option}`),
      ],
      depends: keywords.depends,
      description: `Bundling ${name}`,
      buildByDefault: keywords.build_by_default,
      install: installOf(call, { name, outputs }, keywords),
    });
    const isProgram = platform === 'node' && outdir === undefined;
    return isProgram ? { ...target, runner: [nodeCommand(call)] } : target;
  },
});

/** What makes files whose names only esbuild knows needs a folder for them. */
function checkFolder(
  call: Call,
  given: {
    readonly outdir: string | undefined;
    readonly output: string | undefined;
    readonly entries: readonly unknown[];
    readonly args: readonly string[];
  },
): void {
  const hint = "All that esbuild makes lies in a folder then: outdir: 'NAME'.";
  if (given.outdir !== undefined) {
    if (given.output !== undefined) call.fail('bundle takes "output" or "outdir", not both');
  } else if (given.entries.length > 0) {
    call.fail('bundle with several entries needs "outdir"', { hint });
  } else if (given.args.some((each) => /^--(splitting|outdir)\b/.test(each))) {
    call.fail('bundle with code splitting needs "outdir"', { hint });
  }
}

function nodeCommand(call: Call): string {
  return (
    findInPath(call.evaluation.host, 'node') ??
    call.fail("Program 'node' not found or not executable")
  );
}
