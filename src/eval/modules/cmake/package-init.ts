import { posix } from 'node:path';

/**
 * What stands for `@PACKAGE_INIT@` in the template of a package's configuration: it tells CMake the
 * prefix the package was installed to, wherever that was moved. The variables are those that
 * packages rely on (CMakePackageConfigHelpers).
 */
export function packageInit({
  input,
  prefix,
  installDir,
}: {
  /** The template's name. */
  readonly input: string;
  /** Absolute, both. */
  readonly prefix: string;
  readonly installDir: string;
}): string {
  const up = posix.relative(installDir, prefix) || '.';
  const lines = [
    '',
    '####### Expanded from \\@PACKAGE_INIT\\@ by configure_package_config_file() #######',
    '####### Changes are lost when the project is set up again ####',
    `####### The input file was ${input} ########`,
    '',
    `get_filename_component(PACKAGE_PREFIX_DIR "\${CMAKE_CURRENT_LIST_DIR}/${up}" ABSOLUTE)`,
    ...(/^(\/usr)?\/lib(64)?\/.+/.test(installDir) ? throughLink(prefix, installDir) : []),
    '',
    'macro(set_and_check variable path)',
    '  set(${variable} "${path}")',
    '  if(NOT EXISTS "${path}")',
    '    message(FATAL_ERROR "${path} is not there, although ${variable} says so")',
    '  endif()',
    'endmacro()',
    '####################################################################################',
    '',
  ];
  return lines.join('\n');
}

/** Where `/lib` is a link to `/usr/lib`, the way up from it would lead to another prefix. */
function throughLink(prefix: string, installDir: string): readonly string[] {
  return [
    '',
    'get_filename_component(_realCurr "${CMAKE_CURRENT_LIST_DIR}" REALPATH)',
    `get_filename_component(_realOrig "${installDir}" REALPATH)`,
    'if(_realCurr STREQUAL _realOrig)',
    `  set(PACKAGE_PREFIX_DIR "${prefix}")`,
    'endif()',
    'unset(_realOrig)',
    'unset(_realCurr)',
  ];
}
