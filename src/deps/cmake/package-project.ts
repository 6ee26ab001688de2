import { generatorArgs } from '../../cmake/generator.ts';
import { cmakeLanguages } from '../../cmake/languages.ts';
import type { Finished } from '../../host/host.ts';
import { exitCode, pythonList } from '../ask.ts';
import type { DependencyContext } from '../context.ts';
import type { DependencyMemory } from '../memory.ts';
import { type CommandLines, readCommandLines } from './command-lines.ts';
import { projectText } from './package-text.ts';
import { prefixPath } from './preliminary.ts';
import type { PackageAnswer, PackageQuestion } from './question.ts';
import { writeToolchain } from './toolchain.ts';

const answers = new WeakMap<DependencyMemory, Map<string, PackageAnswer>>();

/** Asks CMake of a package, once. */
export function askPackage(context: DependencyContext, question: PackageQuestion): PackageAnswer {
  const known = answers.get(context.memory) ?? new Map<string, PackageAnswer>();
  answers.set(context.memory, known);
  const { version: _version, required: _required, ...request } = question.request;
  const key = JSON.stringify({ ...question, request });
  const answer = known.get(key) ?? runPackageProject(context, question);
  known.set(key, answer);
  return answer;
}

/** Writes a project that links the package, has CMake configure it, and reads what it would run. */
function runPackageProject(context: DependencyContext, question: PackageQuestion): PackageAnswer {
  const { host, buildRoot } = context;
  const { name, command, languages } = question;
  const safe = name.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
  const folder = `${buildRoot}/meson-private/cmake_${safe}_${context.machine}`;
  host.files.remove(folder);
  host.files.makeDirectory(`${folder}/build/.cmake/api/v1/query`);
  host.files.write(`${folder}/build/.cmake/api/v1/query/codemodel-v2`, '');
  const source = languages.includes('c') ? 'main.c' : 'main.cpp';
  host.files.write(`${folder}/${source}`, 'int main(void) { return 0; }\n');
  host.files.write(`${folder}/CMakeLists.txt`, projectText(question, source));
  const toolchain = writeToolchain(context, {
    tool: { command },
    buildDir: `${folder}/build`,
    skips: false,
  });
  if (!toolchain.ok) return { kind: 'failed', reason: toolchain.error };
  const answer = host.processes.run({
    argv: [
      ...command,
      ...generatorArgs(context),
      `-DCMAKE_TOOLCHAIN_FILE=${toolchain.value}`,
      ...['-S', folder, '-B', `${folder}/build`],
      ...definitions(context, question),
      ...question.request.cmakeArgs,
    ],
    workingDirectory: folder,
    environment: host.system.environment,
  });
  return readAnswer(context, question, { answer, build: `${folder}/build` });
}

/** What CMake told, and what it would run. */
function readAnswer(
  context: DependencyContext,
  { name }: PackageQuestion,
  { answer, build }: { readonly answer: Finished; readonly build: string },
): PackageAnswer {
  const { files } = context.host;
  const told = readTold(files.readText(`${build}/told.txt`));
  if (told === undefined || told.get('KAON_FOUND') !== '1') {
    const why = told?.get('KAON_WHY') ?? '';
    if (why !== '')
      context.log(
        `NOTICE: CMake reported that the package ${name} was not found with the following reason:\n${why}`,
      );
    return { kind: 'failed', reason: 'PACKAGE_FOUND is false' };
  }
  const missing = told.get('KAON_MISSING') ?? '';
  if (missing !== '')
    return {
      kind: 'no-such-target',
      target: missing,
      targets: (told.get('KAON_TARGETS') ?? '').split(';').filter((target) => target !== ''),
    };
  if (exitCode(answer) !== 0) return { kind: 'failed', reason: answer.stderr.trim() };
  const lines = readCommandLines(files, build);
  if (lines === undefined)
    return { kind: 'failed', reason: 'Unable to obtain CMake system information' };
  for (const module of (told.get('KAON_OPTIONAL_MISSING') ?? '').split(';'))
    if (module !== '') context.warn(optionalText(name, module));
  const partial = (told.get('KAON_PARTIAL') ?? '').split(';').filter((target) => target !== '');
  if (partial.length > 0) context.warn(partialText(name, partial));
  const version = told.get('KAON_VERSION');
  return {
    kind: 'found',
    version: version === '' ? undefined : version,
    variables: told,
    ...withoutDefaults(context, lines),
  };
}

function optionalText(name: string, module: string): string {
  return name === 'LLVM'
    ? `Optional LLVM module ${module} was not found`
    : `CMake: Optional module ${module} for ${name} was not found`;
}

function partialText(name: string, targets: readonly string[]): string {
  return `Could not find and exact match for the CMake dependency ${name}.

However, Meson found the following partial matches:

    ${pythonList(targets)}

Using imported is recommended, since this approach is less error prone
and better supported by Meson. Consider explicitly specifying one of
these in the dependency call with:

    dependency('${name}', modules: ['${name}::<name>', ...])

Meson will now continue to use the old-style ${name}_LIBRARIES CMake
variables to extract the dependency information since no explicit
target is currently specified.`;
}

/** The compilers are known: CMake need not try them, which would take most of its time. */
function definitions(
  context: DependencyContext,
  { languages, isStatic }: PackageQuestion,
): readonly string[] {
  const prefixes = prefixPath(context);
  const compilers = languages.flatMap((language) => {
    const toolchain = context.checker(language)?.family.toolchain;
    const name = cmakeLanguages[language];
    if (toolchain === undefined || name === undefined) return [];
    return [`-DCMAKE_${name}_COMPILER_WORKS=TRUE`, `-DCMAKE_${name}_ABI_COMPILED=TRUE`];
  });
  const facts = context.checker(languages[0] ?? 'c')?.family.toolchain.facts ?? {};
  const triple = /\/usr\/lib\/([^/:]+-[^/:]+)(?::|$)/.exec(facts['library-folders'] ?? '')?.[1];
  return [
    ...compilers,
    ...(triple === undefined ? [] : [`-DCMAKE_LIBRARY_ARCHITECTURE=${triple}`]),
    '-DCMAKE_SKIP_RPATH=ON',
    ...(prefixes.length > 0 ? [`-DCMAKE_PREFIX_PATH=${prefixes.join(';')}`] : []),
    ...(isStatic ? ['-DCMAKE_FIND_LIBRARY_SUFFIXES=.a', '-DBUILD_SHARED_LIBS=OFF'] : []),
  ];
}

function readTold(
  text: { readonly ok: true; readonly value: string } | { readonly ok: false },
): ReadonlyMap<string, string> | undefined {
  if (!text.ok) return undefined;
  const told = new Map<string, string>();
  for (const line of text.value.split('\n')) {
    const at = line.indexOf('=');
    const value = line
      .slice(at + 1)
      .replaceAll(/\\(.)/g, (_all, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    if (at > 0) told.set(line.slice(0, at), value);
  }
  return told;
}

/** Folders that the compiler searches anyway would only change the order it searches them in. */
function withoutDefaults(context: DependencyContext, lines: CommandLines): CommandLines {
  const facts = (context.checker('c') ?? context.checker('cpp'))?.family.toolchain.facts ?? {};
  const defaults = (facts['default-includes'] ?? '').split(':');
  return {
    ...lines,
    compileArgs: lines.compileArgs.filter(
      (arg) => !defaults.includes(arg.replace(/^(-I|-isystem)/, '')) || !/^(-I|-isystem)/.test(arg),
    ),
  };
}
