import { expect, test } from 'vitest';
import {
  artifactMessage,
  compilerMessages,
  messagesForPeople,
  scriptMessage,
} from '../../../src/cli/cargo/cargo-messages.ts';
import type { CrateArtifact } from '../../../src/model/crate-artifact.ts';

const artifact: CrateArtifact = {
  output: 'target/debug/deps/tool-1',
  packageId: 'path+file:///project/tool#0.1.0',
  manifest: '/project/tool/Cargo.toml',
  target: {
    ...{ kind: ['bin'], crateTypes: ['bin'], name: 'tool', edition: '2021' },
    ...{ source: '/project/tool/src/main.rs', isDocumented: true },
    ...{ isDoctested: false, isTested: true, requiredFeatures: [] },
  },
  profile: {
    ...{ optLevel: '0', debuginfo: '2', debugAssertions: true },
    ...{ overflowChecks: true, isTest: false },
  },
  features: ['f'],
  isProgram: true,
};

const target =
  '{"kind":["bin"],"crate_types":["bin"],"name":"tool","src_path":"/project/tool/src/main.rs","edition":"2021","doc":true,"doctest":false,"test":true}';

const diagnostic = (more: object) =>
  `${JSON.stringify({
    ...{ $message_type: 'diagnostic', level: 'error', message: 'mismatched types', spans: [] },
    ...{ code: null, rendered: '\u001b[31merror\u001b[0m: mismatched types\n', ...more },
  })}\n`;

const span = { file_name: 'src/main.rs', line_start: 3, column_start: 5, is_primary: true };

test('what was made is told in the shape that Cargo documents', () => {
  expect(artifactMessage(artifact, { files: ['/b/target/debug/tool'], isFresh: true })).toBe(
    `{"reason":"compiler-artifact","package_id":"path+file:///project/tool#0.1.0","manifest_path":"/project/tool/Cargo.toml","target":${target},"profile":{"opt_level":"0","debuginfo":2,"debug_assertions":true,"overflow_checks":true,"test":false},"features":["f"],"filenames":["/b/target/debug/tool"],"executable":"/b/target/debug/tool","fresh":true}\n`,
  );
});

test('features that a target needs are told with it', () => {
  const of = { ...artifact, target: { ...artifact.target, requiredFeatures: ['f'] } };
  expect(artifactMessage(of, { files: [], isFresh: true })).toContain(
    '"edition":"2021","required-features":["f"],"doc":true',
  );
});

test('diagnostics of rustc are told with whose they are, without those that count them', () => {
  const said = [
    diagnostic({}),
    diagnostic({ message: 'aborting due to 1 previous error' }),
    diagnostic({ level: 'warning', message: '2 warnings emitted' }),
  ].join('');
  const lines = compilerMessages(artifact, said, { rendered: 'plain' }).trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`"target":${target},"message":{"$message_type":"diagnostic"`);
  expect(lines[0]).toContain('"rendered":"error: mismatched types\\n"');
  expect(compilerMessages(artifact, said, { rendered: 'ansi' })).toContain('\\u001b[31merror');
});

test('what a compiler that was killed left of a message is left out', () => {
  const said = diagnostic({}) + diagnostic({}).slice(0, 40);
  expect(compilerMessages(artifact, said, { rendered: 'plain' }).trim().split('\n')).toHaveLength(
    1,
  );
});

test('a short message is one line, with the number of an error and what is said at the place', () => {
  const of = (more: object) => messagesForPeople(diagnostic(more), 'short');
  const spans = [{ ...span, label: 'expected `u8`' }];
  expect(of({ spans, code: { code: 'E0308' } })).toBe(
    'src/main.rs:3:5: error[E0308]: mismatched types: expected `u8`\n',
  );
  expect(of({ level: 'warning', spans: [{ ...span, label: null }], code: { code: 'x' } })).toBe(
    'src/main.rs:3:5: warning: mismatched types\n',
  );
  expect(of({ level: 'failure-note' })).toBe('');
});

test('what a build script said is told by kinds', () => {
  const script = { ...artifact, scriptFolder: '/b/target/debug/build/tool-2' };
  const output = 'cargo:rustc-cfg=c\ncargo::rustc-link-search=native=/l\ncargo:rustc-env=A=1\n';
  expect(scriptMessage(script, output)).toBe(
    '{"reason":"build-script-executed","package_id":"path+file:///project/tool#0.1.0","linked_libs":[],"linked_paths":["native=/l"],"cfgs":["c"],"env":[["A","1"]],"out_dir":"/b/target/debug/build/tool-2/out"}\n',
  );
});
