import { posix } from 'node:path';
import { err, ok } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Finished, Host } from '../../host/host.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { detectCLike } from '../c-like/detect.ts';
import { candidatesOf, firstKnown } from '../detect/candidates.ts';
import type { DetectFault, Detection, DetectRequest } from '../detect/request.ts';
import { findVersion, type Question, succeeded } from '../detect/steps.ts';
import { compilerHint } from '../install-hint.ts';
import { systemFacts } from '../system.ts';
import { pinnedRustc } from './pinned-rustc.ts';
import { rustcLinkArgs } from './rustc.ts';

/** Finds rustc, and the C compiler that links for it. */
export function* detectRustc(host: Host, request: DetectRequest): Detection {
  const candidates = candidatesOf(host, request, ['rustc']);
  if (!candidates.ok) return candidates;
  const pinned = yield* pinnedRustc(host, request);
  if (!pinned.ok) return pinned;
  const found = yield* firstKnown(
    host,
    pinned.value === undefined ? candidates.value.commands : [pinned.value],
    {
      known: (command, { stdout }) =>
        stdout.includes('rustc') || stdout.includes('clippy')
          ? { command, fullVersion: stdout.split('\n', 1)[0] ?? '' }
          : undefined,
    },
  );
  if (!found.ok) return found;
  const { command, fullVersion } = found.value;
  const override = request.binary('rust_ld');
  const cc = yield* detectCLike(host, {
    ...request,
    language: 'c',
    compileArgs: [],
    linkArgs: [],
    binary: (name) => (name === 'c' && override !== undefined ? override : request.binary(name)),
  });
  if (!cc.ok) return err(withoutLinker(command, cc.error));
  const [linkProgram = 'cc', ...linkWords] = [
    ...cc.value.command,
    ...(override === undefined ? (cc.value.linker?.alwaysArgs ?? []) : []),
  ];
  const whole = [...command, '-C', `linker=${linkProgram}`, ...rustcLinkArgs(linkWords)];
  // Asking which system libraries a static library needs makes one: rustc knows only then.
  const { processId, temporaryDirectory } = host.system;
  const library = `${temporaryDirectory}/kaon-${processId}-empty.a`;
  const answers = request.onlyNamed === true ? [] : yield [...questions(command, library)];
  host.files.remove(library);
  // A machine without a system may have no standard library at all: what is for it does without.
  const absent = /the `(.*)` target may not be installed/.exec(answers[1]?.stderr ?? '')?.[1];
  if (absent !== undefined && request.untried !== true && !isOfCargo(host, request))
    return err(withoutLibrary(whole, absent));
  const folder = answers[0]?.stdout.split('\n')[1] ?? '';
  const target = targetOf(command) ?? /\/rustlib\/([^/]+)\/lib$/.exec(folder)?.[1];
  const isAsked = target === undefined && request.onlyNamed !== true;
  const [verbose] = isAsked ? yield [{ argv: [...command, '-vV'] }] : [];
  return ok(
    describe({
      host,
      request,
      cc: cc.value,
      command,
      whole,
      fullVersion,
      answers,
      target: target ?? /^host: (.*)$/m.exec(verbose?.stdout ?? '')?.[1] ?? '',
    }),
  );
}

function withoutLinker(command: readonly string[], { kind, message }: DetectFault): DetectFault {
  const tried = `Using \`${command.join(' ')}\` failed: ${message}`;
  const remedy =
    kind === 'not-in-cross-file'
      ? 'Name the one for that machine under [binaries], as c = or as rust_ld =.'
      : (compilerHint('c') ?? '');
  return {
    kind: 'no-compiler',
    message: `Unknown compiler(s): [['${command.join("', '")}']]\nThe following exception(s) were encountered:\n${tried}`,
    hint: `rustc links by a C compiler. ${remedy}`,
  };
}

function withoutLibrary(command: readonly string[], target: string): DetectFault {
  return {
    kind: 'broken',
    message: `Compiler ${command.join(' ')} cannot compile programs.`,
    hint: `Rust's standard library for it is missing: rustup target add ${target}`,
  };
}

