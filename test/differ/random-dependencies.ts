import type { Random } from '../fuzz/random.ts';
import { type Draft, next } from './random-project.ts';

/** A dependency from outside, one that is declared, or a part of one. */
export function dependencyLines(draft: Draft): string {
  const { random, dependencies, targets } = draft;
  const variable = next(draft, 'dependency');
  const known = nameOfDependency(random, dependencies);
  const line = random.oneIn(3)
    ? `${variable} = ${random.of(outside)}`
    : known !== '' && random.oneIn(4)
      ? `${variable} = ${known}.${random.of(parts)}`
      : `${variable} = declare_dependency(${declared(draft, known).join(', ')})`;
  dependencies.push(variable);
  const all = targets.filter(({ kind }) => kind !== 'executable');
  return all.length > 0 && random.oneIn(9)
    ? `${line}\nmeson.override_dependency('own-${variable}', ${variable})`
    : line;
}

const outside = [
  "dependency('threads')",
  "dependency('zlib')",
  "dependency('zlib', include_type: 'system')",
  "dependency('zlib', version: '>=1.0', static: true)",
  "dependency('not-there', required: false)",
  "dependency('dl')",
];

const parts = [
  'partial_dependency(compile_args: true)',
  'partial_dependency(links: true, link_args: true)',
  'partial_dependency(includes: true, sources: true)',
  'as_system()',
  'as_link_whole()',
];

function declared(draft: Draft, known: string): readonly string[] {
  const { random, targets, includes, customTargets } = draft;
  const libraries = targets.filter(({ kind }) => kind !== 'executable');
  const archive = random.of(targets.filter(({ kind }) => kind === 'static_library'));
  const library = random.of(libraries);
  const include = random.of(includes);
  const custom = random.of(customTargets);
  return random.some(
    [
      ...(library === undefined ? [] : [`link_with: ${library.variable}`]),
      ...(archive === undefined ? [] : [`link_whole: ${archive.variable}`]),
      ...(include === undefined ? [] : [`include_directories: ${include}`]),
      ...(custom === undefined ? [] : [`sources: ${custom}`]),
      ...(known === '' ? [] : [`dependencies: ${known}`]),
      "compile_args: ['-DDECLARED', '-pthread']",
      "link_args: ['-lm', '-Wl,--as-needed']",
      "version: '2.1'",
      "variables: {'a': 'b'}",
      "extra_files: 'data.txt'",
    ],
    2,
  );
}

/** Empty where there is none yet. */
export function nameOfDependency(random: Random, dependencies: readonly string[]): string {
  return random.of(dependencies) ?? '';
}
