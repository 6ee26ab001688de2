import { posix } from 'node:path';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { EvaluationError } from '../../eval/evaluation-error.ts';
import { applyDeprecation, replacedByItself } from '../../eval/options/deprecated-option.ts';
import { readOptionFile } from '../../eval/options/option-file.ts';
import type { GivenValue } from '../../eval/options/option-key.ts';
import { isBaseOption, isCompilerOption } from '../../eval/options/option-kinds.ts';
import { relativeToPrefix, sanitizePrefix } from '../../eval/options/prefix.ts';
import { quietCallAt } from '../../eval/options/quiet-call.ts';
import { validateOption } from '../../eval/options/validate-option.ts';
import type { Files } from '../../host/host.ts';
import { buildtypes } from '../../model/builtin-options.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import { parseCommandLine } from '../../store/setup/cmd-line-file.ts';
import { changedInput } from '../../store/setup/setup-inputs.ts';
import type { SetupState, StoredOption } from '../../store/setup/setup-state.ts';
import { readDeprecation, storedOption } from './options-of.ts';

interface Wanted {
  /** By name. */
  readonly given: ReadonlyMap<string, string>;
  readonly tell?: Teller;
}

/** Who hears of what will go. */
interface Teller {
  deprecated(message: string): void;
}

const silent: Teller = { deprecated: () => undefined };

/** An option as the command line has it. */
interface Setting {
  readonly name: string;
  readonly text: string;
  /** Deprecated options that it replaces. */
  readonly inPlaceOf?: readonly string[];
}

/**
 * The options of a configured build directory as the next setup will find them: option files may have
 * changed since, and `given` are those of the command line by then. An error is in Meson's words.
 */
export function wantedOptions(
  files: Files,
  state: SetupState,
  { given, tell = silent }: Wanted,
): Result<readonly StoredOption[], string> {
  const { options: before, crossFiles } = parseCommandLine(state.commandLine);
  const cross = crossFiles.length > 0;
  const options = new Map(withOptionFiles(files, state).map((option) => [option.name, option]));
  for (const [name, text] of given) {
    if (before.get(name) === text || (!cross && isOfBuildMachine(name))) continue;
    const known = ownName(options, name);
    if (!options.has(known)) {
      const taken = takenAhead(options, { name, text }, tell);
      if (!taken.ok) return taken;
      continue;
    }
    const set = setOption(options, { name: known, text }, tell);
    if (!set.ok) return set;
  }
  return ok([...options.values()]);
}

/** An option of the main project's own may be named with the colon that has nothing before it. */
function ownName(options: ReadonlyMap<string, StoredOption>, name: string): string {
  const own = name.replace(/^:/, '');
  return !options.has(name) && options.get(own)?.section === 'user' ? own : name;
}

/** Such options mean nothing where the build machine is also the host machine; the next setup tells which are unknown. */
function isOfBuildMachine(name: string): boolean {
  return /^([^:]*:)?build\./.test(name);
}

/** Sets an option that is known, and what hangs on it. */
function setOption(
  options: Map<string, StoredOption>,
  { name, text, inPlaceOf = [] }: Setting,
  tell: Teller,
): Result<undefined, string> {
  if (inPlaceOf.includes(name)) return err(replacedByItself(name));
  const option = options.get(name);
  if (option === undefined) return err(unknownOption(name, [...options.keys()]));
  const prefix = String(options.get('prefix')?.value ?? '/');
  const placed = inPrefix(prefix, option, text);
  if (!placed.ok) return placed;
  const deprecated = option.deprecated && readDeprecation(option.deprecated);
  if (deprecated?.kind === 'renamed') {
    const sibling = name.replace(/[^:]*$/, deprecated.to);
    const replaces = [...inPlaceOf, name];
    const renamed = setOption(options, { name: sibling, text, inPlaceOf: replaces }, tell);
    if (!renamed.ok) return renamed;
  }
  const value = applyDeprecation(
    { ...option, deprecated },
    { shown: name, value: placed.value },
    tell,
  );
  const own = name.slice(name.lastIndexOf(':') + 1);
  const valid = validateOption({ ...option, name: own }, value, (message) =>
    tell.deprecated(message),
  );
  if (!valid.ok) return valid;
  const changed = String(valid.value) !== String(option.value);
  if (changed && readOnly.has(name)) return err(`Tried to modify read only option "${name}"`);
  const { ownValue: _asked, ...rest } = option;
  options.set(name, { ...rest, value: valid.value });
  const dependents = name === 'buildtype' ? buildtypes[text] : undefined;
  for (const [dependent, its] of Object.entries(dependents ?? {})) {
    const other = options.get(dependent);
    if (other !== undefined) options.set(dependent, { ...other, value: its });
  }
  return ok(undefined);
}

