import { expect, test } from 'vitest';
import { parse } from '../../src/lang/parse.ts';
import { randomCommands } from './random-commands.ts';
import { randomMachineFiles } from './random-machine-files.ts';
import { randomOptions } from './random-options.ts';
import { randomProject } from './random-project.ts';

const generators = { randomCommands, randomMachineFiles, randomOptions, randomProject };
const seeds = Array.from({ length: 40 }, (_, at) => at + 1);

test.each(Object.entries(generators))(
  '%s makes the same of a seed, and another of the next',
  (_name, make) => {
    expect(make(7)).toEqual(make(7));
    expect(make(7)).not.toEqual(make(8));
  },
);

test.each(Object.entries(generators))('what %s writes is the language', (_name, make) => {
  for (const seed of seeds)
    for (const [path, text] of make(seed).files) {
      if (!/meson\.(build|options)$/.test(path)) continue;
      const { diagnostics } = parse({ path, text });
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect({ seed, path, errors }).toEqual({ seed, path, errors: [] });
    }
});
