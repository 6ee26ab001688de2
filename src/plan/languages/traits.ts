import type { BuildTarget } from '../../model/target.ts';
import type { Language } from '../../model/toolchain.ts';
import type { PlanContext } from '../context.ts';
import type { External } from '../resolved-target.ts';
import { nativeLibraries } from './rust/native-libraries.ts';

/** What planning must know of a language before it plans anything. Most languages need no line here. */
export interface LanguageTraits {
  /** Its sources may not be joined to one (`unity`). */
  readonly neverUnity?: true;
  /** Its compiler takes a crate or program at once: sources are not compiled one by one. */
  readonly compilesWhole?: true;
  /** What a library of this language makes its users link. */
  readonly broughtAlong?: (context: PlanContext, target: BuildTarget) => readonly External[];
}

const none: LanguageTraits = {};

const traits: ReadonlyMap<Language, LanguageTraits> = new Map<Language, LanguageTraits>([
  ['d', { neverUnity: true }],
  ['fortran', { neverUnity: true }],
  ['rust', { neverUnity: true, compilesWhole: true, broughtAlong: nativeLibraries }],
  ['vala', { neverUnity: true }],
]);

export function traitsOf(language: Language): LanguageTraits {
  return traits.get(language) ?? none;
}
