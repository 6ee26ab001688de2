import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor, libraryTypeOf } from './checks.ts';

/** What some C libraries hold themselves and others keep in a library of its own. */
interface Part {
  readonly name: string;
  readonly header: string;
  /** A program that only links when the C library has it. */
  readonly inside: string;
  readonly since: string;
  readonly function: string;
}

const dl: Part = {
  name: 'dl',
  header: 'dlfcn.h',
  inside: '',
  since: '0.62.0',
  function: 'dlopen',
};
const iconv: Part = {
  name: 'iconv',
  header: 'iconv.h',
  inside: '#include <iconv.h>\n\nint main() {\n    iconv_open("","");\n}',
  since: '0.60.0',
  function: 'iconv_open',
};
const intl: Part = {
  name: 'intl',
  header: 'libintl.h',
  inside: '#include <libintl.h>\n\nint main() {\n    gettext("Hello world");\n}',
  since: '0.59.0',
  function: 'ngettext',
};

export const findDl = (context: DependencyContext): Attempt => inside(context, dl);
export const findIconv = (context: DependencyContext): Attempt => inside(context, iconv);
export const findIntl = (context: DependencyContext): Attempt => inside(context, intl);
export const findDlLibrary = library(dl);
export const findIconvLibrary = library(iconv);
export const findIntlLibrary = library(intl);

function inside(context: DependencyContext, part: Part): Attempt {
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const there =
    part.inside === ''
      ? compiler.hasFunction(part.function, `#include <${part.header}>`)
      : compiler.links(part.inside);
  if (!there) return absent;
  return found({
    name: part.name,
    type: 'builtin',
    machine: context.machine,
    since: sinceOf(part),
  });
}

function library(part: Part) {
  return (context: DependencyContext, request: DependencyRequest): Attempt => {
    const compiler = compilerFor(context);
    if (compiler === undefined) return noCompiler;
    const linkArgs = compiler.library(part.name, libraryTypeOf(context, request));
    if (linkArgs === undefined || !compiler.hasHeader(part.header)) return absent;
    return found({
      name: part.name,
      type: 'system',
      machine: context.machine,
      linkArgs,
      since: sinceOf(part),
    });
  };
}

const sinceOf = (part: Part) => ({
  version: part.since,
  advice: `consider checking for \`${part.function}\` with and without \`find_library('${part.name}')\``,
});
