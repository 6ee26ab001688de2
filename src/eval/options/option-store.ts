import { Bug } from '../../base/assert.ts';
import { nearest } from '../../base/nearest.ts';
import {
  buildtypes,
  builtinOptions,
  directoryOptions,
  machineOptions,
  prefixedDefaults,
} from '../../model/builtin-options.ts';
import type {
  OptionDeclaration,
  OptionKey,
  OptionRow,
  OptionValue,
  ReadonlyOptions,
} from '../../model/option.ts';
import { applyDeprecation, replacedByItself } from './deprecated-option.ts';
import { GivenOptions, type GivenValue, keyText, showOptionKey } from './option-key.ts';
import { isBaseOption, isBuiltinOption, isCompilerOption } from './option-kinds.ts';
import { relativeToPrefix, sanitizePrefix } from './prefix.ts';
import { validateOption } from './validate-option.ts';

/** Who is told what is wrong with options: the call that sets them. */
export interface OptionTeller {
  fail(message: string, more?: { readonly hint?: string }): never;
  warn(message: string): void;
  deprecated(message: string): void;
}

interface Row {
  declaration: OptionDeclaration;
  readonly key: OptionKey;
  value: OptionValue;
  /** Set for an option that asks the top project's option of its name. */
  parent: Row | undefined;
  yielding: boolean;
}

/** The options of a build, with Meson's rules of what overrides what. */
export class OptionStore implements ReadonlyOptions {
  readonly #rows = new Map<string, Row>();
  readonly #projectOptions = new Set<string>();
  /** Values of shared options in one subproject. */
  readonly #augments = new Map<string, { readonly key: OptionKey; value: OptionValue }>();
  /** Values given before their option exists: those of compilers. */
  readonly #pending = new GivenOptions();
  /** Given by the top project for subprojects that are not read yet. */
  readonly #pendingSubproject = new GivenOptions();
  readonly #subprojects = new Set<string>();
  /** Deprecated options while what replaces them is set. */
  readonly #replaced = new Set<string>();
  readonly #cross: boolean;

