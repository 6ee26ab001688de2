import { expect, test } from 'vitest';
import { blamedPlace, saidByCargo } from '../../src/cargo/said-by-cargo.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { MemoryHost } from '../support/memory-host.ts';

const noFeature = `    Updating crates.io index
error: failed to select a version for \`either\`.
    ... required by package \`app v0.1.0 (/project/app)\`
versions that meet the requirements \`^1\` are: 1.19.0

package \`app\` depends on \`either\` with feature \`nope\` but \`either\` does not have that feature.
 available features: default, serde


failed to select a version for \`either\` which could resolve this conflict
`;

const noPackage = `error: no matching package named \`eithre\` found
location searched: crates.io index
required by package \`app v0.1.0 (/project/app)\`
`;

const oddName = `error: invalid character \` \` in package name: \`my app\`
 --> app/Cargo.toml:2:8
  |
2 | name = "my app"
  |        ^^^^^^^^
error: failed to load manifest for workspace member \`/project/app\`
`;

/** The text that is pointed at, with its line. */
function blamed(stderr: string): string | undefined {
  const { files } = new MemoryHost({
    'Cargo.toml': '[workspace]\nmembers = ["core", "app"]\n',
    'core/Cargo.toml':
      '[package]\nname = "core"\nversion = "0.1.0"\n[dependencies]\neither = "1"\n',
    'core/src/lib.rs': '',
    'app/Cargo.toml':
      '[package]\nname = "my app"\nversion = "0.1.0"\n[target.unix.dependencies]\neithre = "1"\nother = { package = "either", version = "1" }\n',
    'app/src/lib.rs': '',
  });
  const workspace = loadWorkspace(files, '/project');
  if (!workspace.ok) throw new Error('not loaded');
  const place = blamedPlace(files, workspace.value, stderr);
  if (place === undefined) return undefined;
  const { source, span } = place;
  const line = source.text.slice(0, span.start).split('\n').length;
  return `${source.path}:${line} ${source.text.slice(span.start, span.end)}`;
}

test('the reason comes before that nothing fits', () => {
  expect(saidByCargo(noFeature)).toEqual({
    first:
      'package `app` depends on `either` with feature `nope` but `either` does not have that feature.',
    causes:
      'available features: default, serde; failed to select a version for `either` which could resolve this conflict',
  });
  expect(saidByCargo(noPackage).first).toBe('no matching package named `eithre` found');
  expect(saidByCargo(oddName).causes).toBe(
    'failed to load manifest for workspace member `/project/app`',
  );
});

test('what Cargo refuses is told at the line of the package that asks for it', () => {
  expect(blamed(noFeature)).toBe('/project/app/Cargo.toml:6 other');
  expect(blamed(noPackage)).toBe('/project/app/Cargo.toml:5 eithre');
  expect(blamed('error: no matching package found\nsearched package name: `eithre`\n')).toBe(
    '/project/app/Cargo.toml:5 eithre',
  );
  expect(blamed('error: failed to select a version for the requirement `either = "^9"`\n')).toBe(
    '/project/core/Cargo.toml:5 either',
  );
});

test('where Cargo shows code, the place is that', () => {
  expect(blamed(oddName)).toBe('/project/app/Cargo.toml:2 "');
  expect(blamed('error: the network is down\n')).toBeUndefined();
});
