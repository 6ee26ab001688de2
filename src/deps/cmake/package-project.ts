import { findInPath } from '../../host/find-in-path.ts';
import { exitCode, pythonList } from '../ask.ts';
import type { DependencyContext, DependencyRequest } from '../context.ts';
import type { DependencyMemory } from '../memory.ts';
import { type CommandLines, readCommandLines } from './file-api.ts';
import { prefixPath } from './preliminary.ts';

/** A package that CMake is asked for. */
export interface PackageQuestion {
  readonly name: string;
  readonly request: DependencyRequest;
  readonly command: readonly string[];
  readonly languages: readonly string[];
  readonly isStatic: boolean;
}

export type PackageAnswer =
  | ({
      readonly kind: 'found';
      readonly version: string | undefined;
      readonly variables: ReadonlyMap<string, string>;
    } & CommandLines)
  | {
      readonly kind: 'no-such-target';
      readonly target: string;
      readonly targets: readonly string[];
    }
  | { readonly kind: 'failed'; readonly reason: string };

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
  const suffix = languages.includes('c') ? 'c' : 'cpp';
  host.files.write(`${folder}/main.${suffix}`, 'int main(void) { return 0; }\n');
  host.files.write(`${folder}/CMakeLists.txt`, projectText(question, suffix));
  const answer = host.processes.run({
    argv: [
      ...command,
      ...generator(context),
      ...['-S', folder, '-B', `${folder}/build`],
      ...definitions(context, question),
      ...question.request.cmakeArgs,
    ],
    workingDirectory: folder,
    environment: host.system.environment,
  });
  const told = readTold(host.files.readText(`${folder}/build/told.txt`));
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
  const lines = readCommandLines(host.files, `${folder}/build`);
  if (lines === undefined)
    return { kind: 'failed', reason: 'Unable to obtain CMake system information' };
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

/** Packages may try to build something, so CMake gets a tool that can; else one that does nothing. */
function generator({ host }: DependencyContext): readonly string[] {
  const has = (name: string): boolean => findInPath(host, name) !== undefined;
  if (has('ninja')) return ['-G', 'Ninja'];
  return ['-G', 'Unix Makefiles', ...(has('make') ? [] : ['-DCMAKE_MAKE_PROGRAM=/bin/true'])];
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
    const name = language === 'c' ? 'C' : 'CXX';
    if (toolchain === undefined) return [];
    const [program = '', ...args] = toolchain.command;
    return [
      `-DCMAKE_${name}_COMPILER=${program}`,
      ...(args.length === 0 ? [] : [`-DCMAKE_${name}_COMPILER_ARG1=${args.join(' ')}`]),
      `-DCMAKE_${name}_COMPILER_WORKS=TRUE`,
      `-DCMAKE_${name}_ABI_COMPILED=TRUE`,
    ];
  });
  const facts = context.checker(languages[0] ?? 'c')?.family.toolchain.facts ?? {};
  const triple = /\/usr\/lib\/([^/:]+-[^/:]+)(?::|$)/.exec(facts['library-folders'] ?? '')?.[1];
  return [
    ...compilers,
    `-DCMAKE_SIZEOF_VOID_P=${facts['__SIZEOF_POINTER__'] ?? '8'}`,
    ...(triple === undefined ? [] : [`-DCMAKE_LIBRARY_ARCHITECTURE=${triple}`]),
    '-DCMAKE_SKIP_RPATH=ON',
    ...(prefixes.length > 0 ? [`-DCMAKE_PREFIX_PATH=${prefixes.join(';')}`] : []),
    ...(isStatic ? ['-DCMAKE_FIND_LIBRARY_SUFFIXES=.a', '-DBUILD_SHARED_LIBS=OFF'] : []),
  ];
}

