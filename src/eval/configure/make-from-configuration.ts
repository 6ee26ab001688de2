import { replaceDifferent } from '../../host/replace-different.ts';
import type { FileRef } from '../../model/file.ts';
import type { Call } from '../call.ts';
import { configurationOf, isScalar } from '../functions/configuration-data.ts';
import { reaches } from '../interpreter/version-range.ts';
import {
  type ConfigurationDataObject,
  configurationDataType,
} from '../objects/configuration-data.ts';
import { force, isA, type Value } from '../value.ts';
import { type ConfigureFormat, configureText } from './configure-text.ts';
import { dumpHeader, type HeaderEntry } from './dump-header.ts';
import { decodeText, encodeText } from './encoding.ts';

/** A file that `configure_file()` is making. */
export interface ConfigureTask {
  readonly call: Call;
  readonly given: {
    readonly format: string;
    readonly encoding: string;
    readonly output_format: string;
    readonly macro_name: string | undefined;
    readonly build_subdir: string;
  };
  readonly inputs: readonly FileRef[];
  /** Absolute. */
  readonly paths: readonly string[];
  readonly name: string;
  /** Where it is made. */
  readonly absolute: string;
}

/** Makes a file of a template and values, or of the values alone. */
export function makeFromConfiguration(
  task: ConfigureTask,
  configuration: ConfigurationDataObject | ReadonlyMap<string, Value>,
): void {
  const { call, given, paths, name } = task;
  const data = isA(configuration, configurationDataType)
    ? configuration
    : fromDictionary(call, configuration);
  const shown = given.build_subdir === '' ? name : `${given.build_subdir}/${name}`;
  call.evaluation.log(`Configuring ${shown} using configuration`);
  if (paths.length > 1) call.fail('At most one input file can given in configuration mode');
  const entries = entriesOf(call, data);
  if (paths.length === 1) fillTemplate(task, entries);
  else {
    // Checked by the keyword's declaration.
    const format = given.output_format as 'c' | 'json' | 'nasm';
    write(task, new TextEncoder().encode(dumpHeader(entries, format, given.macro_name)));
  }
  data.used = true;
}

function fromDictionary(call: Call, values: ReadonlyMap<string, Value>): ConfigurationDataObject {
  call.uses('configure_file.configuration dictionary', '0.49.0');
  return configurationOf(call, values);
}

/** The values, now that they are looked at. */
function entriesOf(call: Call, data: ConfigurationDataObject): readonly HeaderEntry[] {
  return [...data.entries].map(([name, { value, description }]) => {
    const known = force(value);
    return isScalar(known)
      ? { name, value: known, description }
      : call.fail(`Unknown data type in configuration file entry: ${name}`);
  });
}

function fillTemplate(task: ConfigureTask, entries: readonly HeaderEntry[]): void {
  const { call, given, paths, inputs, absolute } = task;
  const { files } = call.evaluation.host;
  const [path = ''] = paths;
  const bytes = files.readBytes(path);
  if (!bytes.ok) task.call.fail(`Could not read input file ${path}: ${bytes.error.reason}`);
  const text = decodeText(bytes.value, given.encoding);
  if (!text.ok) task.call.fail(`Could not read input file ${path}: ${text.error}`);
  const values = new Map(entries.map(({ name, value }) => [name, value]));
  // Checked by the keyword's declaration.
  const format = given.format as ConfigureFormat;
  const configured = configureText({ path, text: text.value, format }, values, call);
  const encoded = encodeText(configured.text, given.encoding);
  if (!encoded.ok) task.call.fail(`Could not write output file ${absolute}: ${encoded.error}`);
  write(task, encoded.value);
  const mode = files.stat(path)?.mode;
  if (mode !== undefined) files.setMode(absolute, mode & 0o7777);
  if (configured.missing.size > 0) {
    const list = [...configured.missing].sort().map((name) => `'${name}'`);
    call.warn(
      `The variable(s) ${list.join(', ')} in the input file '${inputs[0]?.path}' are not present in the given configuration data.`,
    );
  }
  const { target } = call.scope.mesonVersion;
  const knowsCopy = target.kind !== 'range' || reaches(target.range, '0.47');
  if (configured.useless && knowsCopy)
    call.warn(
      `Got an empty configuration_data() object and found no substitutions in the input file '${path.slice(path.lastIndexOf('/') + 1)}'. If you want to copy a file to the build dir, use the 'copy:' keyword argument added in 0.47.0`,
    );
}

function write({ call, absolute }: ConfigureTask, bytes: Uint8Array): void {
  const written = replaceDifferent(call.evaluation.host.files, absolute, bytes);
  if (!written.ok) call.fail(`Could not write output file ${absolute}: ${written.error.reason}`);
}
