import { posix } from 'node:path';
import { unreachable } from '../base/assert.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, placePosition } from '../diag/diagnostic.ts';
import type { FileFault, Files } from '../host/host.ts';
import { realPath } from '../host/real-path.ts';
import { type BuildFile, ProjectFiles } from '../lint/project-files.ts';
import type { RewriteCommand } from './command.ts';
import { optionSteps } from './default-options.ts';
import { type Edit, edited } from './edit.ts';
import { runKeywordCommand } from './keyword-command.ts';
import { runTargetCommand } from './target-command.ts';
import { traceProject } from './trace-project.ts';
import type { Work } from './work.ts';

/** The project whose build files are changed, and who is told. */
export interface RewriteRequest {
  readonly files: Files;
  /** Absolute: the project's folder. */
  readonly root: string;
  /** Absolute: where kaon was started. */
  readonly from: string;
  /** What cannot be done is told and left. */
  readonly skipErrors: boolean;
  /** Told of what goes on; errors always. */
  readonly listener: (kind: 'log' | 'warning' | 'error', text: string) => void;
}

/** What `info` commands answered, by type and id; empty where none was asked. */
export type RewriteInfo = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Changes build files, one command after the other; each sees what those before it wrote. */
export function rewrite(
  request: RewriteRequest,
  commands: readonly RewriteCommand[],
): Result<RewriteInfo, string> {
  const info: Record<string, Record<string, unknown>> = {};
  const steps = commands.flatMap((command) => stepsOf(command));
  for (const step of steps) {
    const done = runStep(request, step, info);
    if (!done.ok) return done;
  }
  return ok(info);
}

type Step = (work: Work) => void;

function stepsOf(command: RewriteCommand): readonly Step[] {
  switch (command.type) {
    case 'target':
      return [(work) => runTargetCommand(work, command)];
    case 'kwargs':
      return [(work) => runKeywordCommand(work, command)];
    case 'default_options':
      return optionSteps(command);
    default:
      return unreachable(command);
  }
}

function located({ place, message }: Diagnostic): string {
  if (place === undefined) return message;
  const { line, column } = placePosition(place);
  return `${place.source.path}:${line}:${column}: ${message}`;
}

function runStep(
  request: RewriteRequest,
  step: Step,
  info: Record<string, Record<string, unknown>>,
): Result<void, string> {
  const { files: disk, root, from, skipErrors, listener } = request;
  const files = new ProjectFiles(disk, { root, shownUnder: from });
  const top = files.buildFile('');
  if (top === undefined) return err(`${posix.join(root, 'meson.build')} cannot be read`);
  const broken = top.diagnostics.find(({ severity }) => severity === 'error');
  if (broken !== undefined) return err(located(broken));
  const changes = new Map<BuildFile, Edit[]>();
  const texts = new Map<string, string>();
  let failed = false;
  step({
    files,
    traced: traceProject(files),
    from,
    edit: (file, edits) => changes.set(file, [...(changes.get(file) ?? []), ...edits]),
    append: (path, text) => texts.set(path, appended(files.file(path)?.source.text ?? '', text)),
    tell: (type, id, answer) => {
      info[type] = { ...info[type], [id]: answer };
    },
    log: (line) => listener('log', line),
    warn: (line) => listener('warning', line),
    fail: (message) => {
      failed = true;
      listener('error', `${message} --> ${skipErrors ? 'skipping' : 'aborting'}`);
    },
  });
  if (failed && !skipErrors) return err('Rewriting the meson.build failed');
  const written = new Map<string, string>();
  for (const [path, text] of texts) written.set(posix.join(root, path), text);
  for (const [file, edits] of changes) {
    if (edits.length > 0) written.set(file.path, edited(file.source.text, edits));
  }
  for (const [path, text] of written) {
    listener('log', `Rewriting ${path}`);
    disk.makeDirectory(posix.dirname(path));
    const saved = replaceContent(disk, path, text);
    if (!saved.ok) return err(`${path}: ${saved.error.reason}`);
  }
  return ok(undefined);
}

/** The file stays the same one, where it is a link, and for whom it may be read or run. */
function replaceContent(disk: Files, path: string, text: string): Result<void, FileFault> {
  const place = realPath(disk, path);
  const mode = disk.stat(place)?.mode;
  const saved = disk.replace(place, text);
  return saved.ok && mode !== undefined ? disk.setMode(place, mode & 0o7777) : saved;
}

function appended(before: string, text: string): string {
  return before === '' || before.endsWith('\n') ? before + text : `${before}\n${text}`;
}
