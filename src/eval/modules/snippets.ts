import { bool, orNothing, str } from '../argument-type.ts';
import { builtin, keyword, type Module, positional } from '../declare.ts';
import { fileObject } from '../objects/file.ts';
import { joinPath } from '../paths.ts';
import { optionOf } from '../targets/options.ts';

const macro = (doc: string) => keyword(orNothing(str), undefined, doc);

/** Meson's module `snippets`: pieces of code that many projects have. */
export const snippetsModule: Module = {
  name: 'snippets',
  doc: 'Pieces of code that many projects have.',
  since: '1.10.0',
  functions: [
    builtin({
      name: 'symbol_visibility_header',
      label: 'snippets.symbol_visibility_header',
      doc: 'A header with a macro that makes functions of a library visible to its users.',
      positional: [positional('name', str, 'The name of the header.')],
      keywords: {
        namespace: macro('What the macros begin with; the name of the project.'),
        api: macro('The macro to put before functions.'),
        compilation: macro('The macro that is defined while the library is compiled.'),
        static_compilation: macro('The macro that is defined for the static library.'),
        static_only: keyword(orNothing(bool), undefined, 'There is no shared library.'),
      },
      returns: 'file',
      run: (call, { positional: [name], keywords: given }) => {
        const { evaluation, scope } = call;
        const project = evaluation.tables.projects.get(scope.project).name;
        const prefix = macroPrefix(given.namespace || project);
        const file = { tree: 'build', path: joinPath(scope.buildSubdir, name) } as const;
        const content = visibilityHeader({
          api: given.api || `${prefix}_API`,
          compilation: given.compilation || `${prefix}_COMPILATION`,
          staticCompilation: given.static_compilation || `${prefix}_STATIC_COMPILATION`,
          staticOnly: given.static_only ?? optionOf(call, 'default_library') === 'static',
        });
        const written = evaluation.host.files.write(
          joinPath(evaluation.buildRoot, file.path),
          content,
        );
        return written.ok
          ? fileObject(file)
          : call.fail(`${written.error.path}: ${written.error.reason}`);
      },
    }),
  ],
};

/** A name as macros begin with it. */
function macroPrefix(name: string): string {
  const word = name.replaceAll(/[^a-zA-Z0-9]/g, '_').toUpperCase();
  return /^[0-9]/.test(word) ? `_${word}` : word;
}

interface VisibilityMacros {
  readonly api: string;
  readonly compilation: string;
  readonly staticCompilation: string;
  readonly staticOnly: boolean;
}

function visibilityHeader(macros: VisibilityMacros): string {
  const { api, compilation, staticCompilation, staticOnly } = macros;
  const define = (name: string, value: string): string =>
    `#  define ${api}_${name} ${value}`.trim();
  const always = `#ifndef ${staticCompilation}
#  define ${staticCompilation}
#endif

`;
  return `#pragma once

${staticOnly ? always : ''}#if (defined(_WIN32) || defined(__CYGWIN__)) && !defined(${staticCompilation})
${define('EXPORT', '__declspec(dllexport)')}
${define('IMPORT', '__declspec(dllimport)')}
#elif defined(__OS2__) && !defined(${staticCompilation})
${define('EXPORT', '__declspec(dllexport)')}
${define('IMPORT', '')}
#elif defined(__GNUC__) && __GNUC__ >= 4
${define('EXPORT', '__attribute__((visibility("default")))')}
${define('IMPORT', '')}
#else
${define('EXPORT', '')}
${define('IMPORT', '')}
#endif

#ifdef ${compilation}
#  define ${api} ${api}_EXPORT extern
#else
#  define ${api} ${api}_IMPORT extern
#endif
`;
}
