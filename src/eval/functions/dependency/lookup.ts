import { versionMatches } from '../../../base/version.ts';
import type { DependencyRequest } from '../../../deps/context.ts';
import type { FoundDependency } from '../../../deps/found.ts';
import { lookupDependency } from '../../../deps/lookup.ts';
import type { Dependency } from '../../../model/dependency.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import type { DependencyId } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { noteFound } from '../../found-dependencies.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';
import type { SubprojectObject } from '../../objects/subproject.ts';
import { GivenOptions } from '../../options/option-key.ts';
import { doSubproject } from '../../subprojects/do-subproject.ts';
import { subprojectKey, subprojectsOf } from '../../subprojects/known-subprojects.ts';
import { wrapModeOf } from '../../subprojects/wrap-mode.ts';
import { isA } from '../../value.ts';
import { dependencyContext } from './context.ts';
import { lookupHint, missingHint, quoted, unmetHint } from './hints.ts';
import { dependencyIdentity, dependencyOverrides } from './overrides.ts';
import { addFound, addNotFound } from './rows.ts';

/** A call of `dependency()`, its keywords read. */
export interface DependencyQuestion {
  readonly call: Call;
  readonly names: readonly string[];
  readonly machine: MachineChoice;
  readonly request: DependencyRequest;
  /** How the include folders are taken of one that is found on the machine. */
  readonly includeType?: Dependency['includeType'];
  readonly allowFallback: boolean | undefined;
  readonly fallback:
    | { readonly subproject: string; readonly variable: string | undefined }
    | undefined;
  readonly defaultOptions: GivenOptions;
  /** What is on the machine does not do. */
  readonly isForced?: true;
}

export interface DependencyAnswer {
  readonly dependency: DependencyObject;
  /** When it was found on the machine just now. */
  readonly found?: FoundDependency;
  /** The version that is there in place of those that would do. */
  readonly unmet?: string;
}

/**
 * Looks for a dependency in Meson's order: what was found or overridden before, a subproject that
 * is there already, the machine, and a subproject that can provide it.
 */
export function lookUp(question: DependencyQuestion): DependencyAnswer {
  const { names, request } = question;
  const plan = fallbackPlan(question);
  const candidates = candidatesOf(question, plan);
  if (candidates.length === 0 && request.required)
    question.call.fail('Dependency is required but has no candidates.');
  for (const [index, look] of candidates.entries()) {
    const last = index === candidates.length - 1;
    const answer = look(request.required && last ? 'fail' : 'go-on');
    if (answer !== undefined && rowOf(question, answer.dependency).kind !== 'not-found') {
      if (answer.found?.isOneOfSeveral !== true) rememberForAll(question, answer.dependency);
      return answer;
    }
    if (request.required && (answer !== undefined || last))
      question.call.fail(
        `Dependency '${displayName(question)}' is required but not found.`,
        answer?.unmet === undefined ? {} : { hint: unmetHint(answer.unmet, request.version) },
      );
    if (answer !== undefined) return answer;
  }
  return { dependency: addNotFound(question.call.evaluation, names[0] ?? '') };
}

/** What comes of it where one candidate has nothing: with the last, what is required is an error. */
type Absence = 'fail' | 'go-on';

type Candidate = (absence: Absence) => DependencyAnswer | undefined;

function candidatesOf(question: DependencyQuestion, plan: FallbackPlan): readonly Candidate[] {
  const { names } = question;
  const { fallback, forced } = plan;
  return [
    ...names.map((name) => () => {
      const answer = known(question, plan, name);
      if (answer !== undefined) checkVariable(question, plan, answer);
      return answer;
    }),
    ...(fallback === undefined ? [] : [() => fromExisting(question, plan)]),
    ...(forced && fallback !== undefined
      ? []
      : names.map((name) => (absence: Absence) => onMachine(question, name, absence))),
    ...(fallback === undefined ? [] : [(absence: Absence) => fromNew(question, plan, absence)]),
  ];
}

interface FallbackPlan {
  readonly fallback: DependencyQuestion['fallback'];
  /** The machine is not asked. */
  readonly forced: boolean;
  /** No subproject is read for it. */
  readonly forbidden: boolean;
}

function fallbackPlan(question: DependencyQuestion): FallbackPlan {
  const { call, names, request, allowFallback } = question;
  const { options, wraps } = call.evaluation;
  const shared = (name: string) => options.find({ name, subproject: undefined, machine: 'host' });
  const mode = wrapModeOf(call.evaluation);
  const list = shared('force_fallback_for');
  const forcedNames = Array.isArray(list) ? list : [];
  const isForced = (name: string | undefined): boolean =>
    name !== undefined && forcedNames.includes(name);
  let forced =
    question.isForced === true ||
    mode === 'forcefallback' ||
    names.some(isForced) ||
    isForced(question.fallback?.subproject);
  let { fallback } = question;
  if (fallback === undefined && allowFallback !== false) {
    const provided = names.find((name) => wraps.dependencies.has(name.toLowerCase()));
    const provider =
      provided === undefined ? undefined : wraps.dependencies.get(provided.toLowerCase());
    if (provider !== undefined) {
      forced ||= isForced(provider);
      // A dependency that may be missing brings in a subproject only when asked to.
      if (forced || allowFallback === true || request.required || isThere(question, provider))
        fallback = { subproject: provider, variable: wrapVariable(question, provider) };
    }
  }
  return { fallback, forced, forbidden: mode === 'nofallback' };
}

