import { closeMatch } from '../../base/close-match.ts';
import { rustupFiles } from '../../host/tool-identity.ts';
import { whetherThere } from '../../model/file.ts';
import type { Machine, MachineChoice } from '../../model/machine.ts';
import type { OptionKey } from '../../model/option.ts';
import type { Language, Toolchain } from '../../model/toolchain.ts';
import { argumentOptions, baseOptions } from '../../toolchains/base-options.ts';
import { describeToolchain, detectToolchains } from '../../toolchains/detect/detect.ts';
import type { DetectFault } from '../../toolchains/detect/request.ts';
import { familyOf } from '../../toolchains/family.ts';
import { compilerHint } from '../../toolchains/install-hint.ts';
import {
  cLinkLanguages,
  languageSuffixes,
  linkedByC,
  linkedWhenCompiled,
} from '../../toolchains/languages.ts';
import type { Call } from '../call.ts';
import { chosenMachine } from '../machines/chosen-machine.ts';
import { detectMachine } from '../machines/detect-machine.ts';
import { triedWith } from '../machines/exe-wrapper.ts';
import { perEvaluation } from '../per-evaluation.ts';

/** The toolchains of each project, by machine: languages are a project's own. */
const projectToolchains = perEvaluation(() => new Map<string, Map<Language, Toolchain>>());

/** The compiler of a language in a project. */
export function toolchainOf(
  { evaluation, scope }: Pick<Call, 'evaluation' | 'scope'>,
  language: Language,
  machine: MachineChoice,
): Toolchain | undefined {
  return toolchainsOf({ evaluation, scope }, machine).get(language);
}

/** The compilers of a project, in the order they were added. */
export function toolchainsOf(
  { evaluation, scope }: Pick<Call, 'evaluation' | 'scope'>,
  machine: MachineChoice,
): Map<Language, Toolchain> {
  const all = projectToolchains(evaluation);
  const key = `${scope.subproject}\0${evaluation.cross ? machine : 'host'}`;
  const known = all.get(key) ?? new Map<Language, Toolchain>();
  all.set(key, known);
  return known;
}

/** Lower-case names of languages that exist; others are an error or, where not required, left out. */
export function validLanguages(
  call: Call,
  names: readonly string[],
  { required }: { readonly required: boolean },
): readonly Language[] {
  const valid: Language[] = [];
  for (const name of names.map((one) => one.toLowerCase())) {
    if (name in languageSuffixes) {
      valid.push(name);
      continue;
    }
    call.usesBroken(
      `Adding unknown language ${name}`,
      '1.11.0',
      'This language cannot be found. It could be: a typo, in which case it can be removed, or, this project might have its Meson version requirements set incorrectly.',
    );
    if (required)
      call.fail(
        `Attempted to add language "${name}", which is not known to this version of Meson.`,
        languageHint(name),
      );
  }
  return valid;
}

/** What somebody meant by a language that there is not. */
function languageHint(name: string): { readonly hint?: string } {
  if (['typescript', 'javascript', 'ts', 'js'].includes(name))
    return {
      hint: "TypeScript is no language of project(): the module 'typescript' bundles and checks it.",
    };
  const others: Readonly<Record<string, Language>> = { 'c++': 'cpp', 'c#': 'cs', rs: 'rust' };
  const meant = others[name] ?? closeMatch(name, Object.keys(languageSuffixes));
  return meant === undefined ? {} : { hint: `Did you mean "${meant}"?` };
}

/** Finds the compilers of languages and gives them to the project; whether all were found. */
export function addLanguages(
  call: Call,
  names: readonly Language[],
  {
    required,
    machine: asked,
    told,
    hidden = [],
  }: {
    readonly required: boolean;
    readonly machine: MachineChoice;
    /** The machine that a message names, where it is not the one whose compilers are looked for. */
    readonly told?: MachineChoice;
    /** Compilers that are needed, and yet none of the project's languages. */
    readonly hidden?: readonly Language[];
  },
): boolean {
  const { evaluation } = call;
  // Where build and host are one machine, its compilers are the same.
  const machine = chosenMachine(call, asked === 'build');
  const own = toolchainsOf(call, machine);
  const named = namedLanguages(call, names, own);
  const implied = [...hidden, ...impliedLanguages(call, { wanted: named, own, machine })];
  const wanted = [...named, ...implied].sort((a, b) => rank(a) - rank(b));
  const missing = wanted.filter((language) => !own.has(language));
  detectMissing(call, missing, machine);
  let success = true;
  for (const language of missing) {
    const found = detected(evaluation).get(`${machine}\0${language}`);
    if (found === undefined) continue;
    if (!('toolchain' in found)) {
      if (required) failWithout(call, language, found.fault);
      evaluation.log(
        `Compiler for language ${language} for the ${told ?? machine} machine not found.`,
      );
      success = false;
      continue;
    }
    take(call, found.toolchain, own);
  }
  // What is built for the build machine alone has its languages there.
  if (machine === 'host' || call.scope.forBuildMachine)
    nameLanguages(
      call,
      wanted.filter((language) => own.has(language) && !implied.includes(language)),
    );
  if (asked === 'build') {
    for (const language of names) {
      if (own.has(language)) evaluation.tables.buildLanguages.add(language);
    }
  }
  return success;
}

