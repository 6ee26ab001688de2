import { ByteWriter } from '../format/byte-writer.ts';
import type { ActionRecord, CommandId, ContentId } from './action-record.ts';
import { frameBytes, logMagic } from './log-frames.ts';
import {
  type ReadTables,
  readTables,
  writeAction,
  writeCommand,
  writeContent,
  writeFile,
} from './log-records.ts';
import type { LogTables } from './log-tables.ts';

/** No record of a compacted log is much longer, so that damage costs little. */
const recordBytes = 64 * 1024;

/** The same knowledge in as few bytes as possible: records without outdated entries, and their tables. */
export function compact(
  tables: LogTables,
): ReadTables & { readonly payloads: readonly Uint8Array[] } {
  const { tables: fresh, stored } = readTables(new Uint8Array());
  const payloads: Uint8Array[] = [];
  const out = new ByteWriter();
  let end = logMagic.length;
  const cut = (): void => {
    if (out.length === 0) return;
    payloads.push(out.written().slice());
    fresh.recordAt(end + frameBytes);
    end += frameBytes + out.length;
    out.clear();
  };
  const content = (id: ContentId): ContentId => {
    const row = tables.content(id);
    const known = fresh.contentId(row);
    if (known !== undefined) return known;
    const added = writeContent(out, fresh, row);
    const file = tables.file(row.path);
    if (file?.content === id) writeFile(out, fresh, { ...file, content: added });
    return added;
  };
  const command = (id: CommandId): CommandId => writeCommand(out, fresh, tables.command(id));
  for (const record of tables.actions()) {
    const renumbered: ActionRecord = {
      ...record,
      command: command(record.command),
      inputs: record.inputs.map(content),
      discovered: record.discovered.map(content),
      outputs: record.outputs.map(content),
    };
    writeAction(out, fresh, renumbered);
    if (out.length > recordBytes) cut();
  }
  cut();
  return { payloads, tables: fresh, stored };
}
