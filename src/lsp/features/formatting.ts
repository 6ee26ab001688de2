import { posix } from 'node:path';
import { structuredPatch } from 'diff';
import type { Range, TextEdit } from 'vscode-languageserver/node';
import { editorStyle, foldersAbove } from '../../lang/format/editor-config.ts';
import { format } from '../../lang/format/format.ts';
import { defaultStyle, type FormatStyle } from '../../lang/format/style.ts';
import { readStyleFile } from '../../lang/format/style-file.ts';
import type { BuildFile, ReadFiles } from '../../lint/project-files.ts';

/** The edits that bring a file, or the lines of a range, into good shape; none where it has errors. */
export function formatting(disk: ReadFiles, file: BuildFile, range?: Range): readonly TextEdit[] {
  const before = file.source.text;
  const formatted = format(file.source, styleFor(disk, file.path));
  if (!formatted.ok) return [];
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const { hunks } = structuredPatch(
    '',
    '',
    before.replaceAll('\r\n', '\n'),
    formatted.value,
    '',
    '',
    { context: 0 },
  );
  return hunks.flatMap(({ oldStart, oldLines, lines }) => {
    // Of lines that are only added, the one before them is named.
    const start = oldLines === 0 ? oldStart : oldStart - 1;
    const stop = start + oldLines;
    if (range !== undefined && (stop < range.start.line || start > range.end.line)) return [];
    const text = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1) + end);
    const edited = { start: { line: start, character: 0 }, end: { line: stop, character: 0 } };
    return [{ range: edited, newText: text.join('') }];
  });
}

/** As `kaon format` has it: the nearest meson.format, and .editorconfig where that says so. */
function styleFor(disk: ReadFiles, path: string): FormatStyle {
  const file = foldersAbove(path)
    .map((folder) => posix.join(folder, 'meson.format'))
    .find(disk.isFile);
  const text = file === undefined ? undefined : disk.readText(file);
  const read = text?.ok === true ? readStyleFile(text.value, file ?? '') : undefined;
  if (read?.ok !== true) return defaultStyle;
  const { style, useEditorConfig } = read.value;
  const textOf = (each: string): string | undefined => {
    const found = disk.readText(each);
    return found.ok ? found.value : undefined;
  };
  return { ...defaultStyle, ...(useEditorConfig && editorStyle(path, textOf)), ...style };
}
