import { findInPath } from '../../../host/find-in-path.ts';
import { bool, listOf, oneOfWords, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, positional } from '../../declare.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { customInstall } from '../../targets/command/custom-target.ts';
import { fileModeOf } from '../../targets/install-mode.ts';
import { install, installDir, installMode, installTag } from '../../targets/keywords/install.ts';
import { depends, packages } from './keywords.ts';
import { inPackage, toolTarget } from './packages.ts';

/** `typescript.bundle()`: one file, with its map where that is asked for. */
export const bundle = builtin({
  name: 'bundle',
  doc: "Bundles a program with its packages into one file, with the package's own esbuild. For node it can be the program of a custom_target.",
  positional: [
    positional('name', str, 'Name of the target.'),
    positional('entry', strOrFile, 'The file to start from.'),
  ],
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
    minify: keyword(bool, false, 'Makes it small.'),
    sourcemap: keyword(
      bool,
      false,
      'Writes a map to the sources beside it: a second output, `.map`.',
    ),
    external: keyword(listOf(str), [], 'Packages to leave out.'),
    args: keyword(listOf(str), [], 'Further arguments for esbuild.'),
    build_by_default: keyword(bool, true, 'Part of `all`.'),
    install,
    install_dir: installDir,
    install_mode: installMode,
    install_tag: installTag,
  },
  returns: 'custom_tgt',
  run: (call, { positional: [name, entry], keywords }) => {
    const { platform, install_dir: folder = '' } = keywords;
    if (keywords.install && folder === '')
      call.fail('"install_dir" must be specified when "install" is true');
    const start = inPackage(call, keywords.dependencies, entry);
    const format = keywords.format ?? (platform === 'browser' ? 'iife' : 'esm');
    const output =
      keywords.output ?? `${name}.${format === 'esm' && platform === 'node' ? 'mjs' : 'js'}`;
    const outputs: readonly [string, ...string[]] = keywords.sourcemap
      ? [output, `${output}.map`]
      : [output];
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
      input: start.file,
      outputs,
      words: ['--entry', start.path, ...options.map((option) => `--option=${option}`)],
      depends: keywords.depends,
      description: `Bundling ${name}`,
      buildByDefault: keywords.build_by_default,
      install: keywords.install
        ? customInstall(call, name, {
            outputs,
            directories: [folder],
            tags: keywords.install_tag === undefined ? [] : [keywords.install_tag],
            mode: fileModeOf(call, keywords.install_mode),
          })
        : undefined,
    });
    return platform === 'node' ? { ...target, runner: [nodeCommand(call)] } : target;
  },
});

function nodeCommand(call: Call): string {
  return (
    findInPath(call.evaluation.host, 'node') ??
    call.fail("Program 'node' not found or not executable")
  );
}
