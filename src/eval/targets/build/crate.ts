import type { BuildTargetType, RustKeywords } from '../../../model/target.ts';
import type { Call } from '../../call.ts';

/** The kinds of crate that a kind of target may be: by default, for C, and what else. */
const kinds: Readonly<
  Record<
    BuildTargetType,
    { readonly rust: string; readonly c: string; readonly more: readonly string[] }
  >
> = {
  executable: { rust: 'bin', c: 'bin', more: [] },
  'static-library': { rust: 'rlib', c: 'staticlib', more: [] },
  'shared-library': { rust: 'dylib', c: 'cdylib', more: ['proc-macro'] },
  'shared-module': { rust: 'dylib', c: 'cdylib', more: ['proc-macro'] },
  jar: { rust: '', c: '', more: [] },
};

/** The kind of crate a target would be, were it one (`rust_abi`, `rust_crate_type`). */
export function crateKind(
  call: Call,
  type: BuildTargetType,
  given: {
    readonly rust_abi?: string | undefined;
    readonly rust_crate_type: string | undefined;
  },
): string {
  const { rust_abi: abi, rust_crate_type: crateType } = given;
  const kind = kinds[type];
  if (type === 'executable') {
    if (crateType !== undefined && crateType !== 'bin')
      call.fail('Crate type for executable must be "bin"');
    return 'bin';
  }
  if (abi !== undefined) {
    if (crateType !== undefined) call.fail('rust_abi and rust_crate_type are mutually exclusive');
    return abi === 'rust' ? kind.rust : kind.c;
  }
  if (crateType === undefined || crateType === 'lib') return kind.rust;
  const valid = [kind.rust, kind.c, ...kind.more];
  if (!valid.includes(crateType)) {
    const choices = valid
      .toSorted()
      .map((choice) => `"${choice}"`)
      .join(', ');
    call.fail(
      `Crate type for ${type.replace('-', ' ')} must be one of ${choices}, but got "${crateType}"`,
    );
  }
  return crateType;
}

/** What only crates have, with what is usual for all that is not given. */
export function crateRow(
  given: Pick<RustKeywords, 'crateType' | 'dependencyMap'> & Partial<RustKeywords>,
): RustKeywords {
  return {
    root: undefined,
    test: false,
    doctest: false,
    ...given,
  };
}

/** Whether only its own compiler can link a crate. */
export function hasCrateAbi(rust: RustKeywords | undefined): boolean {
  return rust !== undefined && ['dylib', 'rlib', 'proc-macro'].includes(rust.crateType);
}