/** Whether a subproject was read already. */
function isThere({ call, machine }: DependencyQuestion, name: string): boolean {
  return subprojectsOf(call.evaluation).get(subprojectKey(name, machine))?.state.kind === 'found';
}

function rowOf({ call }: DependencyQuestion, { dependency }: DependencyObject): Dependency {
  return call.evaluation.tables.dependencies.get(dependency);
}

function displayName({ names, request }: DependencyQuestion): string {
  const name = names[0] ?? '(anonymous)';
  return request.modules.length === 0 ? name : `${name} (modules: ${request.modules.join(', ')})`;
}

function tellFound(
  question: DependencyQuestion,
  found: 'YES' | 'NO',
  { subproject, info = [] }: { readonly subproject?: string; readonly info?: readonly string[] },
): void {
  const from = subproject === undefined ? '' : ` from subproject ${subproject}`;
  const words = [found, ...info].join(' ');
  question.call.evaluation.log(
    `Dependency ${displayName(question)} for ${question.machine} machine${from} found: ${words}`,
  );
}

function meets(version: string, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  return version !== 'undefined' && wanted.every((one) => versionMatches(version, one));
}

/** What was found or overridden before. A not-found answer ends the search. */
function known(
  question: DependencyQuestion,
  plan: FallbackPlan,
  name: string,
): DependencyAnswer | undefined {
  const { call, machine, request } = question;
  const identity = dependencyIdentity(name, request);
  const override = dependencyOverrides(call.evaluation, machine).get(identity);
  if (override === undefined) return undefined;
  if (
    !override.explicit &&
    plan.forced &&
    plan.fallback !== undefined &&
    isExternal(question, override.dependency)
  )
    return undefined;
  const row = rowOf(question, override.dependency);
  const how = override.explicit ? '(overridden)' : '(cached)';
  if (row.kind === 'not-found') {
    tellFound(question, 'NO', { info: [how] });
    return { dependency: override.dependency };
  }
  if (!meets(row.version, request.version)) {
    tellFound(question, 'NO', {
      info: ['found', row.version, 'but need:', quoted(request.version), how],
    });
    const dependency = addNotFound(call.evaluation, question.names[0] ?? '');
    return { dependency, unmet: row.version };
  }
  tellFound(question, 'YES', { info: [...(row.version === '' ? [] : [row.version]), how] });
  return { dependency: override.dependency };
}

function isExternal(question: DependencyQuestion, dependency: DependencyObject): boolean {
  return rowOf(question, dependency).kind === 'external';
}

function onMachine(
  question: DependencyQuestion,
  name: string,
  absence: Absence,
): DependencyAnswer | undefined {
  const { call, machine } = question;
  const since = features.get(name);
  if (since !== undefined) call.uses(since[0], since[1]);
  const context = dependencyContext(call, machine);
  const required = absence === 'fail';
  const result = lookupDependency(context, name, { ...question.request, required });
  if (result.kind === 'found') {
    const { includeType = 'preserve', request } = question;
    const asked = { includeType, version: request.version };
    const dependency = addFound(call.evaluation, result.found, asked);
    noteFound(call.evaluation, machine, dependency);
    return { dependency, found: result.found };
  }
  if (required) {
    const hint = missingHint(call, name) ?? lookupHint(context, name, result.reason);
    call.fail(result.reason, hint === undefined ? {} : { hint });
  }
  return undefined;
}

/** Names that later versions of Meson know. */
const features: ReadonlyMap<string, readonly [feature: string, since: string]> = new Map(
  Object.entries({
    mpi: ['MPI Dependency', '0.42.0'],
    pcap: ['Pcap Dependency', '0.42.0'],
    vulkan: ['Vulkan Dependency', '0.42.0'],
    libwmf: ['LibWMF Dependency', '0.44.0'],
    openmp: ['OpenMP Dependency', '0.46.0'],
  }),
);

function fromExisting(
  question: DependencyQuestion,
  plan: FallbackPlan,
): DependencyAnswer | undefined {
  if (plan.fallback === undefined) return undefined;
  const key = subprojectKey(plan.fallback.subproject, question.machine);
  const subproject = subprojectsOf(question.call.evaluation).get(key);
  return subproject?.state.kind === 'found'
    ? fromSubproject(question, plan, subproject)
    : undefined;
}

