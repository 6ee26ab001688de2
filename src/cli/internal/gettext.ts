import { join } from 'node:path/posix';
import { readRequestWord } from '../../base/request-word.ts';
import { exitCodes, type Session } from '../session.ts';

/** What `i18n.gettext()` writes for the targets that bring catalogues up to date. */
interface Request {
  readonly package: string;
  /** The project's top folder. */
  readonly top: string;
  /** The folder of the catalogues. */
  readonly folder: string;
  readonly languages: readonly string[];
  readonly extra: readonly string[];
  readonly tools: Readonly<Record<string, readonly string[]>>;
}

/** `gettext pot REQUEST` writes the template; `gettext update-po REQUEST` also each catalogue. */
export function gettext(session: Session, words: readonly string[]): number {
  const [step = '', text = ''] = words;
  const request = readRequestWord(text) as Request; // written by `i18n.gettext()`
  const code = writeTemplate(session, request);
  return code === 0 && step === 'update-po' ? updateCatalogues(session, request) : code;
}

function writeTemplate(session: Session, request: Request): number {
  const { files } = session.host;
  const lists = ['POTFILES.in', 'POTFILES'].map((name) => join(request.folder, name));
  const list = lists.find((path) => files.exists(path));
  if (list === undefined) {
    session.terminal.print(`Could not find file POTFILES in ${request.folder}`);
    return exitCodes.failed;
  }
  return runTool(session, [
    ...(request.tools['xgettext'] ?? ['xgettext']),
    `--package-name=${request.package}`,
    ...['-p', request.folder, '-f', list, '-D', request.top, '-k_'],
    ...['-o', template(request)],
    ...request.extra,
  ]);
}

function updateCatalogues(session: Session, request: Request): number {
  const { files } = session.host;
  for (const language of languagesOf(session, request)) {
    const path = join(request.folder, `${language}.po`);
    const argv = files.exists(path)
      ? [
          ...(request.tools['msgmerge'] ?? ['msgmerge']),
          ...['-q', '-o', path, path, template(request)],
        ]
      : [
          ...(request.tools['msginit'] ?? ['msginit']),
          ...['--input', template(request), '--output-file', path],
          ...['--locale', language, '--no-translator'],
        ];
    const code = runTool(session, argv);
    if (code !== 0) return code;
  }
  return exitCodes.ok;
}

function languagesOf({ host }: Session, request: Request): readonly string[] {
  if (request.languages.length > 0) return request.languages;
  const text = host.files.readText(join(request.folder, 'LINGUAS'));
  if (!text.ok) return [];
  const lines = text.value.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => line.split(/\s+/));
}

function template(request: Request): string {
  return join(request.folder, `${request.package}.pot`);
}

function runTool({ host, terminal }: Session, argv: readonly string[]): number {
  const { ended, stdout, stderr } = host.processes.run({
    argv,
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  if (stdout !== '') terminal.print(stdout);
  if (stderr !== '') terminal.printError(stderr);
  return ended.kind === 'exited' ? ended.code : exitCodes.failed;
}
