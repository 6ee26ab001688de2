import { unreachable } from '../../base/assert.ts';
import { versionMatches } from '../../base/version.ts';
import { type DependencyContext, type DependencyRequest, isStatic } from '../context.ts';
import { type Attempt, absent, found } from '../found.ts';
import { threads } from '../system/threads.ts';
import { askPackage } from './package-project.ts';
import { cmakeTool } from './tool.ts';

/** LLVM as its CMake package tells of it. Modules are its components, which it maps to libraries. */
export function findLlvmWithCmake(context: DependencyContext, request: DependencyRequest): Attempt {
  const tool = cmakeTool(context);
  if (tool === undefined) return absent;
  const missing = ['c', 'cpp'].filter((language) => context.checker(language) === undefined);
  if (missing.length > 0) {
    context.warn(missingText(context, missing));
    return absent;
  }
  const answer = askPackage(context, {
    name: 'LLVM',
    request,
    command: tool.command,
    languages: ['c', 'cpp'],
    isStatic: isStatic(context, request),
    search: searchText(context, request),
    usage,
  });
  switch (answer.kind) {
    case 'failed':
      return { kind: 'failed', reason: answer.reason };
    case 'no-such-target':
      return { kind: 'failed', reason: `LLVM module ${answer.target} was not found` };
    case 'found':
      return found({
        name: 'LLVM',
        type: 'cmake',
        machine: context.machine,
        version: answer.version,
        compileArgs: answer.compileArgs,
        linkArgs: answer.linkArgs,
        variables: answer.variables,
        dependencies: [threads(context)],
        language: 'cpp',
        ...(request.modules.length === 0
          ? {}
          : { details: `(modules: ${[...new Set(request.modules)].sort().join(', ')})` }),
      });
    default:
      return unreachable(answer);
  }
}

function missingText({ machine }: DependencyContext, missing: readonly string[]): string {
  const shown = missing.map((language) => (language === 'c' ? 'C' : 'C++')).join(' nor ');
  const names = missing.map((language) => `'${language}'`).join(', ');
  return `The LLVM dependency was not found via CMake, as this method requires both a C and C++ compiler to be enabled, but ${missing.length === 1 ? 'only' : 'neither'} a ${shown} compiler is enabled for the ${machine} machine. Consider adding ${names} to your project() call or using add_languages(${names}, native : ${machine === 'build'}) before the LLVM dependency lookup.`;
}

/** Releases of LLVM, the newest first; from 18 on the first of each is `.1`. */
const releases: readonly string[] = [
  ...Array.from({ length: 17 }, (_one, at) => 23 - at).flatMap((major) =>
    major >= 18 ? [`${major}.1`, `${major}.0`] : [`${major}.0`],
  ),
  ...['6.0', '5.0', '4.0', '3.9', '3.8', '3.7', '3.6', '3.5'],
];

function searchText(context: DependencyContext, request: DependencyRequest): string {
  // A package says only whether it is of the release that is asked for: any of its versions may do.
  const versions = releases.filter((release) =>
    request.version.every((requirement) =>
      [release, `${release}.999`].some((version) => versionMatches(version, requirement)),
    ),
  );
  const names = [
    'llvm',
    ...releases.flatMap((one) => [`llvm-${one}`, `llvm-${parseInt(one, 10)}`]),
  ];
  const quoted = (modules: readonly string[]): string =>
    [...new Set(modules)].map((module) => `"${module}"`).join(' ');
  return `foreach(version IN ITEMS ${versions.join(' ')})
  find_package(LLVM \${version} CONFIG NAMES LLVM ${[...new Set(names)].join(' ')} QUIET)
  if(LLVM_FOUND)
    break()
  endif()
endforeach()
set(dynamic ${isStatic(context, request) ? 'OFF' : 'ON'})
if(LLVM_FOUND AND dynamic AND TARGET LLVM)
  set(KAON_FOUND 1)
elseif(LLVM_FOUND AND NOT dynamic AND TARGET LLVMCore)
  get_target_property(type LLVMCore TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    set(KAON_FOUND 1)
  endif()
endif()
set(KAON_VERSION "\${LLVM_PACKAGE_VERSION}")
get_property(KAON_TARGETS DIRECTORY PROPERTY IMPORTED_TARGETS)
${componentsFunction}
if(KAON_FOUND)
  foreach(module ${quoted(request.modules)})
    targets_of_component("\${module}" targets)
    list(APPEND links \${targets})
    if(NOT targets AND NOT KAON_MISSING)
      set(KAON_MISSING "\${module}")
    endif()
  endforeach()
  foreach(module ${quoted(request.optionalModules)})
    targets_of_component("\${module}" targets)
    list(APPEND links \${targets})
    if(NOT targets)
      list(APPEND KAON_OPTIONAL_MISSING "\${module}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES links)
endif()
if(KAON_FOUND AND NOT links AND TARGET LLVM)
  set(links LLVM)
endif()`;
}

/**
 * The shared library holds all of LLVM or a list of components; which names mean something must be
 * asked of LLVM's own functions. Static libraries are a target for each.
 */
const componentsFunction = `function(targets_of_component module out)
  string(TOLOWER "\${module}" lower)
  string(TOUPPER "\${module}" upper)
  if(module STREQUAL "all-targets")
    set(lower \${LLVM_TARGETS_TO_BUILD})
    string(TOUPPER "\${LLVM_TARGETS_TO_BUILD}" upper)
  endif()
  set(result "")
  if(dynamic)
    string(TOUPPER "\${LLVM_AVAILABLE_LIBS}" libraries)
    string(TOUPPER "\${LLVM_TARGETS_TO_BUILD}" built)
    foreach(name \${module} \${lower} \${upper})
      if("\${name}" IN_LIST LLVM_DYLIB_COMPONENTS)
        set(result LLVM)
      elseif("\${LLVM_DYLIB_COMPONENTS}" STREQUAL "all")
        is_llvm_target_specifier("\${name}" is_specifier INCLUDED_TARGETS)
        if(is_specifier OR "\${name}" IN_LIST built OR "LLVM\${name}" IN_LIST libraries
            OR "\${name}" MATCHES "^(native|backend|engine|all-targets)$")
          set(result LLVM)
        endif()
      endif()
    endforeach()
  else()
    llvm_map_components_to_libnames(names "\${module}" \${lower} \${upper})
    list(REMOVE_DUPLICATES names)
    foreach(name \${names})
      if(TARGET \${name})
        get_target_property(type \${name} TYPE)
        if(type STREQUAL "STATIC_LIBRARY")
          list(APPEND result \${name})
        endif()
      endif()
    endforeach()
  endif()
  set(\${out} "\${result}" PARENT_SCOPE)
endfunction()`;

const usage = `target_include_directories(kaon PRIVATE \${LLVM_INCLUDE_DIRS})
separate_arguments(definitions UNIX_COMMAND "\${LLVM_DEFINITIONS}")
target_compile_options(kaon PRIVATE \${definitions})`;
