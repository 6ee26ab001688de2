import { posix } from 'node:path';
import { isJsonObject, parseJsonObject } from '../../../base/parse-json.ts';
import { versionMatches } from '../../../base/version.ts';
import type { Call } from '../../call.ts';
import type { PythonFacts } from '../../objects/python.ts';

/** The schema of PEP 739 that we know. */
const known = '1.0';

/**
 * What is known of the Python to build for: what the file of `python.build_config` says (PEP 739)
 * comes before what the Python that runs tells of itself. Undefined where none can be built for.
 */
export function withBuildConfig(call: Call, facts: PythonFacts): PythonFacts | undefined {
  const { evaluation } = call;
  const option = { name: 'python.build_config', subproject: undefined, machine: 'host' } as const;
  const path = evaluation.options.find(option);
  if (typeof path !== 'string' || path === '') return facts;
  const file = posix.resolve(evaluation.host.system.workingDirectory, path);
  const config = read(call, file);
  checkSchema(call, config);
  if (isEmpty(config['libpython']) || isEmpty(config['c_api'])) return undefined;
  const text = (...keys: string[]): string => {
    const value = optional(config, keys);
    return value ?? call.fail(`python.build_config has no "${keys.join('.')}"`, { hint: file });
  };
  const prefix = posix.resolve(posix.dirname(file), text('base_prefix'));
  const within = (...keys: string[]): string | undefined => {
    const value = optional(config, keys);
    return value === undefined ? undefined : posix.resolve(prefix, value);
  };
  return {
    ...facts,
    version: text('language', 'version'),
    platform: text('platform'),
    suffix: text('abi', 'extension_suffix'),
    limitedApiSuffix: optional(config, ['abi', 'stable_abi_suffix']) ?? facts.limitedApiSuffix,
    linksLibrary: at(config, ['libpython', 'link_extensions']) === true,
    isPypy: text('implementation', 'name') === 'pypy',
    build: {
      headers: within('c_api', 'headers'),
      pkgConfig: within('c_api', 'pkgconfig_path'),
      library: within('libpython', 'dynamic'),
    },
  };
}

type Table = Readonly<Record<string, unknown>>;

function read(call: Call, file: string): Table {
  const { host, tables } = call.evaluation;
  const text = host.files.readText(file);
  if (!text.ok) call.fail(`Failed to read python.build_config: ${file}: ${text.error.reason}`);
  tables.buildFiles.set(file, { tree: 'source', path: file });
  return (
    parseJsonObject(text.value) ??
    call.fail(`Failed to read python.build_config: ${file} is no JSON object`)
  );
}

function checkSchema(call: Call, config: Table): void {
  const version = String(config['schema_version']);
  if (!versionMatches(version, '>=1.0'))
    call.fail(`Invalid schema_version in python.build_config: ${version}`);
  if (versionMatches(version, '>=2.0'))
    call.fail(
      `Unsupported schema_version '${version}' in python.build_config, but we only implement support for '${known}'`,
    );
  if (versionMatches(version, `>${known}`))
    call.evaluation.log(
      `python.build_config has schema_version '${version}', but we only implement support for '${known}', new functionality might be missing`,
    );
}

function optional(config: Table, keys: readonly string[]): string | undefined {
  const value = at(config, keys);
  return typeof value === 'string' ? value : undefined;
}

function at(config: Table, keys: readonly string[]): unknown {
  let value: unknown = config;
  for (const key of keys) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

function isEmpty(value: unknown): boolean {
  return !isJsonObject(value) || Object.keys(value).length === 0;
}
