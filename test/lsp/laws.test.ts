import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completion } from '../../src/lsp/features/completion.ts';
import { corrections } from '../../src/lsp/features/corrections.ts';
import { definition } from '../../src/lsp/features/definition.ts';
import { diagnostics } from '../../src/lsp/features/diagnostics.ts';
import { folding } from '../../src/lsp/features/folding.ts';
import { formatting } from '../../src/lsp/features/formatting.ts';
import { hover } from '../../src/lsp/features/hover.ts';
import { highlights, references, rename } from '../../src/lsp/features/references.ts';
import { semanticTokens } from '../../src/lsp/features/semantic-tokens.ts';
import { signatureHelp } from '../../src/lsp/features/signature.ts';
import { symbols } from '../../src/lsp/features/symbols.ts';
import { fuzzCase } from '../fuzz/fuzz.ts';
import { ownProjects } from '../fuzz/seeds.ts';
import { spotIn } from './workspace-text.ts';

test('no text and no place in it makes a feature throw', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(3000), (at, where) => {
      const { project, path } = fuzzCase(ownProjects, 6, at);
      const text = project[path] ?? '';
      const offset = Math.min(where, text.length);
      const spot = { ...spotIn({ ...project, [path]: text }) };
      const found = spot.workspace.fileOf(`file:///project/${path}`);
      if (found === undefined) return;
      const here = { ...found, offset };
      completion(here);
      definition(here);
      hover(here);
      signatureHelp(here);
      references(here, { definitions: true });
      rename(here, 'other');
      symbols(found.file);
      folding(found.file);
      formatting(spot.workspace.disk, found.file);
      expect(semanticTokens(found, found.file).data.length % 5).toBe(0);
      diagnostics(found.facts);
      highlights(here);
      const top = { line: 0, character: 0 };
      corrections(found.facts, found.file, { start: top, end: { line: 1000, character: 0 } });
    }),
    { numRuns: 200 },
  );
});
