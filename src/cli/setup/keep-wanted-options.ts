import { jsonText } from '../../base/json-text.ts';
import { changedOptions } from '../../export/introspect/changed-options.ts';
import type { Files } from '../../host/host.ts';
import type { CommandLineRecord } from '../../store/setup/cmd-line-file.ts';
import {
  loadCommandLine,
  type SetupState,
  type StoredOption,
  saveCommandLine,
} from '../../store/setup/setup-state.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseFile } from '../terminal/refuse.ts';
import { wantedOptions } from './wanted-options.ts';
import { readWrittenJson } from './written-json.ts';

/** Remembers options for the next setup, unless they are wrong. What is introspected has them at once. */
export function keepWantedOptions(
  session: Session,
  state: SetupState,
  record: CommandLineRecord,
): number {
  const { files } = session.host;
  // What was set before, and waits for the next setup, was told of then.
  const told = new Set<string>();
  const { options: waiting } = loadCommandLine(files, state.buildRoot);
  wantedOptions(files, state, { given: waiting, tell: { deprecated: (one) => told.add(one) } });
  const tell = {
    deprecated: (message: string) => {
      if (!session.json && !told.has(message)) session.terminal.print(`DEPRECATION: ${message}`);
    },
  };
  const wanted = wantedOptions(files, state, { given: record.options, tell });
  if (!wanted.ok) return refuse(session, wanted.error);
  const saved = saveCommandLine(files, state.buildRoot, record);
  if (!saved.ok) return refuseFile(session, saved.error);
  introspect(files, state.buildRoot, wanted.value);
  return exitCodes.ok;
}

function introspect(files: Files, buildRoot: string, options: readonly StoredOption[]): void {
  const path = `${buildRoot}/meson-info/intro-buildoptions.json`;
  const rows = readWrittenJson(files, path);
  // The next setup, which they lead to, writes anew what is damaged.
  if (!rows.ok || !Array.isArray(rows.value)) return;
  files.replace(path, `${jsonText(changedOptions(rows.value, options), 1)}\n`);
}
