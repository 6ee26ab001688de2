import type { Module } from '../../declare.ts';
import { i18nGettext } from './gettext.ts';
import { i18nItstoolJoin } from './itstool-join.ts';
import { i18nMergeFile } from './merge-file.ts';
import { i18nXgettext } from './xgettext.ts';

/** Meson's module `i18n`: translations by GNU gettext and itstool. */
export const i18nModule: Module = {
  name: 'i18n',
  doc: 'Translations: catalogues of messages, and files with translations merged in.',
  functions: [i18nGettext, i18nMergeFile, i18nItstoolJoin, i18nXgettext],
};