function projectText({ name, request, languages }: PackageQuestion, suffix: string): string {
  const { modules, optionalModules, components, cmakeModulePath, cmakePackageVersion } = request;
  const wanted = languages.map((language) => (language === 'c' ? 'C' : 'CXX')).join(' ');
  const comps = components.length === 0 ? '' : ` COMPONENTS ${components.join(' ')}`;
  return `cmake_minimum_required(VERSION 3.7...3.31)
project(KaonDependency LANGUAGES ${wanted})
list(APPEND CMAKE_MODULE_PATH ${cmakeModulePath.map((path) => `"${path}"`).join(' ')})
find_package("${name}" ${cmakePackageVersion}${comps} QUIET)
string(TOUPPER "${name}" upper)
string(TOLOWER "${name}" lower)
set(KAON_FOUND 0)
if(${name}_FOUND OR \${upper}_FOUND)
  set(KAON_FOUND 1)
endif()
set(KAON_WHY "\${${name}_NOT_FOUND_MESSAGE}")
set(KAON_VERSION "")
foreach(prefix ${name} \${upper})
  foreach(word VERSION VERSION_STRING)
    if(NOT KAON_VERSION AND \${prefix}_\${word})
      set(KAON_VERSION "\${\${prefix}_\${word}}")
    endif()
  endforeach()
endforeach()
get_property(KAON_TARGETS DIRECTORY PROPERTY IMPORTED_TARGETS)
set(KAON_MISSING "")
set(links "")
foreach(target ${modules.join(' ')})
  if(TARGET "\${target}")
    list(APPEND links "\${target}")
  else()
    set(KAON_MISSING "\${target}")
  endif()
endforeach()
foreach(target ${optionalModules.join(' ')})
  if(TARGET "\${target}")
    list(APPEND links "\${target}")
  endif()
endforeach()
if(NOT links)
  foreach(target \${KAON_TARGETS})
    string(TOLOWER "\${target}" small)
    string(REPLACE "::" "" joined "\${small}")
    if(NOT links AND (small STREQUAL "\${lower}::\${lower}" OR joined STREQUAL lower))
      set(links "\${target}")
    endif()
  endforeach()
endif()
set(KAON_PARTIAL "")
if(NOT links)
  foreach(target \${KAON_TARGETS})
    string(TOLOWER "\${target}" small)
    if(small MATCHES "^\${lower}::")
      list(APPEND KAON_PARTIAL "\${target}")
    endif()
  endforeach()
endif()
add_executable(kaon main.${suffix})
if(links)
  foreach(target \${links})
    get_target_property(type \${target} TYPE)
    if(NOT type STREQUAL "EXECUTABLE")
      target_link_libraries(kaon PRIVATE \${target})
    endif()
  endforeach()
else()
  foreach(prefix ${name} \${upper})
    foreach(word INCLUDE_DIRS INCLUDE_DIR)
      if(\${prefix}_\${word})
        target_include_directories(kaon PRIVATE \${\${prefix}_\${word}})
      endif()
    endforeach()
    if(\${prefix}_DEFINITIONS)
      target_compile_options(kaon PRIVATE \${\${prefix}_DEFINITIONS})
    endif()
    if(\${prefix}_LIBRARIES)
      target_link_libraries(kaon PRIVATE \${\${prefix}_LIBRARIES})
    elseif(\${prefix}_LIBRARY)
      target_link_libraries(kaon PRIVATE \${\${prefix}_LIBRARY})
    endif()
  endforeach()
endif()
get_cmake_property(names VARIABLES)
set(text "")
foreach(name \${names})
  if(name MATCHES "^(KAON_|${name}|\${upper}|\${lower})")
    string(APPEND text "\${name}=\${\${name}}\\n")
  endif()
endforeach()
file(WRITE "\${CMAKE_BINARY_DIR}/told.txt" "\${text}")
`;
}

function readTold(
  text: { readonly ok: true; readonly value: string } | { readonly ok: false },
): ReadonlyMap<string, string> | undefined {
  if (!text.ok) return undefined;
  const told = new Map<string, string>();
  for (const line of text.value.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) told.set(line.slice(0, at), line.slice(at + 1));
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
