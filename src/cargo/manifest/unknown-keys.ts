import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Manifest } from './manifest.ts';
import { placeOfKey } from './toml.ts';

/** Tells of keys of `[package]` that Cargo may know and we do not: the crate may need what they ask for. */
export function unknownKeyWarnings({ package: fields, source }: Manifest): readonly Diagnostic[] {
  const keys = [...fields.unknownKeys].sort();
  const [first] = keys;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      message: `Package entry ${fields.name} has unexpected keys "${keys.join(', ')}". This may (unlikely) be an error in the cargo manifest, or may be a missing implementation in Meson. If this issue can be reproduced with the latest version of Meson, please help us by opening an issue at https://github.com/mesonbuild/meson/issues. Please include the crate and version that is generating this warning if possible.`,
      hints: [],
      related: [{ place: placeOfKey(source, first), message: 'the first of them' }],
    },
  ];
}