  constructor({ cross, libdir }: { readonly cross: boolean; readonly libdir: string }) {
    this.#cross = cross;
    for (const declaration of builtinOptions) {
      const { name } = declaration;
      const prefixed = prefixedDefaults[name]?.['/usr/local'];
      const value = name === 'libdir' ? libdir : (prefixed ?? declaration.default);
      const perMachine = machineOptions.some((option) => option.name === name);
      for (const machine of perMachine && cross
        ? (['host', 'build'] as const)
        : (['host'] as const))
        this.#add(
          { name, subproject: undefined, machine },
          { ...declaration, default: value },
          value,
        );
    }
  }

  get(key: OptionKey): OptionValue {
    const value = this.find(key);
    if (value === undefined) throw new Bug(`no option ${showOptionKey(key)}`);
    return value;
  }

  find(key: OptionKey): OptionValue | undefined {
    return this.lookUp(key)?.value;
  }

  /** The option that a project sees under a name, and its value there. */
  lookUp(
    given: OptionKey,
  ): { readonly declaration: OptionDeclaration; readonly value: OptionValue } | undefined {
    const key = this.#normal(given);
    const row = this.#resolve(key);
    if (row === undefined) return undefined;
    const augment = this.#augments.get(keyText(key));
    const value = augment?.value ?? (row.yielding ? (row.parent ?? row).value : row.value);
    return { declaration: row.declaration, value };
  }

  *all(): Iterable<OptionRow> {
    for (const { key, declaration, yielding, value } of this.#rows.values())
      yield { key, declaration, value: this.get(key), ...(yielding && { ownValue: value }) };
    for (const { key, value } of this.#augments.values()) {
      const row = this.#resolve(key);
      if (row !== undefined && row.key !== key) yield { key, declaration: row.declaration, value };
    }
  }

  isProjectOption(key: OptionKey): boolean {
    return this.#projectOptions.has(keyText(key));
  }

  /** Adds an option of a compiler or a base option, with the value that was given for it earlier. */
  addSystemOption(given: OptionKey, declaration: OptionDeclaration, tell: OptionTeller): void {
    const key = this.#normal(given);
    if (this.#rows.has(keyText(key))) return;
    const pending = this.#pending.get(key);
    this.#pending.delete(key);
    if (key.subproject) this.addSystemOption({ ...key, subproject: undefined }, declaration, tell);
    else this.#add({ ...key, subproject: undefined }, declaration, declaration.default);
    if (pending !== undefined) this.set(key, pending, tell);
  }

  /** Takes such an option away again, as nothing turned out to have it; what was given for it waits on. */
  dropSystemOption(given: OptionKey): void {
    const key = this.#normal(given);
    const row = this.#rows.get(keyText(key));
    if (row === undefined) return;
    this.#rows.delete(keyText(key));
    if (String(row.value) !== String(row.declaration.default)) this.#pending.set(key, row.value);
  }

  /** The value given for an option that may not exist yet. */
  pendingValue(given: OptionKey): GivenValue | undefined {
    const key = this.#normal(given);
    return this.#rows.get(keyText(key))?.value ?? this.#pending.get(key);
  }

  /** Adds the options of a project's option file. */
  addProjectOptions(subproject: string, declarations: readonly OptionDeclaration[]): void {
    for (const declaration of declarations) {
      const key: OptionKey = { name: declaration.name, subproject, machine: 'host' };
      const row = this.#add(key, declaration, declaration.default);
      this.#projectOptions.add(keyText(key));
      if (declaration.yielding && subproject !== '') {
        const parent = this.#rows.get(keyText({ ...key, subproject: '' }));
        if (parent?.declaration.type.kind === declaration.type.kind) row.parent = parent;
      }
      row.yielding = row.parent !== undefined;
    }
  }

  /** What the top `project()` call, machine files and the command line say, in their order of strength. */
  initializeTop(sources: OptionSources, tell: OptionTeller): void {
    const prefix =
      anyPrefix(sources.commandLine) ??
      sources.machineFiles.get(prefixKey) ??
      anyPrefix(sources.project);
    if (prefix !== undefined) this.#resetPrefix(String(prefix), tell);
    for (const [key, value] of sources.project) {
      if (key.name === 'prefix' || this.#ignored(key)) continue;
      if (key.subproject) this.#pendingSubproject.set(key, value);
      else this.setUser(key, value, tell);
    }
    for (const given of [sources.machineFiles, sources.commandLine])
      for (const [key, value] of given)
        if (key.name !== 'prefix' && !key.subproject && !this.#ignored(key))
          this.setUser(key, value, tell);
  }

  /** The same for a subproject; `call` is what `subproject()` or `dependency()` gave. */
  initializeSubproject(
    subproject: string,
    sources: OptionSources & { readonly call: GivenOptions },
    tell: OptionTeller,
  ): void {
    const options = new GivenOptions();
    for (const [key, value] of ownOptions(subproject, sources.project, tell))
      options.set(key, value);
    for (const given of [sources.machineFiles, sources.commandLine])
      for (const [key] of given)
        if (key.subproject === undefined && !this.isProjectOption({ ...key, subproject: '' }))
          options.delete({ ...key, subproject });
    for (const [key, value] of this.#pendingSubproject)
      if (key.subproject === subproject) options.set(key, value);
    for (const [key, value] of ownOptions(subproject, sources.call, tell)) options.set(key, value);
    for (const given of [sources.machineFiles, sources.commandLine])
      for (const [key, value] of given) if (key.subproject === subproject) options.set(key, value);
    for (const [key, value] of options) {
      if (key.subproject !== subproject) {
        if (this.#subprojects.has(key.subproject ?? '') && !this.#has(key, value)) {
          const shown = showOptionKey(key);
          tell.warn(
            `option ${shown} is set in subproject ${subproject} but has already been processed`,
          );
        } else this.#pendingSubproject.set(key, value);
        continue;
      }
      this.#pendingSubproject.delete(key);
      this.#pending.delete(key);
      if (!this.#augments.has(keyText(key))) this.setUser(key, value, tell);
    }
    this.#subprojects.add(subproject);
  }

  /** Sets an option that may be a shared one, a project's, or one that comes with a compiler later. */
  setUser(key: OptionKey, value: GivenValue, tell: OptionTeller): void {
    if (this.#ignored(key)) return;
    const shared = { ...key, subproject: undefined };
    if (
      this.#rows.has(keyText(key)) ||
      (key.subproject !== undefined && this.#rows.has(keyText(shared)))
    )
      this.set(key, value, tell);
    else if (
      isCompilerOption(key.name) ||
      key.name.startsWith('backend_') ||
      isBaseOption(key.name)
    )
      this.#pending.set(key, value);
    else if (key.subproject === undefined) this.set({ ...key, subproject: '' }, value, tell);
    else this.#unknown(showOptionKey(key), tell);
  }

  set(given: OptionKey, newValue: GivenValue, tell: OptionTeller): void {
    const key = this.#normal(given);
    const shown = showOptionKey(
      given.subproject === '' ? { ...given, subproject: undefined } : given,
    );
    let value: GivenValue = newValue;
    if (key.name === 'prefix') value = sanitizePrefix(String(value), tell);
    else if (isBuiltinOption(key.name))
      value = relativeToPrefix(String(this.get(prefixKey)), { name: key.name, value }, tell);
    const row = this.#resolve(key);
    if (row === undefined) this.#unknown(shown, tell);
    const { declaration } = row;
    const replaced = applyDeprecation(declaration, { shown, value }, tell);
    if (declaration.deprecated?.kind === 'renamed') {
      const text = keyText(key);
      if (this.#replaced.has(text)) tell.fail(replacedByItself(shown));
      this.#replaced.add(text);
      this.set({ ...key, name: declaration.deprecated.to }, value, tell);
      this.#replaced.delete(text);
    }
    const read = validateOption(declaration, replaced, (message) => tell.deprecated(message));
    if (!read.ok) tell.fail(read.error);
    // What both machines share is the host's to say: `build.warning_level` changes nothing.
    if (this.#cross && given.machine === 'build' && key.machine === 'host') return;
    const old = this.find(key);
    if (this.#rows.get(keyText(key)) === row) {
      row.value = read.value;
      row.yielding = false;
    } else this.#augments.set(keyText(key), { key, value: read.value });
    if (String(old) === String(read.value)) return;
    if (key.name === 'prefix') this.#followPrefix(String(old), String(read.value));
    if (key.name === 'buildtype') this.#setDependents(key, String(read.value), tell);
  }

  #unknown(name: string, tell: OptionTeller): never {
    const close = nearest(name, this.names());
    tell.fail(
      `Unknown option: "${name}".`,
      close === undefined ? {} : { hint: `Did you mean "${close}"?` },
    );
  }

  /** As projects and people write them. */
  names(): readonly string[] {
    return [...this.#rows.values()].map(({ key }) =>
      showOptionKey(key.subproject === '' ? { ...key, subproject: undefined } : key),
    );
  }

  #setDependents(key: OptionKey, buildtype: string, tell: OptionTeller): void {
    const dependents = buildtypes[buildtype];
    if (dependents === undefined) return;
    this.set({ ...key, name: 'debug' }, dependents.debug, tell);
    this.set({ ...key, name: 'optimization' }, dependents.optimization, tell);
  }

  /** A prefix that only a subproject has gives the directories of all that nobody set other defaults, as with Meson. */
  #followPrefix(before: string, prefix: string): void {
    for (const [name, table] of Object.entries(prefixedDefaults)) {
      const row = this.#rows.get(keyText({ ...prefixKey, name }));
      if (row === undefined) continue;
      const usual = (of: string): OptionValue => table[of] ?? plainDirectory(name);
      if (row.value === usual(before)) row.value = usual(prefix);
    }
  }

  #resetPrefix(given: string, tell: OptionTeller): void {
    const prefix = sanitizePrefix(given, tell);
    for (const [name, table] of Object.entries(prefixedDefaults)) {
      const row = this.#rows.get(keyText({ ...prefixKey, name }));
      if (row !== undefined) row.value = table[prefix] ?? plainDirectory(name);
    }
    const row = this.#rows.get(keyText(prefixKey));
    if (row !== undefined) row.value = prefix;
  }

  #has(key: OptionKey, value: GivenValue): boolean {
    const known = this.lookUp(key);
    if (known === undefined) return false;
    const read = validateOption(known.declaration, value);
    return read.ok && String(read.value) === String(known.value);
  }

  /** Options of the build machine mean nothing where it is the host machine too. */
  #ignored(key: OptionKey): boolean {
    return !this.#cross && key.machine === 'build';
  }

  #normal(key: OptionKey): OptionKey {
    const perMachine =
      isCompilerOption(key.name) || machineOptions.some((option) => option.name === key.name);
    return this.#cross && perMachine ? key : { ...key, machine: 'host' };
  }

  #resolve(key: OptionKey): Row | undefined {
    return (
      this.#rows.get(keyText(key)) ?? this.#rows.get(keyText({ ...key, subproject: undefined }))
    );
  }

  #add(key: OptionKey, declaration: OptionDeclaration, value: OptionValue): Row {
    const row: Row = { key, declaration, value, parent: undefined, yielding: false };
    this.#rows.set(keyText(key), row);
    return row;
  }
}

