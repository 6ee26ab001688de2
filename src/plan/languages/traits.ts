import type { BuildTarget } from '../../model/target.ts';
import type { Language } from '../../model/toolchain.ts';
import type { SourceFile } from '../compile/object-name.ts';
import type { PlanContext } from '../context.ts';
import type { External, ResolvedTarget } from '../resolved-target.ts';
import { debugFile } from './csharp/debug-file.ts';
import { writtenByCython } from './cython/written.ts';
import { nativeLibraries } from './rust/native-libraries.ts';
import { valaHeaders, writtenC } from './vala/files.ts';

/** What planning must know of a language before it plans anything. Most languages need no line here. */
export interface LanguageTraits {
  /** Its sources may not be joined to one (`unity`). */
  readonly neverUnity?: true;
  /** Compiling one of its sources reads others that it imports: those that are generated must be there. */
  readonly readsSources?: true;
  /** Its compiler takes a crate or program at once: sources are not compiled one by one. */
  readonly compilesWhole?: true;
  /** The source that its compiler writes in place of one: that is what is compiled. */
  readonly written?: (
    context: PlanContext,
    resolved: ResolvedTarget,
    source: SourceFile,
  ) => SourceFile | undefined;
  /** Headers that its compiler writes, for the target and its users. */
  readonly headers?: (target: BuildTarget) => readonly string[];
  /** What may be made beside a target for debuggers. */
  readonly debugFile?: (target: BuildTarget) => string | undefined;
  /** Libraries that it finds are for itself: other compilers do not know what they are called. */
  readonly ownLibraries?: true;
  /** What a library of this language makes its users link. */
  readonly broughtAlong?: (context: PlanContext, target: BuildTarget) => readonly External[];
}

const none: LanguageTraits = {};

const traits: ReadonlyMap<Language, LanguageTraits> = new Map<Language, LanguageTraits>([
  ['d', { neverUnity: true, readsSources: true }],
  ['fortran', { neverUnity: true }],
  ['rust', { neverUnity: true, compilesWhole: true, broughtAlong: nativeLibraries }],
  ['vala', { neverUnity: true, written: writtenC, headers: valaHeaders, ownLibraries: true }],
  ['cython', { neverUnity: true, written: writtenByCython }],
  ['java', { compilesWhole: true }],
  ['cs', { compilesWhole: true, debugFile }],
]);

/** What is peculiar to a language; nothing for most. */
export function traitsOf(language: Language): LanguageTraits {
  return traits.get(language) ?? none;
}
