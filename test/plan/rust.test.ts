import { expect, test } from 'vitest';
import { sourceFile } from '../../src/model/file.ts';
import type { BuildTarget, RustKeywords, TargetId } from '../../src/model/target.ts';
import { linkTo, ModelBuilder, outputOf } from '../support/model.ts';
import { planned } from '../support/plan.ts';

const libdir = '/rust/lib/rustlib/x86_64-unknown-linux-gnu/lib';
const base = '--color=always -C debug-assertions=yes -C overflow-checks=no -C embed-bitcode=no';
const linked = '-Cdefault-linker-libraries -C link-arg=-Wl,--allow-shlib-undefined';

function crate(
  crateType: string,
  parts: Partial<BuildTarget> = {},
  keywords: Partial<RustKeywords> = {},
): Partial<BuildTarget> {
  return {
    languages: ['rust'],
    rust: {
      crateType,
      root: undefined,
      dependencyMap: new Map(),
      test: false,
      doctest: false,
      ...keywords,
    },
    ...parts,
  };
}

/** The libraries that Meson's answers below were made with. */
function libraries() {
  const project = new ModelBuilder().option('rust_std', '2021');
  const c = project.staticLibrary('cpart', ['c.c']);
  const csh = project.sharedLibrary('csh', ['c.c']);
  const pm = project.sharedLibrary(
    'pm',
    ['pm.rs'],
    crate('proc-macro', { compileArgs: new Map([['rust', ['--extern', 'proc_macro']]]) }),
  );
  const rlib = project.staticLibrary(
    'base',
    ['base.rs'],
    crate('rlib', { filename: 'libbase.rlib' }),
  );
  const lib = project.staticLibrary(
    'lib_rs',
    ['lib.rs'],
    crate(
      'rlib',
      {
        filename: 'liblib_rs.rlib',
        linkWith: [linkTo(rlib), linkTo(c)],
        compileArgs: new Map([['rust', ['--cfg', 'foo']]]),
      },
      { dependencyMap: new Map([['base', 'bb']]) },
    ),
  );
  return { project, c, csh, pm, lib };
}

function emit(name: string, output: string): string {
  return `--emit dep-info=${output}.p/${name}.d --emit link=${output}`;
}

test('a crate names the crates it uses and notes the C libraries', () => {
  const { project } = libraries();
  const { command, inputs } = planned(project.model());
  expect(command('liblib_rs.rlib')).toBe(
    `rustc -C linker=cc ${base} --crate-type rlib --edition=2021 -g --crate-name lib_rs ${emit('lib_rs', 'liblib_rs.rlib')} -C metadata=lib_rs@static-library --cfg foo --extern bb=libbase.rlib -lstatic:-bundle,+verbatim=libcpart.a -L. ../lib.rs`,
  );
  expect(inputs('liblib_rs.rlib')).toEqual([
    '../lib.rs',
    'libbase.rlib',
    'libcpart.a',
    // What the thin archive only names.
    'libcpart.a.p/c.c.o',
  ]);
});

test('a proc macro prefers the dynamic standard library', () => {
  const { project } = libraries();
  expect(planned(project.model()).command('libpm.so')).toBe(
    `rustc -C linker=cc ${base} --crate-type proc-macro -C link-arg=-Wl,-soname,libpm.so --edition=2021 -g --crate-name pm ${emit('pm', 'libpm.so')} -C metadata=pm@shared-library --extern proc_macro -C prefer-dynamic -C link-arg=-Wl,-rpath,${libdir} ../pm.rs`,
  );
});

test('a program hands C libraries to the linker and waits for their interface', () => {
  const { project, csh, pm, lib } = libraries();
  const zlib = project.dependency({
    kind: 'external',
    type: 'pkgconfig',
    linkArgs: ['/usr/lib/x86_64-linux-gnu/libz.so'],
  });
  project.executable(
    'prog',
    ['main.rs'],
    crate('bin', { linkWith: [lib, pm, csh].map(linkTo), dependencies: [zlib] }),
  );
  const { command, inputs } = planned(project.model());
  expect(command('prog')).toContain(
    `--crate-type bin ${linked} --edition=2021 -g --crate-name prog ${emit('prog', 'prog')} -C metadata=prog@executable --extern lib_rs=liblib_rs.rlib -Clink-arg=libcpart.a --extern pm=libpm.so -Clink-arg=libcsh.so -Clink-arg=/usr/lib/x86_64-linux-gnu/libz.so -L. -L/usr/lib/x86_64-linux-gnu -C link-arg=-Wl,-rpath,$ORIGIN/:`,
  );
  expect(inputs('prog')).toEqual([
    '../main.rs',
    'liblib_rs.rlib',
    'libbase.rlib',
    'libcpart.a',
    'libpm.so',
    'libcsh.so.p/libcsh.so.symbols',
    'libcpart.a.p/c.c.o',
  ]);
});

test('a C program links a Rust archive and what its standard library needs', () => {
  const { project, lib } = libraries();
  const ffi = project.staticLibrary(
    'ffi',
    ['ffi.rs'],
    crate('staticlib', { linkWith: [linkTo(lib)] }),
  );
  project.executable('cexe', ['main.c'], { linkWith: [linkTo(ffi)] });
  const { command } = planned(project.model());
  expect(command('libffi.a')).toContain(
    '--extern lib_rs=liblib_rs.rlib -lstatic:-bundle,+verbatim=libcpart.a -Clink-arg=-lutil -Clink-arg=-lrt -Clink-arg=-lpthread -Clink-arg=-lm -Clink-arg=-ldl -L. ../ffi.rs',
  );
  expect(command('cexe')).toMatch(
    /^cc -o cexe .*--start-group libffi.a libcpart.a (-l\w+ ){5}-Wl,--end-group$/,
  );
});

test('a whole archive goes into a C shared library made of Rust', () => {
  const { project, c } = libraries();
  project.sharedLibrary('cdy', ['ffi.rs'], crate('cdylib', { linkWhole: [linkTo(c)] }));
  expect(planned(project.model()).command('libcdy.so')).toContain(
    `--crate-type cdylib ${linked} -C link-arg=-Wl,-soname,libcdy.so --edition=2021 -g --crate-name cdy ${emit('cdy', 'libcdy.so')} -C metadata=cdy@shared-library -Clink-arg=-Wl,--whole-archive -Clink-arg=libcpart.a -Clink-arg=-Wl,--no-whole-archive -L. ../ffi.rs`,
  );
});

test('structured sources with a generated one are copied to where the crate expects them', () => {
  const project = new ModelBuilder();
  const gen: TargetId = project.customTarget('gen', ['gen.rs'], {
    command: [{ kind: 'text', text: 'touch' }],
  });
  project.executable(
    'ss',
    [],
    crate('bin', {
      structuredSources: [
        { folder: '', items: [{ kind: 'file', file: sourceFile('main.rs') }] },
        { folder: 'sub', items: [outputOf(gen)] },
      ],
    }),
  );
  const { action, orderOnly, command } = planned(project.model());
  expect(action('ss.p/structured/sub/gen.rs').work).toEqual({
    kind: 'copy',
    from: 'gen.rs',
    to: 'ss.p/structured/sub/gen.rs',
  });
  expect(command('ss')).toMatch(/ ss\.p\/structured\/main\.rs$/);
  expect(orderOnly('ss')).toEqual(['ss.p/structured/main.rs', 'ss.p/structured/sub/gen.rs']);
});
