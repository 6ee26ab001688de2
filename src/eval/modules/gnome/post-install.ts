import { bool, listOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword } from '../../declare.ts';
import { type ProgramObject, programWord } from '../../objects/program.ts';
import { joinPath } from '../../paths.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { findProgram } from '../../programs/find-program.ts';
import { textOption } from '../../targets/options.ts';
import { textWords } from '../module-target.ts';
import { gnomeTool } from './tool.ts';

export const gnomePostInstall = builtin({
  name: 'post_install',
  label: 'gnome.post_install',
  doc: 'Brings caches of the system up to date when the project is installed.',
  since: '0.57.0',
  keywords: {
    glib_compile_schemas: keyword(bool, false, 'Of settings.'),
    gio_querymodules: keyword(listOf(str), [], 'Of modules of GIO, in these folders.'),
    gtk_update_icon_cache: keyword(bool, false, 'Of icons.'),
    update_desktop_database: keyword(bool, false, 'Of applications.', { since: '0.59.0' }),
    update_mime_database: keyword(bool, false, 'Of kinds of files.', { since: '0.64.0' }),
  },
  returns: 'void',
  run: (call, { keywords: given }) => {
    const prefix = textOption(call, 'prefix');
    const data = joinPath(prefix, textOption(call, 'datadir'));
    const find = (name: string): ProgramObject =>
      findProgram(call, { names: [name], machine: 'host', required: false });
    if (given.glib_compile_schemas)
      once(call, {
        name: 'glib-compile-schemas',
        folder: joinPath(data, 'glib-2.0', 'schemas'),
        find: () => gnomeTool(call, 'glib-compile-schemas', { required: false }),
      });
    for (const folder of given.gio_querymodules)
      once(call, {
        name: 'gio-querymodules',
        folder: joinPath(prefix, folder),
        find: () => gnomeTool(call, 'gio-querymodules', { required: false }),
      });
    if (given.gtk_update_icon_cache)
      once(call, {
        name: 'gtk4-update-icon-cache',
        folder: joinPath(data, 'icons/hicolor'),
        words: ['-q', '-t', '-f'],
        find: (name) => {
          const newer = find(name);
          return newer.found.kind === 'no' ? find('gtk-update-icon-cache') : newer;
        },
      });
    if (given.update_desktop_database)
      once(call, {
        name: 'update-desktop-database',
        folder: joinPath(data, 'applications'),
        words: ['-q'],
        find,
      });
    if (given.update_mime_database)
      once(call, { name: 'update-mime-database', folder: joinPath(data, 'mime'), find });
    return undefined;
  },
});

const done = perEvaluation(() => new Set<string>());

interface FolderTool {
  readonly name: string;
  readonly folder: string;
  /** What it is given before the folder. */
  readonly words?: readonly string[];
  readonly find: (name: string) => ProgramObject;
}

/** A tool runs once for a folder, whoever asks for it. A missing one fails only when it would run. */
function once(call: Call, { name, folder, words = [], find }: FolderTool): void {
  const { evaluation, scope } = call;
  const key = `${name} ${folder}`;
  if (done(evaluation).has(key)) return;
  done(evaluation).add(key);
  const word = programWord(find(name));
  if (word === undefined)
    call.warn(`Program ${name} was not found, installation without DESTDIR will fail`);
  evaluation.tables.installs.push({
    kind: 'script',
    subproject: scope.subproject,
    command: [word ?? { kind: 'program', command: [name] }, ...textWords([...words, folder])],
    environment: [],
    tag: undefined,
    skipIfDestdir: true,
    dryRun: false,
  });
}