/** Each once, and C beside Vala, which is compiled to it. */
function namedLanguages(
  call: Call,
  names: readonly Language[],
  own: ReadonlyMap<Language, Toolchain>,
): readonly Language[] {
  const named = [...new Set(names)];
  if (named.includes('vala') && !own.has('c') && !named.includes('c')) {
    call.uses('Adding Vala language without C', '0.59.0');
    named.push('c');
  }
  if (named.includes('nasm')) call.uses('Adding NASM language', '0.64.0');
  return named;
}

/** Gives a compiler to the project, with its options; the machine is what it compiles for. */
function take(call: Call, toolchain: Toolchain, own: Map<Language, Toolchain>): void {
  addCompilerOptions(call, toolchain);
  for (const line of describeToolchain(toolchain)) call.evaluation.log(line);
  own.set(toolchain.language, toolchain);
  redetectMachines(call, toolchain);
}

/** The languages of the project that is being read; it may have been read for another machine before. */
function nameLanguages(
  { evaluation: { tables }, scope }: Call,
  languages: readonly Language[],
): void {
  const project = tables.projects.get(scope.project);
  const all = [...new Set([...project.languages, ...languages])];
  if (all.length > project.languages.length)
    tables.projects.replace(scope.project, { ...project, languages: all });
}

function failWithout(call: Call, language: Language, { kind, message, hint }: DetectFault): never {
  const install = kind === 'no-compiler' ? compilerHint(language) : undefined;
  const shown = hint ?? install;
  return call.fail(message, shown === undefined ? {} : { hint: shown });
}

/** Cython writes C or C++, so that compiler is added to the project, too. */
function impliedLanguages(
  call: Call,
  {
    wanted,
    own,
    machine,
  }: {
    readonly wanted: readonly Language[];
    readonly own: ReadonlyMap<Language, Toolchain>;
    readonly machine: MachineChoice;
  },
): readonly Language[] {
  if (!wanted.includes('cython')) return [];
  const written = call.evaluation.options.pendingValue(optionKey('cython_language', machine));
  const language = typeof written === 'string' ? written : 'c';
  if (own.has(language) || wanted.includes(language)) return [];
  call.uses(`Adding Cython language without ${language}`, '1.11');
  return [language];
}

/** A compiler's macros tell which processor its programs are for, where the system could run several. */
function redetectMachines({ evaluation }: Call, { facts, machine }: Toolchain): void {
  if (!evaluation.detectedMachines.includes(machine)) return;
  const known = detectMachine(evaluation.host.system, facts);
  if (known.cpu === evaluation.machines[machine].cpu) return;
  for (const which of evaluation.detectedMachines) evaluation.machines[which] = known;
}

/** A cross file may describe the very machine that kaon runs on. */
function isSame(a: Machine, b: Machine): boolean {
  return (['system', 'subsystem', 'kernel', 'cpuFamily', 'cpu', 'endian'] as const).every(
    (key) => a[key] === b[key],
  );
}

/** C comes before C++ and its kin, for files that either could compile; what C cannot be linked with comes last. */
function rank(language: Language): number {
  const at = cLinkLanguages.indexOf(language);
  return at === -1 ? 1 : -at;
}

type Detected = { readonly toolchain: Toolchain } | { readonly fault: DetectFault };

/** What was found of each language and machine in this build; looked for once. */
const detected = perEvaluation(() => new Map<string, Detected>());

