import { didYouMean } from '../../base/close-match.ts';
import { bool, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, type Module, positional } from '../declare.ts';
import { modules } from '../modules/table.ts';
import { disabler } from '../objects/disabler.ts';
import { type ModuleObject, moduleType } from '../objects/module.ts';
import { perEvaluation } from '../per-evaluation.ts';
import type { ObjectValue } from '../value.ts';
import { readRequired, required } from './common-keywords.ts';

/** Modules that were imported, by subproject and name. */
const imported = perEvaluation(() => new Map<string, ObjectValue>());

export const importModule = builtin({
  name: 'import',
  doc: 'A module of further functions.',
  positional: [positional('name', str, 'Its name.')],
  keywords: {
    required: { ...required, since: '0.59.0' },
    disabler: keyword(bool, false, 'Gives a disabler when there is no such module.', {
      since: '0.59.0',
    }),
  },
  returns: 'module',
  run: (call, { positional: [name], keywords }) => {
    const { required: must, disabled } = readRequired(call, keywords.required);
    const missing = (): ObjectValue =>
      keywords.disabler ? disabler : moduleObject(name, undefined);
    if (disabled !== undefined) return missing();
    if (name.startsWith('_')) call.fail(`Module "${name}" does not exist`);
    const asUnstable = /^unstable[-_]/.test(name);
    if (name.startsWith('unstable_'))
      call.deprecated(
        `Importing unstable modules as "${name}" instead of "${name.replace('_', '-')}"`,
      );
    const real = asUnstable ? name.slice('unstable-'.length) : name;
    const key = `${call.scope.subproject}\0${real}`;
    const known = imported(call.evaluation).get(key);
    if (known !== undefined) return known;
    const module = modules.find((one) => one.name === real);
    if (module === undefined) {
      if (!must) return missing();
      const near = didYouMean(
        name,
        modules.map((one) => one.name),
      );
      return call.fail(
        `Module "${name}" does not exist.${near}`,
        near === '' ? { hint: '"kaon help modules" lists them.' } : {},
      );
    }
    const object = module.object?.(call) ?? moduleObject(real, module);
    if (!mayImport(call, module, { asUnstable, must })) return missing();
    imported(call.evaluation).set(key, object);
    return object;
  },
});

/** Tells of the module's age and standing; whether it may be imported under this name. */
function mayImport(
  call: Call,
  module: Module,
  { asUnstable, must }: { readonly asUnstable: boolean; readonly must: boolean },
): boolean {
  const name = module.title ?? module.name;
  if (module.since !== undefined) call.uses(`module ${name}`, module.since);
  if (module.deprecated !== undefined)
    call.usesDeprecated(`module ${name}`, module.deprecated.since, module.deprecated.instead);
  if (asUnstable && module.unstable !== true && module.stabilized === undefined)
    call.fail(`Module ${name} has never been unstable, remove "unstable-" prefix.`);
  if (module.stabilized !== undefined) {
    if (asUnstable)
      call.usesDeprecated(
        `module ${name} has been stabilized`,
        module.stabilized,
        'drop "unstable-" prefix from the module name',
      );
    else
      call.uses(
        `module ${name} as stable module`,
        module.stabilized,
        `Consider either adding "unstable-" to the module name, or updating the meson required version to ">= ${module.stabilized}"`,
      );
  } else if (module.unstable === true) {
    if (!asUnstable) {
      if (must)
        call.fail(
          `Module "${name}" has not been stabilized, and must be imported as unstable-${name}`,
        );
      return false;
    }
    call.warn(
      `Module ${name} has no backwards or forwards compatibility and might not exist in future releases.`,
    );
  }
  return true;
}

function moduleObject(name: string, module: Module | undefined): ModuleObject {
  return { type: moduleType, name, module };
}
