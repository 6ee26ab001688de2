import { basename, join } from 'node:path/posix';
import { readRequestWord } from '../../base/request-word.ts';
import type { GtkdocRequest } from '../../eval/modules/gnome/gtkdoc.ts';
import { destinationPath } from '../../release/destination.ts';
import { exitCodes, type Session } from '../session.ts';
import { copyContent, copyFolder } from './copy-folder.ts';

/**
 * `gtkdoc REQUEST`: makes a manual as `gnome.gtkdoc()` asks for it. Where a project is installed (its
 * scripts then see `MESON_INSTALL_PREFIX`), the manual is copied to its place.
 */
export function gtkdoc(session: Session, words: readonly string[]): number {
  const request = readRequestWord(words[0] ?? '') as GtkdocRequest; // written by `gnome.gtkdoc()`
  const { environment } = session.host.system;
  const code = build(session, request);
  const prefix = environment['MESON_INSTALL_PREFIX'];
  if (code !== exitCodes.ok || prefix === undefined) return code;
  const name = request.version === '' ? request.module : `${request.module}-${request.version}`;
  const folder = destinationPath(
    { destdir: environment['DESTDIR'] ?? '', prefix: join(prefix, 'share/gtk-doc/html') },
    request.installFolder === '' ? name : request.installFolder,
  );
  session.host.files.remove(folder);
  return copyFolder(session, join(request.build, 'html'), folder) ? code : exitCodes.failed;
}

interface Step {
  readonly tool: 'scan' | 'scangobj' | 'mkdb' | 'mkhtml' | 'fixxref';
  readonly folder: string;
  readonly words: readonly string[];
}

function build(session: Session, request: GtkdocRequest): number {
  const { files } = session.host;
  const html = join(request.build, 'html');
  files.makeDirectory(request.build);
  if (!copyPages(session, request)) return exitCodes.failed;
  files.remove(html);
  files.makeDirectory(html);
  for (const asset of request.assets)
    if (!copyContent(session, asset, join(html, basename(asset)))) return exitCodes.failed;
  for (const step of stepsOf(request, html)) {
    const code = runStep(session, request, step);
    if (code !== 0) return code;
  }
  if (request.version !== '')
    files.rename(
      join(html, `${request.module}.devhelp2`),
      join(html, `${request.module}-${request.version}.devhelp2`),
    );
  return exitCodes.ok;
}

/** The tools look for pages where they write. */
function copyPages(session: Session, request: GtkdocRequest): boolean {
  const { files } = session.host;
  const own = ['sections', 'overrides'].map((what) =>
    join(request.source, `${request.module}-${what}.txt`),
  );
  const main = request.mainFile === '' ? [] : [join(request.source, request.mainFile)];
  const pages = [...request.contentFiles, ...main, ...own.filter((path) => files.exists(path))];
  return pages
    .filter((path) => !path.startsWith(`${request.buildRoot}/`))
    .every((path) => copyContent(session, path, join(request.build, basename(path))));
}

function stepsOf(request: GtkdocRequest, html: string): readonly Step[] {
  const { module, arguments: given, build: folder, mainFile } = request;
  const sources = request.sourceFolders.map((one) => `--source-dir=${one}`);
  const some = (list: readonly string[], option: string): readonly string[] =>
    list.length === 0 ? [] : [`${option}=${list.join(' ')}`];
  const mode = modeOf(request);
  return [
    {
      tool: 'scan',
      folder,
      words: [
        `--module=${module}`,
        ...sources,
        ...some(request.ignoredHeaders, '--ignore-headers'),
        ...given.scan,
      ],
    },
    ...typesStep(request),
    {
      tool: 'mkdb',
      folder,
      words: [
        ...[`--module=${module}`, '--output-format=xml'],
        `--expand-content-files=${request.expandedFiles.join(' ')}`,
        ...sources,
        ...(request.namespace === '' ? [] : [`--name-space=${request.namespace}`]),
        ...(mode === undefined ? [] : [`--${mode}-mode`]),
        ...(mainFile === '' ? [] : [`--main-sgml-file=${mainFile}`]),
        ...given.mkdb,
      ],
    },
    {
      tool: 'mkhtml',
      folder: html,
      words: [
        ...[`--path=${request.source}:${folder}`, module, ...given.mkhtml],
        mainFile === '' ? `${module}-docs.xml` : `../${mainFile}`,
      ],
    },
    {
      tool: 'fixxref',
      folder,
      words: [`--module=${module}`, '--module-dir=html', ...given.fixxref],
    },
  ];
}

/** Asks a program, built for it, of the types that a list names. */
function typesStep(request: GtkdocRequest): readonly Step[] {
  const { module, arguments: given, build: folder } = request;
  const made = given.scan.includes('--rebuild-types');
  const types = made ? join(folder, `${module}.types`) : request.typesFile;
  if (types === '') return [];
  const words = [
    ...given.scangobj,
    ...[`--types=${types}`, `--module=${module}`, `--run=${request.run}`],
    ...[`--cflags=${request.cflags}`, `--ldflags=${request.ldflags}`],
    ...[`--cc=${request.cc}`, `--ld=${request.ld}`, `--output-dir=${folder}`],
  ];
  return [{ tool: 'scangobj', folder: request.buildRoot, words }];
}

function modeOf({ mode, mainFile }: GtkdocRequest): string | undefined {
  if (mode === 'none') return undefined;
  if (mode !== 'auto') return mode;
  return mainFile.endsWith('sgml') ? 'sgml' : 'xml';
}

function runStep({ host, terminal }: Session, request: GtkdocRequest, step: Step): number {
  const { environment } = host.system;
  const paths = [...request.libraryFolders, environment['LD_LIBRARY_PATH'] ?? ''];
  const argv = [...(request.tools[step.tool] ?? []), ...step.words];
  const { ended, stdout, stderr } = host.processes.run({
    argv,
    workingDirectory: step.folder,
    environment:
      step.tool === 'scangobj'
        ? { ...environment, LD_LIBRARY_PATH: paths.filter((path) => path !== '').join(':') }
        : environment,
  });
  terminal.write(stdout + stderr);
  const code = ended.kind === 'exited' ? ended.code : exitCodes.failed;
  if (code !== 0) terminal.printError(`gtkdoc-${step.tool} failed with status ${code}`);
  return code;
}
