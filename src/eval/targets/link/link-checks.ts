import type { MachineChoice } from '../../../model/machine.ts';
import type {
  BuildTarget,
  BuildTargetType,
  LinkItem,
  RustKeywords,
} from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { hasCrateAbi } from '../build/crate.ts';
import { type Gathered, gathered } from '../build/gathered.ts';
import { optionOf } from '../options.ts';

/** What checks of linking look at. */
interface Linker {
  readonly type: BuildTargetType;
  readonly name: string;
  readonly machine: MachineChoice;
  readonly rust: RustKeywords | undefined;
  readonly install: boolean;
}

type Links = Pick<Gathered, 'linkWith' | 'linkWhole'>;

/** Ends evaluation when a target cannot link what it asks for. */
export function checkLinks(
  call: Call,
  user: Linker,
  { brought, own }: { readonly brought: Links; readonly own: Links },
): void {
  for (const item of [...own.linkWith, ...brought.linkWith]) {
    const library = chosenLibrary(call, item, { type: user.type });
    checkMachine(call, user, library);
    checkPosition(call, user, library);
    if (user.type === 'static-library' && user.install && isInternal(library))
      checkPromoted(call, user, library);
  }
  for (const item of [...own.linkWhole, ...brought.linkWhole]) {
    const library = chosenLibrary(call, item, { type: 'static-library', wanted: 'static' });
    checkMachine(call, user, library);
    checkPosition(call, user, library);
    if (user.type === 'static-library') checkBundled(call, user, { library, why: 'asked for' });
  }
}

/** The library an item stands for: of `both_libraries` the half that the option prefers. */
function chosenLibrary(
  call: Call,
  item: LinkItem,
  { type, wanted }: { readonly type: BuildTargetType; readonly wanted?: 'static' },
): ReturnType<Call['evaluation']['tables']['targets']['get']> {
  const { tables } = call.evaluation;
  const row = tables.targets.get(item.target);
  if (row.kind !== 'build' || row.twin === undefined) return row;
  if (item.kind === 'target' && item.exact === true) return row;
  const option = wanted ?? optionOf(call, 'default_both_libraries') ?? 'shared';
  const kind =
    option !== 'auto'
      ? `${String(option)}-library`
      : type === 'static-library' || type === 'shared-library'
        ? type
        : row.type;
  return row.type === kind ? row : tables.targets.get(row.twin);
}

type Linked = ReturnType<typeof chosenLibrary>;

function checkMachine(call: Call, user: Linker, library: Linked): void {
  if (library.kind !== 'build') return;
  const crate = hasCrateAbi(library.rust);
  if (user.rust === undefined && crate) {
    call.fail(
      `Try to link Rust ABI library '${library.name}' with a non-Rust target '${user.name}'`,
    );
  }
  if (user.machine === library.machine || (crate && library.rust?.crateType === 'proc-macro'))
    return;
  const what = `Tried to mix a ${library.machine} machine library ("${library.name}") with a ${user.machine} machine target "${user.name}"`;
  if (call.evaluation.cross) call.fail(`${what} This is not possible in a cross build.`);
  call.warn(`${what} This will fail in cross build.`);
}

function checkPosition(call: Call, user: Linker, library: Linked): void {
  if (user.type !== 'shared-library' && user.type !== 'shared-module') return;
  if (library.kind !== 'build' || library.type !== 'static-library' || library.pic) return;
  call.fail(
    `Can't link non-PIC static library '${library.name}' into shared library '${user.name}'. Use the 'pic' option to static_library to build with PIC.`,
  );
}

/** What is taken in, as it is not installed, brings along what it links in turn. */
function checkPromoted(call: Call, user: Linker, library: Linked): void {
  const seen = new Set<Linked>();
  const waiting = [library];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    checkBundled(call, user, { library: one, why: 'promoted' });
    if (one.kind !== 'build') continue;
    const linked = one.linkWith.map((item) =>
      chosenLibrary(call, item, { type: 'static-library' }),
    );
    waiting.push(...linked.filter(isInternal));
  }
}

/** A static library takes in objects of others: only where kaon knows the objects. */
function checkBundled(
  call: Call,
  user: Linker,
  { library, why }: { readonly library: Linked; readonly why: 'promoted' | 'asked for' },
): void {
  if (user.rust !== undefined) return;
  if (library.kind === 'build' && library.rust === undefined) return;
  const [mine, other] = [`'${user.name}'`, `'${library.name}'`];
  const promoted = ` Meson had to promote link to link_whole because ${mine} is installed but not ${other}, and thus has to include objects from ${other} to be usable.`;
  call.fail(
    `Cannot link_whole a custom or Rust target ${other} into a static library ${mine}. Instead, pass individual object files with the "objects:" keyword argument if possible.${why === 'promoted' ? promoted : ''}`,
  );
}

function isInternal(library: Linked): boolean {
  if (library.kind === 'build')
    return library.type === 'static-library' && library.install === undefined;
  return (
    library.kind === 'custom' &&
    library.install === undefined &&
    library.outputs.length === 1 &&
    /\.(a|lib)$/.test(library.outputs[0] ?? '')
  );
}

/** A module that is linked after all needs a name that the loader can find it by. */
export function keepModuleNames(call: Call, user: BuildTarget): void {
  const { targets } = call.evaluation.tables;
  const brought = gathered(call.evaluation.tables, user.dependencies).linkWith;
  for (const { target } of [...user.linkWith, ...brought]) {
    const module = targets.get(target);
    if (module.kind !== 'build' || module.type !== 'shared-module') continue;
    if (module.soname !== undefined) continue;
    call.deprecated(
      [
        `target ${user.name} links against shared module ${module.name}, which is incorrect.`,
        `This will be an error in meson 2.0, so please use shared_library() for ${module.name} instead.`,
        `If shared_module() was used for ${module.name} because it has references to undefined symbols,`,
        "use shared_library() with `override_options: ['b_lundef=false']` instead.",
      ].join('\n             '),
    );
    targets.replace(target, { ...module, soname: module.filename });
  }
}
