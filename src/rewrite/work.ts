import type { BuildFile, ProjectFiles } from '../lint/project-files.ts';
import type { Edit } from './edit.ts';
import type { TracedProject } from './trace-project.ts';

/** What a command works on, and what it leaves behind. */
export interface Work {
  readonly files: ProjectFiles;
  readonly traced: TracedProject;
  /** The working directory, absolute: what given paths are relative to. */
  readonly from: string;
  /** Changes of files that are there. */
  edit(file: BuildFile, edits: readonly Edit[]): void;
  /** Adds text to the end of a file, relative to the project, that may not be there. */
  append(path: string, text: string): void;
  /** What an `info` is to print. */
  tell(type: 'target' | 'kwargs', id: string, info: unknown): void;
  /** A line for `--verbose`. */
  log(line: string): void;
  warn(line: string): void;
  /** What cannot be done; the command is left. */
  fail(message: string): void;
}
