import { expect, test } from 'vitest';
import { missingSource } from '../../../src/cli/cargo/missing-source.ts';
import { renderDiagnostic } from '../../../src/diag/render.ts';
import type { CrateArtifact } from '../../../src/model/crate-artifact.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const manifest =
  '[package]\nname = "p"\nversion = "1.0.0"\n[[test]]\nname = "t"\npath = "x/t.rs"\n';

function told(kind: string, source: string): string | undefined {
  const profile = { optLevel: '0', debuginfo: '2', debugAssertions: true, overflowChecks: true };
  const facts = { isDocumented: false, isDoctested: false, isTested: true, requiredFeatures: [] };
  const artifact: CrateArtifact = {
    ...{ output: 'out', packageId: 'p', manifest: '/project/Cargo.toml', features: [] },
    ...{ profile: { ...profile, isTest: false }, isProgram: false },
    target: { ...facts, kind: [kind], crateTypes: ['bin'], name: 't', source, edition: '2021' },
  };
  const { files } = new MemoryHost({
    'Cargo.toml': manifest,
    'build/meson-private/crate-artifacts.json': JSON.stringify([artifact]),
  });
  const fault = { kind: 'missing-input', path: '../x/t.rs', neededBy: 'out' } as const;
  const found = missingSource(files, '/project/build', fault);
  return found && renderDiagnostic(found);
}

test("a target's file that is missing is told in Cargo's words at its path", () => {
  const source = '/project/x/t.rs';
  expect(told('test', source)).toContain(
    `Cargo.toml:6:7: ERROR: can't find integration-test \`t\` at path \`${source}\`\n    6 | path = "x/t.rs"\n`,
  );
  expect(told('cdylib', source)).toContain("can't find lib `t` at");
  expect(told('custom-build', source)).toContain("couldn't read `x/t.rs`: No such file");
  // Another file that the target needs is told otherwise.
  expect(told('bin', '/project/src/main.rs')).toBeUndefined();
});
