/** Warnings by the version of gcc that first knew them, without their `-W`. */
export type VersionedWarnings = readonly (readonly [since: string, names: string])[];

/** What `warning_level=everything` means to gcc in every language of the C family. */
export const commonWarnings: VersionedWarnings = [
  [
    '0.0.0',
    'cast-qual conversion float-equal format=2 inline missing-declarations redundant-decls shadow undef uninitialized write-strings',
  ],
  ['3.0.0', 'disabled-optimization packed padded'],
  ['3.3.0', 'multichar switch-default switch-enum unused-macros'],
  ['4.0.0', 'missing-include-dirs'],
  ['4.1.0', 'unsafe-loop-optimizations stack-protector'],
  ['4.2.0', 'strict-overflow=5'],
  ['4.3.0', 'array-bounds=2 logical-op strict-aliasing=3 vla'],
  [
    '4.6.0',
    'double-promotion suggest-attribute=const suggest-attribute=noreturn suggest-attribute=pure trampolines',
  ],
  ['4.7.0', 'vector-operation-performance'],
  ['4.8.0', 'suggest-attribute=format'],
  ['4.9.0', 'date-time'],
  ['5.1.0', 'format-signedness normalized=nfc'],
  [
    '6.1.0',
    'duplicated-cond null-dereference shift-negative-value shift-overflow=2 unused-const-variable=2',
  ],
  ['7.1.0', 'alloca alloc-zero format-overflow=2 format-truncation=2 stringop-overflow=3'],
  ['7.2.0', 'duplicated-branches'],
  ['8.1.0', 'cast-align=strict suggest-attribute=cold suggest-attribute=malloc'],
  ['9.1.0', 'attribute-alias=2'],
  ['10.1.0', 'analyzer-too-complex arith-conversion'],
  ['12.1.0', 'bidi-chars=ucn openacc-parallelism trivial-auto-var-init'],
];

/** Beside them in C. */
export const cWarnings: VersionedWarnings = [
  ['0.0.0', 'bad-function-cast missing-prototypes nested-externs strict-prototypes'],
  ['3.4.0', 'old-style-definition init-self'],
  ['4.1.0', 'c++-compat'],
];

/** Beside them in C++. */
export const cppWarnings: VersionedWarnings = [
  [
    '0.0.0',
    'ctor-dtor-privacy effc++ non-virtual-dtor old-style-cast overloaded-virtual sign-promo',
  ],
  ['4.0.1', 'strict-null-sentinel'],
  ['4.6.0', 'noexcept'],
  ['4.7.0', 'zero-as-null-pointer-constant'],
  ['4.8.0', 'abi-tag useless-cast'],
  ['4.9.0', 'conditionally-supported'],
  ['5.1.0', 'suggest-final-methods suggest-final-types suggest-override'],
  ['6.1.0', 'multiple-inheritance placement-new=2 virtual-inheritance'],
  ['7.1.0', 'aligned-new=all noexcept-type register'],
  ['8.1.0', 'catch-value=3 extra-semi'],
  ['9.1.0', 'deprecated-copy-dtor redundant-move'],
  ['10.1.0', 'comma-subscript mismatched-tags redundant-tags volatile'],
  [
    '11.1.0',
    'deprecated-enum-enum-conversion deprecated-enum-float-conversion invalid-imported-macros',
  ],
];

/** Beside them in Objective-C and Objective-C++. */
export const objcWarnings: VersionedWarnings = [
  ['0.0.0', 'selector'],
  ['3.3', 'undeclared-selector'],
  ['4.1.0', 'assign-intercept strict-selector-match'],
];
