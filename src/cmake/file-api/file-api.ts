import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';
import type { ApiTarget, CodeModel } from './code-model.ts';
import { readTarget } from './file-api-target.ts';
import { fieldOf, itemsOf, type Json, numberOf, readJson, textField, textOf } from './json.ts';

const requests = [
  { kind: 'codemodel', version: { major: 2, minor: 0 } },
  { kind: 'cache', version: { major: 2, minor: 0 } },
  { kind: 'cmakeFiles', version: { major: 1, minor: 0 } },
];

/** Asks CMake for a reply: before it configures `buildDir`. */
export function requestReply(files: Files, buildDir: string): void {
  const folder = `${buildDir}/.cmake/api/v1/query/client-kaon`;
  files.makeDirectory(folder);
  files.write(`${folder}/query.json`, JSON.stringify({ requests }));
}

/** Reads what CMake replied after it configured `buildDir` (cmake-file-api(7)). */
export function readReply(files: Files, buildDir: string): Result<CodeModel, string> {
  const folder = `${buildDir}/.cmake/api/v1/reply`;
  const names = files.list(folder);
  if (!names.ok) return err('No response from the CMake file API');
  // The newest index has the last name; CMake may leave older ones.
  const index = names.value.filter((name) => /^index-.*\.json$/.test(name)).at(-1);
  if (index === undefined) return err('Failed to find the CMake file API index');
  const load = (name: string): Json => loadReply(files, folder, name);
  try {
    const objects = itemsOf(fieldOf(load(index), 'objects'));
    const objectOf = (kind: string): Json | undefined => {
      const object = objects.find((one) => textField(one, 'kind') === kind);
      return object === undefined ? undefined : load(textField(object, 'jsonFile'));
    };
    const model = objectOf('codemodel');
    if (model === undefined) return err('The CMake file API tells nothing of the code model');
    return ok(codeModel(model, { cache: objectOf('cache'), inputs: objectOf('cmakeFiles'), load }));
  } catch (error) {
    if (error instanceof BadReply) return err(error.message);
    throw error;
  }
}

class BadReply extends Error {}

/** A file of the reply, named by another one: a plain name, never a path. */
function loadReply(files: Files, folder: string, name: string): Json {
  const path = `${folder}/${name}`;
  if (name === '' || name.includes('/') || name.includes('\\'))
    throw new BadReply(`The CMake file API names a file that is none: "${name}"`);
  const text = files.readText(path);
  if (!text.ok) throw new BadReply(`File "${path}" does not exist`);
  const value = readJson(text.value);
  if (value === undefined) throw new BadReply(`File "${path}" is no JSON`);
  return value;
}

interface OtherObjects {
  readonly cache: Json | undefined;
  readonly inputs: Json | undefined;
  readonly load: (name: string) => Json;
}

function codeModel(model: Json, { cache, inputs, load }: OtherObjects): CodeModel {
  const paths = fieldOf(model, 'paths');
  const sourceDir = textField(paths, 'source');
  const buildDir = textField(paths, 'build');
  // One configuration: ours. Generators of many would list the others behind it.
  const [configuration] = itemsOf(fieldOf(model, 'configurations'));
  const projects = itemsOf(fieldOf(configuration, 'projects'));
  const references = itemsOf(fieldOf(configuration, 'targets'));
  const targets = projects
    .flatMap((project) => itemsOf(fieldOf(project, 'targetIndexes')))
    .flatMap((at): readonly ApiTarget[] => {
      const reference = references[numberOf(at) ?? -1];
      if (reference === undefined) return [];
      return [readTarget(load(textField(reference, 'jsonFile')), { sourceDir, buildDir })];
    });
  const directories = new Map<string, string>();
  for (const directory of itemsOf(fieldOf(configuration, 'directories'))) {
    const source = posix.resolve(sourceDir, textField(directory, 'source', '.'));
    if (!directories.has(source))
      directories.set(source, posix.resolve(buildDir, textField(directory, 'build', '.')));
  }
  return {
    sourceDir,
    buildDir,
    projectName: textField(projects[0], 'name'),
    projectVersion: cacheEntry(cache, 'CMAKE_PROJECT_VERSION'),
    targets,
    directories,
    inputs: ownInputs(inputs),
  };
}

function cacheEntry(cache: Json | undefined, name: string): string {
  const entry = itemsOf(fieldOf(cache, 'entries')).find((one) => textField(one, 'name') === name);
  return textField(entry, 'value');
}

function ownInputs(inputs: Json | undefined): readonly string[] {
  const root = textField(fieldOf(inputs, 'paths'), 'source');
  return itemsOf(fieldOf(inputs, 'inputs'))
    .filter((one) => fieldOf(one, 'isCMake') !== true && fieldOf(one, 'isGenerated') !== true)
    .flatMap((one) => textOf(fieldOf(one, 'path')) ?? [])
    .map((path) => posix.resolve(root, path));
}