/** A directory as its option holds it. */
function inPrefix(
  prefix: string,
  { name, section }: StoredOption,
  text: string,
): Result<GivenValue, string> {
  if (section !== 'core' && section !== 'directory') return ok(text);
  const tell = {
    fail(message: string): never {
      throw new RefusedDirectory(message);
    },
  };
  try {
    if (name === 'prefix') return ok(sanitizePrefix(text, tell));
    return ok(relativeToPrefix(prefix, { name, value: text }, tell));
  } catch (error) {
    if (error instanceof RefusedDirectory) return err(error.message);
    throw error;
  }
}

class RefusedDirectory extends Error {}

const readOnly: ReadonlySet<string> = new Set(['backend', 'vsenv']);

/**
 * What is not there yet: for a subproject or for the build machine, what all have, and what is of a
 * compiler that is not asked for so far.
 */
function takenAhead(
  options: ReadonlyMap<string, StoredOption>,
  { name, text }: Setting,
  tell: Teller,
): Result<undefined, string> {
  const own = name.slice(name.indexOf(':') + 1);
  const plain = own.replace(/^build\./, '');
  const common = [own, plain].find((each) => (options.get(each)?.section ?? 'user') !== 'user');
  if (common !== undefined) return setOption(new Map(options), { name: common, text }, tell);
  if (isCompilerOption(plain) || isBaseOption(plain)) return ok(undefined);
  return err(unknownOption(name, [...options.keys()]));
}

/** Meson quotes what is set, but not what is to be unset. */
export function unknownUnset(name: string, all: readonly string[]): string {
  return `Unknown option: ${name}${hint(name, all)}`;
}

function unknownOption(name: string, all: readonly string[]): string {
  return `Unknown option: "${name}".${hint(name, all)}`;
}

function hint(name: string, all: readonly string[]): string {
  const close = nearest(name, all);
  return close === undefined ? '' : ` (did you mean "${close}"?)`;
}

const optionFiles = ['meson.options', 'meson_options.txt'];

/** The options, with those that option files declare by now. */
function withOptionFiles(files: Files, state: SetupState): readonly StoredOption[] {
  let options = state.options;
  for (const folder of projectFolders(state)) {
    const name = optionFiles.find((each) => files.isFile(`${folder}/${each}`));
    const path = name === undefined ? undefined : `${folder}/${name}`;
    const known = state.inputs.find((input) => input.path === path);
    const gone = state.inputs.some(
      (input) =>
        isOptionFileOf(folder, input.path) && input.path !== path && input.hash !== undefined,
    );
    if (known !== undefined && !gone && changedInput(files, [known]) === undefined) continue;
    if (path === undefined && !gone) continue;
    const declared = path === undefined ? [] : declaredIn(files, path);
    if (declared !== undefined)
      options = replaced(options, prefixOf(state.sourceRoot, folder), declared);
  }
  return options;
}

/** Where the projects of a build lie. */
function projectFolders({ sourceRoot, inputs }: SetupState): ReadonlySet<string> {
  const folders = inputs.flatMap(({ path }) => {
    const folder = posix.dirname(path);
    const isSubproject = /^[^/]+\/[^/]+$/.test(posix.relative(sourceRoot, folder));
    return isOptionFileOf(folder, path) || (isSubproject && path.endsWith('/meson.build'))
      ? [folder]
      : [];
  });
  return new Set([sourceRoot, ...folders]);
}

function isOptionFileOf(folder: string, path: string): boolean {
  return optionFiles.some((name) => path === `${folder}/${name}`);
}

function prefixOf(sourceRoot: string, folder: string): string {
  return folder === sourceRoot ? '' : `${posix.basename(folder)}:`;
}

/** Names of the options that a project's option file declares; undefined where it is wrong. */
export function declaredOptions(files: Files, folder: string): ReadonlySet<string> | undefined {
  const name = optionFiles.find((each) => files.isFile(`${folder}/${each}`));
  const declared = name === undefined ? [] : declaredIn(files, `${folder}/${name}`);
  return declared && new Set(declared.map((option) => option.name));
}

/** Undefined where the file is wrong: the next setup tells of it. */
function declaredIn(files: Files, path: string): readonly OptionDeclaration[] | undefined {
  const text = files.readText(path);
  if (!text.ok) return undefined;
  try {
    return readOptionFile({ path, text: text.value }, quietCallAt);
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

/** One project's own options taken for others; what is still there keeps its value where it can. */
function replaced(
  options: readonly StoredOption[],
  prefix: string,
  declared: readonly OptionDeclaration[],
): readonly StoredOption[] {
  const isOwn = ({ name, section }: StoredOption): boolean =>
    section === 'user' && (prefix === '' ? !name.includes(':') : name.startsWith(prefix));
  const old = new Map(options.filter(isOwn).map((option) => [option.name, option.value]));
  const own = declared.map((declaration) => {
    const name = `${prefix}${declaration.name}`;
    const kept = old.get(name);
    const value = kept === undefined ? undefined : validateOption(declaration, kept);
    return storedOption(name, declaration, value?.ok ? value.value : declaration.default);
  });
  return [...options.filter((option) => !isOwn(option)), ...own];
}
