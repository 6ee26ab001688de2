import { cmakeLanguages } from '../../cmake/languages.ts';
import type { PackageQuestion } from './question.ts';

/**
 * The project that asks CMake of a package: it finds it, links a program with it, and writes down
 * what it learnt in `told.txt`, a variable a line. Backslashes and line ends in values are escaped.
 */
export function projectText(question: PackageQuestion, source: string): string {
  const { languages, search } = question;
  const wanted = languages.flatMap((language) => cmakeLanguages[language] ?? []).join(' ');
  return `cmake_minimum_required(VERSION 3.7...3.31)
project(KaonDependency LANGUAGES ${wanted})
get_cmake_property(before VARIABLES)
set(KAON_FOUND 0)
set(KAON_WHY "")
set(KAON_VERSION "")
set(KAON_MISSING "")
set(KAON_OPTIONAL_MISSING "")
set(KAON_PARTIAL "")
set(links "")
${search ?? ordinarySearch(question)}
add_executable(kaon ${source})
${question.usage ?? ordinaryUsage(question)}
foreach(target \${links})
  get_target_property(type \${target} TYPE)
  if(NOT type STREQUAL "EXECUTABLE")
    target_link_libraries(kaon PRIVATE \${target})
  endif()
endforeach()
get_cmake_property(names VARIABLES)
list(REMOVE_ITEM names \${before})
set(text "")
foreach(name \${names} KAON_FOUND KAON_WHY KAON_VERSION KAON_MISSING KAON_OPTIONAL_MISSING KAON_PARTIAL KAON_TARGETS)
  string(REPLACE "\\\\" "\\\\\\\\" value "\${\${name}}")
  string(REPLACE "\\n" "\\\\n" value "\${value}")
  string(APPEND text "\${name}=\${value}\\n")
endforeach()
file(WRITE "\${CMAKE_BINARY_DIR}/told.txt" "\${text}")
`;
}

function ordinarySearch({ name, request }: PackageQuestion): string {
  const { modules, optionalModules, components, cmakeModulePath, cmakePackageVersion } = request;
  const comps = components.length === 0 ? '' : ` COMPONENTS ${components.join(' ')}`;
  return `list(APPEND CMAKE_MODULE_PATH ${cmakeModulePath.map((path) => `"${path}"`).join(' ')})
find_package("${name}" ${cmakePackageVersion}${comps} QUIET)
string(TOUPPER "${name}" upper)
string(TOLOWER "${name}" lower)
if(${name}_FOUND OR \${upper}_FOUND)
  set(KAON_FOUND 1)
endif()
set(KAON_WHY "\${${name}_NOT_FOUND_MESSAGE}")
foreach(prefix ${name} \${upper})
  foreach(word VERSION VERSION_STRING)
    if(NOT KAON_VERSION AND \${prefix}_\${word})
      set(KAON_VERSION "\${\${prefix}_\${word}}")
    endif()
  endforeach()
endforeach()
get_property(KAON_TARGETS DIRECTORY PROPERTY IMPORTED_TARGETS)
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
  else()
    list(APPEND KAON_OPTIONAL_MISSING "\${target}")
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
if(NOT links)
  foreach(target \${KAON_TARGETS})
    string(TOLOWER "\${target}" small)
    if(small MATCHES "^\${lower}::")
      list(APPEND KAON_PARTIAL "\${target}")
    endif()
  endforeach()
endif()`;
}

/** Packages without targets tell by variables what a program needs. */
function ordinaryUsage({ name }: PackageQuestion): string {
  return `if(NOT links)
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
endif()`;
}