/** In a workspace of Cargo alone rustc may be started through a wrapper, which brings what is missing. */
function isOfCargo({ files }: Host, { sourceFolder }: DetectRequest): boolean {
  return sourceFolder !== undefined && !files.exists(`${sourceFolder}/meson.build`);
}

function* questions(command: readonly string[], library: string): Generator<Question> {
  const wanted = ['sysroot', 'target-libdir', 'cfg'];
  yield { argv: [...command, ...wanted.flatMap((what) => ['--print', what])] };
  yield {
    argv: [
      ...[...command, '--crate-type', 'staticlib', '--crate-name', 'empty', '-o', library],
      ...['--print', 'native-static-libs', '-'],
    ],
    // A target that is not installed may be so the next time.
    rememberSuccessOnly: true,
  };
}

interface Answered {
  readonly host: Host;
  readonly request: DetectRequest;
  readonly cc: Toolchain;
  readonly command: readonly string[];
  readonly whole: readonly string[];
  readonly fullVersion: string;
  readonly answers: readonly Finished[];
  readonly target: string;
}

function describe({
  host,
  request,
  cc,
  command,
  whole,
  fullVersion,
  answers,
  target,
}: Answered): Toolchain {
  const [printed, native] = answers;
  const version = findVersion(fullVersion);
  const [sysroot = '', targetFolder = '', ...cfgs] = printed?.stdout.split('\n') ?? [];
  const nativeLibraries = /native-static-libs: (.*)$/m.exec(native?.stderr ?? '')?.[1] ?? '';
  return {
    language: 'rust',
    id: fullVersion.includes('clippy') ? 'clippy-driver rustc' : 'rustc',
    machine: request.machine,
    command: whole,
    wrapper: [],
    version: version.split('-')[0] ?? version,
    fullVersion,
    linker:
      cc.linker === undefined
        ? undefined
        : { id: cc.linker.id, version: cc.linker.version, command: cc.linker.command },
    archiver: undefined,
    facts: {
      ...systemFacts(request.machineInfo),
      sysroot,
      // What `rustc` is may be a stand-in that starts it, and stays the same when this is another.
      compiler: host.files.isFile(`${sysroot}/bin/rustc`) ? `${sysroot}/bin/rustc` : '',
      'target-libdir': targetFolder,
      target,
      cfgs: succeeded(printed) ? cfgs.join('\n').trim() : '',
      'native-static-libs': nativeLibraries,
      rustdoc: (rustTool(host, command, 'rustdoc') ?? []).join('\n'),
      profiler: profilerIn(host, targetFolder) ?? '',
    },
  };
}

/** The library by which instrumented programs write down what they counted. */
function profilerIn({ files }: Host, folder: string): string | undefined {
  const names = files.list(folder);
  const name = names.ok && names.value.find((each) => /^libprofiler_builtins-.*\.rlib$/.test(each));
  return name ? `${folder}/${name}` : undefined;
}

/** `--target` of a command. */
function targetOf(command: readonly string[]): string | undefined {
  const at = command.indexOf('--target');
  if (at !== -1) return command[at + 1];
  return command.find((word) => word.startsWith('--target='))?.slice('--target='.length);
}

/** Another program of the same toolchain: beside rustc, or by the same `rustup run`. */
function rustTool(
  host: Host,
  command: readonly string[],
  name: string,
): readonly string[] | undefined {
  const [program = '', ...args] = command;
  if (posix.basename(program) === 'rustup') {
    const at = command.findIndex((word) => posix.basename(word) === 'rustc');
    return at === -1 ? undefined : [...command.slice(0, at), name, ...command.slice(at + 1)];
  }
  const beside = program.includes('/') ? posix.join(posix.dirname(program), name) : name;
  const found = findInPath(host, beside) ?? findInPath(host, name);
  return found === undefined ? undefined : [found, ...args];
}
