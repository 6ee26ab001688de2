import type { Call } from '../../call.ts';
import { madeFiles, type PcValue, type PkgConfigContents } from './contents.ts';

/** Names of the .pc files that are required, by what a build file says of them. */
export function requirements(
  call: Call,
  contents: PkgConfigContents,
  values: readonly PcValue[],
): readonly string[] {
  return values.flatMap((value) =>
    typeof value === 'string' ? named(call, contents, value) : fromObject(call, contents, value),
  );
}

/** `foo >= 1.2`: a name, and a requirement of its version. */
function named(call: Call, contents: PkgConfigContents, text: string): readonly string[] {
  const stripped = text.trim();
  if (stripped === '') {
    call.warn(
      'Required dependency was found to be an empty string. Did you mean to pass an empty array?',
    );
    return [];
  }
  const operator = ['>=', '<=', '!=', '==', '=', '>', '<'].find((one) => stripped.includes(one));
  if (operator === undefined) return [contents.require(stripped, [])];
  const at = stripped.indexOf(operator);
  const name = stripped.slice(0, at).trim();
  if (name === '')
    call.fail(`required versioned dependency "${text}" is missing the dependency's name.`);
  return [contents.require(name, [stripped.slice(at).trim()])];
}

function fromObject(
  call: Call,
  contents: PkgConfigContents,
  value: Exclude<PcValue, string>,
): readonly string[] {
  const { evaluation } = call;
  const made = madeFiles(evaluation);
  call.uses('pkgconfig.generate requirement from non-string object', '0.46.0');
  if (value.kind === 'library') {
    const file = made.get(value.item.target);
    return file === undefined ? refuse(call) : [file.filebase];
  }
  const row = evaluation.tables.dependencies.get(value.dependency);
  if (row.kind === 'not-found') return [];
  if (row.type === 'pkgconfig') return [contents.require(row.name, row.versionRequirements ?? [])];
  if (row.kind !== 'internal') return row.name === 'threads' ? [] : refuse(call);
  const halves = contents.halves(row.linkWith);
  const files = halves.map(({ target }) => made.get(target));
  if (files.includes(undefined)) return refuse(call);
  call.uses('pkgconfig.generate requirement from internal dependency', '1.9.0');
  return files.flatMap((file) => (file === undefined ? [] : [file.filebase]));
}

function refuse(call: Call): never {
  return call.fail(
    'requires argument not a string, library with pkgconfig-generated file, pkgconfig-dependency object, or internal-dependency object with pkgconfig-generated file',
  );
}