function fromNew(
  question: DependencyQuestion,
  plan: FallbackPlan,
  absence: Absence,
): DependencyAnswer | undefined {
  const { call, request, defaultOptions } = question;
  const { evaluation } = call;
  if (plan.fallback === undefined) return undefined;
  const shown = displayName(question);
  if (plan.forbidden && !plan.forced) {
    evaluation.log(
      `Not looking for a fallback subproject for the dependency ${shown} because:\nUse of fallback dependencies is disabled.`,
    );
    return undefined;
  }
  evaluation.log(
    `Looking for a fallback subproject for the dependency ${shown}${plan.forced ? ' because:\nUse of fallback dependencies is forced.' : ''}`,
  );
  const options = new GivenOptions(defaultOptions);
  if (request.static !== undefined) {
    const library = request.static ? 'static' : 'shared';
    evaluation.log(`Building fallback subproject with default_library=${library}`);
    options.set({ name: 'default_library', subproject: undefined, machine: 'host' }, library);
  }
  const subproject = doSubproject(call, plan.fallback.subproject, {
    required: absence === 'fail',
    native: question.machine === 'build',
    version: [],
    defaultOptions: options,
  });
  if (subproject.state.kind === 'found') return fromSubproject(question, plan, subproject);
  tellFound(question, 'NO', {
    subproject: plan.fallback.subproject,
    info: ['(subproject failed to configure)'],
  });
  return undefined;
}

/** What a subproject that was read has for us: an override of a name, else a variable. */
function fromSubproject(
  question: DependencyQuestion,
  plan: FallbackPlan,
  subproject: SubprojectObject,
): DependencyAnswer {
  const { call, names, request } = question;
  const variable = plan.fallback?.variable ?? wrapVariable(question, subproject.name);
  for (const name of names) {
    const answer = known(question, plan, name);
    if (answer === undefined) continue;
    checkVariable(
      question,
      { ...plan, fallback: { subproject: subproject.name, variable } },
      answer,
    );
    return answer;
  }
  const missing = (info: readonly string[] = []): DependencyAnswer => {
    tellFound(question, 'NO', { subproject: subproject.subdir, info });
    return { dependency: addNotFound(call.evaluation, names[0] ?? '') };
  };
  if (variable === undefined) {
    call.unplaced.warn(
      `Subproject '${subproject.name}' did not override '${displayName(question)}' dependency and no variable name specified`,
    );
    return missing();
  }
  const value = variableOf(question, subproject, variable);
  if (value === undefined) return missing();
  const row = rowOf(question, value);
  if (row.kind === 'not-found') {
    tellFound(question, 'NO', { subproject: subproject.subdir });
    return { dependency: value };
  }
  if (!meets(row.version, request.version)) {
    const info = ['found', row.version, 'but need:', quoted(request.version)];
    return { ...missing(info), unmet: row.version };
  }
  tellFound(question, 'YES', { subproject: subproject.subdir, info: [row.version] });
  return { dependency: value };
}

/** A dependency that is a subproject's variable; tells when it is not. */
function variableOf(
  { call }: DependencyQuestion,
  { state, subdir }: SubprojectObject,
  variable: string,
): DependencyObject | undefined {
  const value = state.kind === 'found' ? state.scope.variables.get(variable) : undefined;
  if (value !== undefined && isA(value, dependencyType)) return value;
  const what = value === undefined ? 'not found' : 'not a dependency object';
  call.unplaced.warn(`Variable '${variable}' in the subproject '${subdir}' is ${what}`);
  return undefined;
}

/** A fallback that names another dependency than the one that is known is told: one of them is a mistake. */
function checkVariable(
  question: DependencyQuestion,
  { fallback }: FallbackPlan,
  { dependency }: DependencyAnswer,
): void {
  if (fallback?.variable === undefined) return;
  const { call, machine } = question;
  const key = subprojectKey(fallback.subproject, machine);
  const subproject = subprojectsOf(call.evaluation).get(key);
  if (subproject?.state.kind !== 'found') return;
  const value = variableOf(question, subproject, fallback.variable);
  if (value === undefined || rowOf(question, dependency).kind === 'not-found') return;
  if (originalOf(value) === originalOf(dependency)) return;
  call.unplaced.warn(
    `Inconsistency: Subproject has overridden the dependency with another variable than '${fallback.variable}'`,
  );
}

function originalOf({ dependency, original }: DependencyObject): DependencyId {
  return original ?? dependency;
}

/** The variable that a wrap's `[provide]` names for a dependency. */
function wrapVariable({ call, names }: DependencyQuestion, subproject: string): string | undefined {
  const { wraps } = call.evaluation;
  const provided = wraps.packages.get(subproject)?.wrap?.provides.dependencies;
  for (const name of names) {
    const variable = provided?.get(name.toLowerCase());
    if (variable !== undefined) return variable;
  }
  return undefined;
}

/** Later questions for any of the names get the same answer. */
function rememberForAll(question: DependencyQuestion, dependency: DependencyObject): void {
  const { call, names, machine, request } = question;
  const overrides = dependencyOverrides(call.evaluation, machine);
  for (const name of names) {
    const identity = dependencyIdentity(name, request);
    if (!overrides.has(identity))
      overrides.set(identity, { dependency, place: call.place, explicit: false });
  }
}
