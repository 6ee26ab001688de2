import type { FileRef } from '../../model/file.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** A file: from `files()`, `configure_file()`. */
export interface FileObject extends ObjectValue {
  readonly file: FileRef;
  /** As `files()` was given it: `preserve_path` keeps the folders in it. */
  readonly written?: string;
}
/** What `files()` gives, and `configure_file()`. */
export const fileType = objectType<FileObject>('File');

export function fileObject(file: FileRef): FileObject {
  return { type: fileType, file };
}

/** A file's path with the `..` and `.` that the build file wrote: `subdir/../x.c`. */
export function writtenPath({ file }: FileObject): string {
  return file.spelled ?? file.path;
}
