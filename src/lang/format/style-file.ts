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

/** The settings' names in the file; muon has others for some. */
const names: Readonly<Record<string, keyof FormatStyle>> = {
  ...Object.fromEntries(
    (Object.keys(defaultStyle) as (keyof FormatStyle)[]).map((key) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      key,
    ]),
  ),
  max_line_len: 'maxLineLength',
  kwa_ml: 'kwargsForceMultiline',
};

/** With muon's `indent_style` and `indent_size` as one setting. */
function withIndent(given: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const { indent_style: style, indent_size: size = '4', ...others } = Object.fromEntries(given);
  if (style === undefined && !given.has('indent_size')) return given;
  const isKnown = /^(?:tab|space)$/.test(style ?? 'space') && /^\d{1,3}$/.test(size);
  // What is neither is told by its name.
  if (!isKnown || given.has('indent_by')) return given;
  const by = style === 'tab' ? '\t' : ' '.repeat(Number(size));
  return new Map([...Object.entries(others), ['indent_by', by]]);
}

/** Reads a `meson.format`; `path` is for messages. */
export function readStyleFile(text: string, path: string): Result<StyleFile, string> {
  const settings = readSettings(text, /[=:]/);
  if (!settings.ok) {
    return err(`Unable to parse configuration file "${path}":\nline ${settings.line}`);
  }
  // Names of sections mean nothing; a file of its own needs none.
  const given = withIndent(
    new Map([...settings.value.values()].flatMap((section) => [...section])),
  );
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
