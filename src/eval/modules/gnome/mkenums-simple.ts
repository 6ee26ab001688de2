import { posix } from 'node:path';
import { listOf, str } from '../../argument-type.ts';
import { builtin, keyword, positional, requiredKeyword } from '../../declare.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { fileItem, fileOf } from '../../targets/sources.ts';
import { enumKeywords, enumTarget } from './enum-target.ts';

const text = (doc: string) => keyword(str, '', doc);
const perFile = '\n/* enumerations from "@basename@" */\n';

export const gnomeMkenumsSimple = builtin({
  name: 'mkenums_simple',
  label: 'gnome.mkenums_simple',
  doc: 'Types of enums in the usual form: a source and a header.',
  since: '0.42.0',
  positional: [positional('name', str, 'Base of their names.')],
  keywords: {
    ...enumKeywords,
    sources: requiredKeyword(listOf(strOrFile), 'Headers with the enums.'),
    header_prefix: text('Put out at the top of the header.'),
    function_prefix: text('What names of the functions begin with.'),
    body_prefix: text('Put out at the top of the source.'),
    decorator: text('Put before declarations.'),
  },
  returns: 'array[custom_tgt]',
  run: (call, { positional: [name], keywords: given }) => {
    const files = given.sources.map((source) =>
      typeof source === 'string' ? fileOf(call, source) : source.file,
    );
    const inputs = files.map(fileItem);
    const prefixes = [
      ...(given.identifier_prefix ? ['--identifier-prefix', given.identifier_prefix] : []),
      ...(given.symbol_prefix ? ['--symbol-prefix', given.symbol_prefix] : []),
    ];
    const { subdir } = call.scope;
    const body = enumTarget(call, {
      output: `${name}.c`,
      inputs,
      words: [
        ...prefixes,
        ...bodyWords(given.function_prefix, [
          ...(given.body_prefix === '' ? [] : [given.body_prefix]),
          `#include "${name}.h"`,
          ...files.map(({ path }) => `#include "${posix.relative(subdir, path)}"`),
        ]),
        '@INPUT@',
      ],
    });
    const header = enumTarget(call, {
      output: `${name}.h`,
      inputs,
      words: [
        ...prefixes,
        ...headerWords(given.function_prefix, given.header_prefix, given.decorator),
        '@INPUT@',
      ],
      install: given.install_header,
      directory: given.install_dir,
    });
    return [body, header];
  },
});

function bodyWords(prefix: string, head: readonly string[]): readonly string[] {
  const top = `${head.join('\n')}

#define C_ENUM(v) ((gint) v)
#define C_FLAGS(v) ((guint) v)
`;
  const before = `
GType
${prefix}@enum_name@_get_type (void)
{
    static gsize gtype_id = 0;
    static const G@Type@Value values[] = {`;
  const value = '        { C_@TYPE@ (@VALUENAME@), "@VALUENAME@", "@valuenick@" },';
  const after = `        { 0, NULL, NULL }
    };
    if (g_once_init_enter (&gtype_id)) {
        GType new_type = g_@type@_register_static (g_intern_static_string ("@EnumName@"), values);
        g_once_init_leave (&gtype_id, new_type);
    }
    return (GType) gtype_id;
}`;
  return [
    ...['--fhead', top, '--fprod', perFile],
    ...['--vhead', before, '--vprod', value, '--vtail', after],
  ];
}

function headerWords(prefix: string, given: string, decorator: string): readonly string[] {
  const include = given === '' || given.endsWith('\n') ? given : `${given}\n`;
  // As Meson has it: a text of several lines keeps its own margin, and all else is moved in.
  const own = include
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '');
  const indented = own.map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const margin = ' '.repeat(12 - Math.min(12, ...indented));
  const top = `${margin}#pragma once

${margin}#include <glib-object.h>
${`${margin}${include}`.replace(/^ +$/gm, '')}
${margin}G_BEGIN_DECLS
`;
  const declaration = `${decorator === '' ? '' : '\n'}${decorator}
GType ${prefix}@enum_name@_get_type (void);
#define @ENUMPREFIX@_TYPE_@ENUMSHORT@ (${prefix}@enum_name@_get_type())`;
  return [
    ...['--fhead', top, '--fprod', perFile],
    ...['--vhead', declaration, '--ftail', '\nG_END_DECLS'],
  ];
}
