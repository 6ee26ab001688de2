import { own } from '../../base/own.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { readBoolean, readInteger, readSettings } from './settings.ts';
import { defaultStyle, type FormatStyle } from './style.ts';

/** What a `meson.format` says. */
export interface StyleFile {
  readonly style: Partial<FormatStyle>;
  /** `.editorconfig` counts too. */
  readonly useEditorConfig: boolean;
}

/** The settings' names in the file, muon's among them. */
const names: Readonly<Record<string, keyof FormatStyle>> = Object.fromEntries(
  (Object.keys(defaultStyle) as (keyof FormatStyle)[]).map((key) => [
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    key,
  ]),
);

/** Reads a `meson.format`; `path` is for messages. */
export function readStyleFile(text: string, path: string): Result<StyleFile, string> {
  const settings = readSettings(text, /[=:]/);
  if (!settings.ok) {
    return err(`Unable to parse configuration file "${path}":\nline ${settings.line}`);
  }
  // Names of sections mean nothing; a file of its own needs none.
  const given = new Map([...settings.value.values()].flatMap((section) => [...section]));
  const unknown = [...given.keys()].filter(
    (key) => !Object.hasOwn(names, key) && key !== 'use_editor_config',
  );
  if (unknown.length > 0) {
    const list = unknown.sort().join(', ');
    return err(`Unknown config keys: "${list}" in configuration file "${path}"`);
  }
  const style: Record<string, unknown> = {};
  for (const [key, value] of given) {
    const name = own(names, key);
    if (name === undefined) continue;
    const read = readValue(value, typeof defaultStyle[name]);
    if (
      read === undefined ||
      (name === 'endOfLine' && !/^(cr|lf|crlf|native)$/.test(String(read)))
    ) {
      return err(`Error parsing "${path}", option "${key}", error: "not a valid value: ${value}"`);
    }
    style[name] = read;
  }
  const editorConfig = readBoolean(given.get('use_editor_config') ?? 'false');
  // Each value has the type of its default.
  return ok({ style, useEditorConfig: editorConfig === true });
}

function readValue(value: string, type: string): unknown {
  if (type === 'boolean') return readBoolean(value);
  if (type === 'number') return readInteger(value);
  return value.replace(/^"+|"+$/g, '').replace(/^'+|'+$/g, '');
}