/** What a directory's option is under most prefixes. */
function plainDirectory(name: string): OptionValue {
  return directoryOptions.find((option) => option.name === name)?.default ?? '';
}

/** Where values of options come from, weakest first. */
export interface OptionSources {
  readonly project: GivenOptions;
  readonly machineFiles: GivenOptions;
  readonly commandLine: GivenOptions;
}

/** All builds share one prefix: whoever names it, for a machine or a subproject, sets that one, as with Meson. */
function anyPrefix(given: GivenOptions): GivenValue | undefined {
  return [...given].findLast(([{ name }]) => name === 'prefix')?.[1];
}

const prefixKey: OptionKey = { name: 'prefix', subproject: undefined, machine: 'host' };

/** Options that a subproject gives itself, or is given by who calls it: they need not name it. */
function* ownOptions(
  subproject: string,
  given: GivenOptions,
  tell: OptionTeller,
): Iterable<readonly [OptionKey, GivenValue]> {
  for (const [key, value] of given) {
    if (key.subproject === subproject) {
      const without = showOptionKey({ ...key, subproject: undefined });
      tell.fail(
        `subproject name not needed in default_options; use "${without}" instead of "${showOptionKey(key)}"`,
      );
    }
    yield [{ ...key, subproject: key.subproject ?? subproject }, value];
  }
}
