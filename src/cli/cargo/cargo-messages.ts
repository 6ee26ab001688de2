import { posix } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parseDirectives } from '../../cargo/script/directives.ts';
import type { CrateArtifact } from '../../model/crate-artifact.ts';
import type { MessageFormat } from './message-format.ts';
import { isCount, type RustcDiagnostic, rustcDiagnostics } from './rustc-diagnostics.ts';

type Json = Extract<MessageFormat, { kind: 'json' }>;

/** rustc's diagnostics as messages of Cargo's ("External tools" in its book), a line each. */
export function compilerMessages(
  artifact: CrateArtifact,
  diagnostics: string,
  { rendered }: Pick<Json, 'rendered'>,
): string {
  const about = { ...whose(artifact), target: target(artifact) };
  return read(diagnostics, rendered)
    .map((one) => ({ ...one, rendered: renderedAs(one, rendered) }))
    .map((message) => line('compiler-message', { ...about, message }))
    .join('');
}

/** The same for people, in lines of `FILE:LINE:COLUMN: LEVEL: MESSAGE` if they are to be short. */
export function messagesForPeople(diagnostics: string, rendered: Json['rendered']): string {
  return read(diagnostics, rendered)
    .map((one) => renderedAs(one, rendered))
    .join('');
}

/** The same as rustc writes it for programs where nobody asked for colours, a line each. */
export function plainDiagnostics(diagnostics: string): readonly string[] {
  return rustcDiagnostics(diagnostics).map((one) =>
    JSON.stringify({ ...one, rendered: renderedAs(one, 'plain') }),
  );
}

/** What was made of a crate. Paths are absolute. */
export function artifactMessage(
  artifact: CrateArtifact,
  { files, isFresh }: { readonly files: readonly string[]; readonly isFresh: boolean },
): string {
  const { profile, features, isProgram } = artifact;
  return line('compiler-artifact', {
    ...whose(artifact),
    target: target(artifact),
    profile: {
      opt_level: profile.optLevel,
      debuginfo: /^\d$/.test(profile.debuginfo) ? Number(profile.debuginfo) : profile.debuginfo,
      debug_assertions: profile.debugAssertions,
      overflow_checks: profile.overflowChecks,
      test: profile.isTest,
    },
    features,
    filenames: files,
    executable: isProgram ? (files[0] ?? null) : null,
    fresh: isFresh,
  });
}

/** What a build script said. */
export function scriptMessage(artifact: CrateArtifact, output: string): string {
  const { libraries, search, cfgs, environment } = parseDirectives(output, undefined).directives;
  return line('build-script-executed', {
    package_id: artifact.packageId,
    linked_libs: libraries,
    linked_paths: search,
    cfgs,
    env: environment,
    out_dir: posix.join(artifact.scriptFolder ?? '', 'out'),
  });
}

/** Cargo's last message, a line of JSON. */
export function finishedMessage(success: boolean): string {
  return line('build-finished', { success });
}

function line(reason: string, rest: object): string {
  return `${JSON.stringify({ reason, ...rest })}\n`;
}

function whose({ packageId, manifest }: CrateArtifact): object {
  return { package_id: packageId, manifest_path: manifest };
}

function target({ target: of }: CrateArtifact): object {
  return {
    kind: of.kind,
    crate_types: of.crateTypes,
    name: of.name,
    src_path: of.source,
    edition: of.edition,
    ...(of.requiredFeatures.length > 0 && { 'required-features': of.requiredFeatures }),
    doc: of.isDocumented,
    doctest: of.isDoctested,
    test: of.isTested,
  };
}

/** Without what only counts the others: Cargo does that itself. */
function read(diagnostics: string, rendered: Json['rendered']): readonly RustcDiagnostic[] {
  return rustcDiagnostics(diagnostics).filter(
    (one) => !isCount(one) && (rendered !== 'short' || one.level !== 'failure-note'),
  );
}

function renderedAs(diagnostic: RustcDiagnostic, how: Json['rendered']): string {
  if (how === 'short') return shortened(diagnostic);
  return how === 'ansi' ? diagnostic.rendered : stripVTControlCharacters(diagnostic.rendered);
}

/** As rustc's `--error-format=short` writes it. */
function shortened({ spans, level, code, message }: RustcDiagnostic): string {
  const primary = spans.filter((span) => span.is_primary);
  const [first] = primary;
  const place =
    first === undefined ? '' : `${first.file_name}:${first.line_start}:${first.column_start}: `;
  // Names of lints are none.
  const number = code !== null && /^E\d+$/.test(code.code) ? `[${code.code}]` : '';
  const labels = primary.flatMap(({ label }) => label ?? []);
  return `${place}${level}${number}: ${[message, labels.join(', ')].filter((one) => one !== '').join(': ')}\n`;
}