function detectMissing(call: Call, languages: readonly Language[], machine: MachineChoice): void {
  const { evaluation } = call;
  const known = detected(evaluation);
  const wanted = languages.filter((language) => !known.has(`${machine}\0${language}`));
  const untried = skipsTrial(call);
  if (untried && wanted.length > 0 && known.size === 0)
    evaluation.log('Cross compiler sanity tests disabled via the cross file.');
  for (const language of wanted) {
    if (linkedByC.includes(language)) addArgumentOptions(call, 'c', machine);
    addArgumentOptions(call, language, machine);
  }
  const { binaries } = evaluation.configs[machine];
  const list = (name: string): readonly string[] => {
    const value = evaluation.options.find(optionKey(name, machine));
    return Array.isArray(value) ? value : [];
  };
  const results = detectToolchains(
    evaluation.host,
    wanted.map((language) => ({
      language,
      machine,
      machineInfo: evaluation.machines[machine],
      cross: machine === 'host' && !isSame(evaluation.machines.host, evaluation.machines.build),
      binary: (name) => binaries.get(name),
      compileArgs: list(`${language}_args`),
      linkArgs: list(`${language}_link_args`),
      sourceFolder: evaluation.sourceRoot,
      untried,
      onlyNamed: evaluation.input.onlyOptions === true,
      runner: triedWith(evaluation, machine),
    })),
  );
  if (wanted.includes('rust')) watchRustupFiles(call, results[wanted.indexOf('rust')]);
  for (const [at, language] of wanted.entries()) {
    const result = results[at];
    if (result === undefined) continue;
    if (result.ok) {
      watchWrapper(call, result.value);
      const byLanguage = evaluation.tables.toolchains.get(machine) ?? new Map();
      evaluation.tables.toolchains.set(machine, byLanguage.set(language, result.value));
    } else
      for (const { name } of argumentOptions(language))
        evaluation.options.dropSystemOption(optionKey(name, machine));
    known.set(
      `${machine}\0${language}`,
      result.ok ? { toolchain: result.value } : { fault: result.error },
    );
  }
}

/** `skip_sanity_check` of the host machine counts for all compilers. */
function skipsTrial(call: Call): boolean {
  const given = call.evaluation.configs.host.properties.get('skip_sanity_check') ?? false;
  return typeof given === 'boolean'
    ? given
    : call.fail('Option skip_sanity_check must be a boolean.');
}

/** Where ccache is removed, all that it was to run would fail. */
function watchWrapper({ evaluation }: Call, { wrapper: [program = ''] }: Toolchain): void {
  const path = whetherThere(program);
  if (program.startsWith('/')) evaluation.tables.buildFiles.set(path, { tree: 'source', path });
}

/** Another file there is another compiler; so is a new one beside the topmost build file, and the compiler itself. */
function watchRustupFiles(
  { evaluation: { host, sourceRoot, tables } }: Call,
  rustc: ReturnType<typeof detectToolchains>[number] | undefined,
): void {
  const compiler = rustc?.ok === true ? (rustc.value.facts['compiler'] ?? '') : '';
  if (compiler !== '') tables.buildFiles.set(compiler, { tree: 'source', path: compiler });
  for (const [at, path] of rustupFiles(sourceRoot).entries()) {
    const isThere = host.files.isFile(path);
    if (!isThere && at > 1) continue;
    const watched = isThere ? path : whetherThere(path);
    tables.buildFiles.set(watched, { tree: 'source', path: watched });
  }
}

/**
 * `c_args` and `c_link_args`. What the environment says counts where nobody else does; and its
 * arguments for the compiler are for the linker too, as autotools has it.
 */
function addArgumentOptions(call: Call, language: Language, machine: MachineChoice): void {
  const { options, configs } = call.evaluation;
  const given = configs[machine].environmentArgs.get(language) ?? { compile: [], link: [] };
  const key = optionKey(`${language}_args`, machine);
  const linkKey = optionKey(`${language}_link_args`, machine);
  const fromEnvironment = options.pendingValue(key) === undefined;
  for (const option of argumentOptions(language)) {
    const words = option.name === key.name ? given.compile : given.link;
    const declaration = { ...option, default: words };
    options.addSystemOption(optionKey(option.name, machine), declaration, call);
  }
  const link = options.find(linkKey);
  if (fromEnvironment && given.compile.length > 0 && !linkedWhenCompiled.includes(language))
    options.set(linkKey, [...(Array.isArray(link) ? link : []), ...given.compile], call);
}

function optionKey(name: string, machine: MachineChoice): OptionKey {
  return { name, subproject: undefined, machine };
}

/** The options that come with a compiler, with the values that were given for them before. */
function addCompilerOptions(call: Call, toolchain: Toolchain): void {
  const { options } = call.evaluation;
  const { machine } = toolchain;
  const family = familyOf(toolchain);
  const { subproject } = call.scope;
  const scopes = subproject === '' ? [undefined] : [undefined, subproject];
  for (const scope of scopes) {
    for (const option of family.options)
      options.addSystemOption(
        { ...optionKey(option.name, machine), subproject: scope },
        option,
        call,
      );
    for (const option of baseOptions)
      if (family.baseOptions.includes(option.name))
        options.addSystemOption(
          { ...optionKey(option.name, 'host'), subproject: scope },
          option,
          call,
        );
  }
}
