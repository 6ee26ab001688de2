import { posix } from 'node:path';
import type { CommandWord } from '../../../model/target.ts';
import { bool, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, type KeywordValues, keyword, positional, rest } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import type { TargetObject } from '../../objects/target.ts';
import { currentSourceDir, joinPath } from '../../paths.ts';
import { findProgram } from '../../programs/find-program.ts';
import { requiredWord } from '../../programs/required-program.ts';
import { declareAliasTarget, declareRunTarget } from '../../targets/command/goal.ts';
import { textOption } from '../../targets/options.ts';
import { existingFile, fileItem } from '../../targets/sources.ts';
import { linguas } from '../i18n/linguas.ts';
import { installFiles } from '../install-files.ts';
import { moduleTarget, textWords } from '../module-target.ts';

const keywords = {
  languages: {
    ...texts('The languages.'),
    deprecated: {
      since: '0.43.0',
      instead: 'Use a LINGUAS file in the source directory instead',
    },
  },
  media: texts('Pictures and such, in the folder of each language.'),
  sources: texts('The pages, in the folder `C`.'),
  symlink_media: keyword(bool, true, 'Link to pictures that a language has not of its own.'),
};

/** One help book. */
interface Book {
  readonly call: Call;
  readonly id: string;
  readonly pages: readonly string[];
  readonly given: KeywordValues<typeof keywords>;
  readonly tools: Tools;
  /** The folder of all books in all languages. */
  readonly installed: string;
}

export const gnomeYelp = builtin({
  name: 'yelp',
  label: 'gnome.yelp',
  doc: 'Installs a help book and its translations.',
  positional: [positional('id', str, 'Name of the book.')],
  rest: rest('sources', str, 'The pages.'),
  keywords,
  returns: 'void',
  run: (call, { positional: [id], rest: more, keywords: given }) => {
    const book: Book = {
      call,
      id,
      pages: pagesOf(call, more, given.sources),
      given,
      tools: toolsOf(call),
      installed: joinPath(textOption(call, 'datadir'), 'help'),
    };
    installOriginal(book);
    const pot = declareRunTarget(call, {
      name: `help-${id}-pot`,
      folder: 'C',
      command: [
        book.tools.itstool,
        ...textWords([
          '-o',
          template(book),
          ...book.pages.map((page) => absolute(book, `C/${page}`)),
        ]),
      ],
    });
    const languages =
      given.languages.length > 0
        ? given.languages
        : linguas(call, currentSourceDir(call.evaluation, call.scope));
    const updates = languages.map((language) => translate(book, language, pot));
    declareAliasTarget(call, {
      name: `help-${id}-update-po`,
      targets: updates.map(({ target }) => target),
    });
    return undefined;
  },
});

function pagesOf(
  call: Call,
  given: readonly string[],
  sources: readonly string[],
): readonly string[] {
  if (given.length > 0)
    call.usesDeprecated(
      'gnome.yelp more than one positional argument',
      '0.60.0',
      'use the "sources" keyword argument instead.',
    );
  if (sources.length === 0 && given.length === 0) call.fail('Yelp requires a list of sources');
  if (sources.length === 0) return given;
  if (given.length > 0)
    call.warn(
      '"gnome.yelp" ignores positional sources arguments when the "sources" keyword argument is set',
    );
  return sources;
}

type Tools = Readonly<Record<'itstool' | 'msgmerge' | 'msgfmt', CommandWord>>;

function toolsOf(call: Call): Tools {
  const find = (name: string) =>
    requiredWord(call, findProgram(call, { names: [name], machine: 'host', required: true }));
  return { itstool: find('itstool'), msgmerge: find('msgmerge'), msgfmt: find('msgfmt') };
}

function absolute({ call }: Book, path: string): string {
  return joinPath(currentSourceDir(call.evaluation, call.scope), path);
}

function template(book: Book): string {
  return absolute(book, `C/${book.id}.pot`);
}

function installOriginal(book: Book): void {
  const { call, installed, id, pages, given } = book;
  const folder = joinPath(installed, 'C', id);
  const pageFiles = pages.map(
    (page) => [existingFile(call, `C/${page}`), joinPath(folder, posix.basename(page))] as const,
  );
  installFiles(call, 'doc', pageFiles);
  for (const path of given.media)
    installFiles(call, 'doc', [[existingFile(call, `C/${path}`), joinPath(folder, path)]]);
}

/** A language's pages and media; gives the target that brings its catalogue up to date. */
function translate(book: Book, language: string, pot: TargetObject): TargetObject {
  const { call, id, pages, given, installed, tools } = book;
  const folder = joinPath(installed, language, id);
  for (const path of given.media) installMedia(book, { language, folder, path });
  const catalogue = absolute(book, `${language}/${language}.po`);
  const update = declareRunTarget(call, {
    name: `help-${id}-${language}-update-po`,
    folder: language,
    command: [tools.msgmerge, ...textWords(['-q', '-o', catalogue, catalogue, template(book)])],
    depends: [pot.target],
  });
  const compiled = moduleTarget(call, {
    name: `help-${id}-${language}-gmo`,
    folder: language,
    inputs: [fileItem(existingFile(call, `${language}/${language}.po`))],
    outputs: [`${id}-${language}.gmo`],
    command: [tools.msgfmt, ...textWords(['@INPUT@', '-o', '@OUTPUT@'])],
    description: 'Generating yelp doc ',
  });
  moduleTarget(call, {
    name: `help-${id}-${language}`,
    folder: language,
    inputs: pages.map((page) => fileItem(existingFile(call, `C/${page}`))),
    outputs: pages,
    command: [
      tools.itstool,
      ...textWords(['-m', joinPath(call.scope.buildSubdir, language, `${id}-${language}.gmo`)]),
      ...textWords(['--lang', language, '-o', '@OUTDIR@', '@INPUT@']),
    ],
    depends: [compiled.target],
    install: {
      directories: pages.map(() => folder),
      mode: undefined,
      tags: pages.map(() => 'doc'),
    },
    description: 'Generating yelp doc ',
  });
  return update;
}

/** A picture of a language: its own, or the original's as a link or a copy. */
function installMedia(
  book: Book,
  {
    language,
    folder,
    path,
  }: { readonly language: string; readonly folder: string; readonly path: string },
): void {
  const { call, installed, id, given } = book;
  const own = `${language}/${path}`;
  const isThere = call.evaluation.host.files.isFile(absolute(book, own));
  const destination = joinPath(folder, path);
  if (isThere || !given.symlink_media) {
    installFiles(call, 'doc', [[existingFile(call, isThere ? own : `C/${path}`), destination]]);
    return;
  }
  call.evaluation.tables.installs.push({
    kind: 'symlink',
    subproject: call.scope.subproject,
    name: posix.basename(path),
    pointingTo: posix.relative(posix.dirname(destination), joinPath(installed, 'C', id, path)),
    directory: posix.dirname(destination),
    tag: 'doc',
  });
}
