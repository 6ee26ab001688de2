import { parseJsonObject } from '../../base/parse-json.ts';
import { str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, type Module, positional } from '../declare.ts';
import { dependencyContext } from '../functions/dependency/context.ts';
import { dependencyType } from '../objects/dependency.ts';
import { joinPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { findProgram } from '../programs/find-program.ts';
import { force, isA, isDictionary, isInteger, isList, type Value } from '../value.ts';

/** What a `dub.json` can hold. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const generateDubFile = builtin({
  name: 'generate_dub_file',
  label: 'dlang.generate_dub_file',
  doc: 'Writes `dub.json`, or brings it up to date, while the project is set up.',
  positional: [
    positional('name', str, 'Name of the package.'),
    positional('folder', str, 'Where the file lies.'),
  ],
  // Any entry of the file is a keyword.
  anyKeywords: true,
  returns: 'void',
  run: (call, { positional: [name, folder], keywords }) => {
    const dub = dubOf(call) ?? call.fail('DUB not found.');
    const { files, system } = call.evaluation.host;
    const path = joinPath(joinPath(system.workingDirectory, folder), 'dub.json');
    const config: Record<string, Json> = written(call, path) ?? { name };
    // The declaration lets all keywords through, as they were given.
    const given = keywords as Readonly<Record<string, Value>>;
    for (const key of ['description', 'license'])
      if (!(key in given) && !(key in config))
        call.unplaced.warn(`Without ${key} the DUB package can't be published`);
    for (const [key, value] of Object.entries(given))
      config[key] = key === 'dependencies' ? packages(call, dub, value) : jsonOf(call, value);
    const done = files.write(path, JSON.stringify(config, null, 4));
    if (!done.ok) call.fail(`Could not write ${path}: ${done.error.reason}`);
    return undefined;
  },
});

/** What the file says already. */
function written(call: Call, path: string): Record<string, Json> | undefined {
  const text = call.evaluation.host.files.readText(path);
  if (!text.ok) return undefined;
  const read = parseJsonObject(text.value);
  if (read === undefined) call.unplaced.warn('Failed to load the data in dub.json');
  return read as Record<string, Json> | undefined; // any object is one
}

/** Dependencies that DUB knows, with their versions. */
function packages(call: Call, dub: readonly string[], value: Value): Json {
  const { tables } = call.evaluation;
  const known = force(value);
  const result: Record<string, Json> = {};
  for (const one of isList(known) ? known.map(force) : [known]) {
    if (!isA(one, dependencyType)) continue;
    const { name, version } = tables.dependencies.get(one.dependency);
    if (runDub(call, dub, ['describe', name]) !== undefined) result[name] = version;
  }
  return result;
}

function jsonOf(call: Call, value: Value): Json {
  const known = force(value);
  if (typeof known === 'string' || typeof known === 'boolean') return known;
  if (isInteger(known)) return Number(known);
  if (isList(known)) return known.map((one) => jsonOf(call, one));
  if (isDictionary(known))
    return Object.fromEntries([...known].map(([key, one]) => [key, jsonOf(call, one)]));
  return call.fail(
    'keyword arguments must be strings, numbers, booleans, arrays, or dictionaries of such',
  );
}

const found = perEvaluation((): { command?: readonly string[] | 'none' } => ({}));

/** DUB, looked for once. */
function dubOf(call: Call): readonly string[] | undefined {
  const state = found(call.evaluation);
  state.command ??= searchDub(call) ?? 'none';
  return state.command === 'none' ? undefined : state.command;
}

function searchDub(call: Call): readonly string[] | undefined {
  // A dependency may have asked for it.
  const known = dependencyContext(call, 'host').memory.tools.get('dub');
  if (known !== undefined) return known.command;
  const { found: dub } = findProgram(call, {
    names: ['dub'],
    machine: 'host',
    required: true,
    silent: true,
  });
  if (dub.kind !== 'command') return undefined;
  const version = runDub(call, dub.command, ['--version']);
  if (version === undefined) {
    call.unplaced.warn(`Found dub '${dub.command.join(' ')}' but couldn't run it`);
    call.evaluation.log('Found DUB: NO');
    return undefined;
  }
  call.evaluation.log(`Found DUB: YES : ${dub.path} (${version.trim()})`);
  return dub.command;
}

/** What it prints, or undefined where it fails. */
function runDub(
  { evaluation }: Call,
  command: readonly string[],
  words: readonly string[],
): string | undefined {
  const { processes, system } = evaluation.host;
  const { ended, stdout } = processes.run({
    argv: [...command, ...words],
    workingDirectory: system.workingDirectory,
    environment: system.environment,
  });
  return ended.kind === 'exited' && ended.code === 0 ? stdout : undefined;
}

/** Meson's module `dlang`. */
export const dlangModule: Module = {
  name: 'dlang',
  doc: "D's package manager.",
  since: '0.48.0',
  functions: [generateDubFile],
};
