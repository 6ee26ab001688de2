import { configOption, currentOption, saidOnceOption } from '../../base/cargo-options.ts';
import { readManifest } from '../../cargo/manifest/read-manifest.ts';
import type { Source } from '../../diag/source.ts';
import type { Host } from '../../host/host.ts';
import type { Evaluation } from '../evaluation.ts';
import { EvaluationError } from '../evaluation-error.ts';

/** Whether a folder is a Cargo workspace that has no build file: then one is made for it. */
export function isPlainWorkspace(
  { host }: { readonly host: Pick<Host, 'files'> },
  folder: string,
): boolean {
  return !host.files.isFile(`${folder}/meson.build`) && host.files.isFile(`${folder}/Cargo.toml`);
}

/** The build file that stands for a Cargo workspace without one: all its packages, and their tests. */
export function plainBuildFile({ host }: Pick<Evaluation, 'host'>, folder: string): Source {
  const { files } = host;
  const read = readManifest({ files, folder, display: `${folder}/Cargo.toml` });
  const root =
    read.ok && (read.value.kind === 'package' ? read.value.manifest : read.value.workspace.root);
  const name = root ? root.package.name : (folder.split('/').at(-1) ?? 'workspace');
  const version = root ? root.package.version : 'undefined';
  // Not written out, lest it look like an import of ours.
  const module = ['import', "('rust')"].join('');
  return {
    path: `${folder}/meson.build${madeMark}`,
    text: [
      `project(${quoted(name.replaceAll(':', '-'))}, 'rust', version: ${quoted(version)}, meson_version: '>= 1.12.0')`,
      `rust = ${module}`,
      "crates = rust.workspace('.',",
      "  packages: get_option('selected') == [] ? get_option('packages') : get_option('selected'),",
      "  features: get_option('features'),",
      "  default_features: get_option('default_features'),",
      "  all_features: get_option('all_features'),",
      "  profile: get_option('profile'),",
      "  target: get_option('target'),",
      "  locked: get_option('locked'),",
      "  ignore_rust_version: get_option('ignore_rust_version'),",
      ')',
      "crates.build(install: get_option('install'))",
      'crates.test()',
      '',
    ].join('\n'),
  };
}

const madeMark = ' (made from Cargo.toml)';

/** Whether a build file is one that nobody wrote. */
export function isMade({ path }: Source): boolean {
  return path.endsWith(madeMark);
}

/** What went wrong at a place in such a file is told without it. */
export function withoutPlaceIn({ path }: Source, error: unknown): unknown {
  if (!(error instanceof EvaluationError)) return error;
  const { place, focus: _focus, ...rest } = error.diagnostic;
  return place?.source.path === path ? new EvaluationError(rest, error.others) : error;
}

/** A string of a build file: a folder may be named anything. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

/** The type that an option has by what it is at first. */
const typeOfValue = { '[]': 'array', "''": 'string', true: 'boolean', false: 'boolean' } as const;

/** Its options. */
export function plainOptions(folder: string): Source {
  const option = (name: string, value: keyof typeof typeOfValue, description: string) =>
    `option('${name}', type: '${typeOfValue[value]}', value: ${value}, description: '${description}')\n`;
  return {
    path: `${folder}/meson.options${madeMark}`,
    text: [
      option('packages', '[]', 'Packages to build; the default members when empty'),
      option(
        'selected',
        '[]',
        'Those to build, whatever packages says: what a command names, or whose folder it is called in',
      ),
      option('features', '[]', 'Features of the packages'),
      option('default_features', 'true', 'Whether the feature default counts'),
      option('all_features', 'false', 'All features of the packages'),
      option('profile', "''", 'Profile of Cargo.toml; by the build type when empty'),
      option('target', "''", 'What to build for; as configured when empty'),
      option('locked', 'false', 'Cargo.lock must be there'),
      option('ignore_rust_version', 'false', 'Try what asks for a newer compiler'),
      option(
        configOption,
        "''",
        'Configuration of Cargo that a command brings, or whose folder it is called in',
      ),
      option(currentOption, "''", 'The package in whose folder a command is called'),
      option(saidOnceOption, "''", 'What the next command takes back'),
      option('install', 'true', 'Whether programs are installed'),
    ].join(''),
  };
}
