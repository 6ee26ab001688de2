import { err, ok, type Result } from '../../base/result.ts';
import { isWindowsLike, systemOf } from '../system.ts';
import type { Started } from './memory.ts';
import { type Answer, answer, type Checker, once, startProbe } from './probe.ts';

/** `has_function_attribute()`. The error is Meson's, for a name nobody knows. */
export function startHasFunctionAttribute(
  checker: Checker,
  name: string,
): Result<Started<Answer<boolean>>, string> {
  const { toolchain } = checker.family;
  const isCpp = toolchain.language === 'cpp' || toolchain.language === 'objcpp';
  const code = (isCpp ? cppTrials.get(name) : undefined) ?? trials.get(name);
  if (code === undefined) return err(`Unknown function attribute "${name}"`);
  const isExport = name === 'dllimport' || name === 'dllexport';
  if (isExport && !isWindowsLike(systemOf(toolchain).system))
    return ok(once(() => ({ value: false, cached: false })));
  const started = startProbe(checker, {
    source: { kind: 'code', code },
    mode: 'compile',
    // Both compilers only warn of attributes they do not know.
    args: ['-Werror=attributes'],
  });
  return ok(answer(started, (outcome) => outcome.ok));
}

const declared = (attribute: string, declaration = 'int foo(void)'): string =>
  `${declaration} __attribute__((${attribute}));`;
const defined = (attribute: string, before = ''): string =>
  `${before}__attribute__((${attribute})) int foo(void) { return 0; }`;
const both = (name: string, attribute: string): string =>
  `int ${name}(void) __attribute__((${attribute})); int ${name}(void) { return 0; }`;

/** Code that uses each attribute where it belongs. */
const trials: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alias: 'int foo(void) { return 0; }\nint bar(void) __attribute__((alias("foo")));',
    aligned: declared('aligned(32)'),
    alloc_size: declared('alloc_size(1)', 'void *foo(int a)'),
    always_inline: defined('always_inline', 'inline '),
    artificial: defined('artificial', 'inline '),
    cold: declared('cold'),
    const: declared('const'),
    constructor: declared('constructor'),
    constructor_priority: declared('__constructor__(65535/2)'),
    counted_by:
      'struct foo { unsigned int count; char bar[] __attribute__((counted_by(count))); };',
    deprecated: declared('deprecated("")'),
    destructor: declared('destructor'),
    dllexport: '__declspec(dllexport) int foo(void) { return 0; }',
    dllimport: '__declspec(dllimport) int foo(void);',
    error: declared('error("")'),
    externally_visible: declared('externally_visible'),
    fallthrough:
      'int foo(void) { switch (0) { case 1: __attribute__((fallthrough)); case 2: break; } return 0; };',
    flatten: declared('flatten'),
    format: declared('format(printf, 1, 2)', 'int foo(const char * p, ...)'),
    format_arg: declared('format_arg(1)', 'char * foo(const char * p)'),
    force_align_arg_pointer: defined('force_align_arg_pointer'),
    gnu_inline: defined('gnu_inline', 'inline '),
    hot: declared('hot'),
    ifunc: `int my_foo(void) { return 0; }\nstatic int (*resolve_foo(void))(void) { return my_foo; }\n${declared('ifunc("resolve_foo")')}`,
    leaf: defined('leaf'),
    malloc: declared('malloc', 'int *foo(void)'),
    noclone: declared('noclone'),
    noinline: defined('noinline'),
    nonnull: declared('nonnull(1)', 'int foo(char * p)'),
    noreturn: declared('noreturn'),
    nothrow: declared('nothrow'),
    null_terminated_string_arg: declared(
      'null_terminated_string_arg(1)',
      'int foo(const char * p)',
    ),
    optimize: defined('optimize(3)'),
    packed: 'struct __attribute__((packed)) foo { int bar; };',
    pure: declared('pure'),
    retain: '__attribute__((retain)) int x;',
    returns_nonnull: declared('returns_nonnull', 'int *foo(void)'),
    section: `#if defined(__APPLE__) && defined(__MACH__)
extern int foo __attribute__((section("__BAR,__bar")));
#else
extern int foo __attribute__((section(".bar")));
#endif`,
    sentinel: declared('sentinel', 'int foo(const char *bar, ...)'),
    unused: declared('unused'),
    used: declared('used'),
    vector_size: '__attribute__((vector_size(32))); int foo(void) { return 0; }',
    visibility: ['default', 'hidden', 'internal']
      .map((kind) => both(`foo_${kind.slice(0, 3)}`, `visibility("${kind}")`))
      .join('\n'),
    'visibility:default': both('foo', 'visibility("default")'),
    'visibility:hidden': both('foo', 'visibility("hidden")'),
    'visibility:internal': both('foo', 'visibility("internal")'),
    'visibility:protected': both('foo', 'visibility("protected")'),
    warning: declared('warning("")'),
    warn_unused_result: declared('warn_unused_result'),
    weak: declared('weak'),
    weakref:
      'static int foo(void) { return 0; }\nstatic int var(void) __attribute__((weakref("foo")));',
  }),
);

/** In C++ the names they speak of are mangled. */
const cppTrials: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alias:
      'extern "C" { int foo(void) { return 0; } }\nint bar(void) __attribute__((alias("foo")));',
    ifunc: `extern "C" { int my_foo(void) { return 0; } int (*resolve_foo(void))(void) { return my_foo; } }\n${declared('ifunc("resolve_foo")')}`,
  }),
);
