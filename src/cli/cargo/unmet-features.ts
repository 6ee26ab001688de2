import type { Manifest } from '../../cargo/manifest/manifest.ts';

/**
 * Why something of some packages is no target, in Cargo's words: it requires features that were not
 * asked for. Undefined where there is none of the name, or it requires nothing. A `program` may be an example.
 */
export function unmetFeatures(
  packages: readonly Manifest[],
  wanted: {
    readonly kind: 'program' | 'bin' | 'example' | 'test' | 'bench';
    readonly name: string;
  },
): string | undefined {
  for (const { binaries, examples, tests, benches, package: of } of packages) {
    const bins = [...binaries.values()];
    const targets = {
      ...{ program: [...bins, ...examples], bin: bins, example: examples },
      ...{ test: tests, bench: benches },
    };
    const found = targets[wanted.kind].find(({ name }) => name === wanted.name);
    if (found === undefined || found.requiredFeatures.length === 0) continue;
    const features = found.requiredFeatures.map((feature) => `\`${feature}\``).join(', ');
    return (
      `target \`${found.name}\` in package \`${of.name}\` requires the features: ${features}\n` +
      `Consider enabling them by passing, e.g., \`--features="${found.requiredFeatures.join(' ')}"\``
    );
  }
  return undefined;
}
