import type { FileRef } from '../../model/file.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** A file: from `files()`, `configure_file()`. */
export interface FileObject extends ObjectValue {
  readonly file: FileRef;
  /** As `files()` was given it: `preserve_path` keeps the folders in it. */
  readonly written?: string;
}
export const fileType = objectType<FileObject>('File');

export function fileObject(file: FileRef): FileObject {
  return { type: fileType, file };
}
