import { expect, test } from 'vitest';
import { detectMachine } from '../../src/eval/machines/detect-machine.ts';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

test('a machine is named as Meson names it', () => {
  expect(detectMachine({ platform: 'linux', machine: 'arm64' })).toMatchObject({
    system: 'linux',
    cpuFamily: 'aarch64',
    cpu: 'aarch64',
    endian: 'little',
  });
  expect(detectMachine({ platform: 'linux', machine: 'x86_64' }, { __i386__: '1' })).toMatchObject({
    cpuFamily: 'x86',
    cpu: 'i686',
  });
});

test('a cross file describes the host machine', () => {
  const { messages, error } = evaluateText(
    {
      'meson.build':
        "project('x')\nmessage(host_machine.cpu_family(), build_machine.cpu(), target_machine.system(), meson.is_cross_build(), meson.can_run_host_binaries())",
      'cross.ini':
        "[host_machine]\nsystem = 'linux'\ncpu_family = 'riscv64'\ncpu = 'rv64'\nendian = 'little'\n",
    },
    { crossFiles: ['cross.ini'] },
  );
  expect(error).toBeUndefined();
  expect(messages).toEqual(['riscv64 x86_64 linux true false']);
});

test('skip_sanity_check takes a compiler that makes no programs, and says so', () => {
  const withCompiler = (skip: string) => {
    const host = new MemoryHost({});
    installGcc(host, 'cc', { accepts: () => false });
    return evaluateText(
      {
        'meson.build': "project('x', 'c')",
        'n.ini': `[binaries]\nc = ['cc', '-m32']\n[properties]\nskip_sanity_check = ${skip}\n`,
      },
      { host, nativeFiles: ['n.ini'] },
    );
  };
  expect(withCompiler('false').error).toContain('Compiler cc -m32 cannot compile programs.');
  expect(withCompiler("'yes'").error).toContain('Option skip_sanity_check must be a boolean.');
  const { error, lines } = withCompiler('true');
  expect(error).toBeUndefined();
  expect(lines).toContain('Cross compiler sanity tests disabled via the cross file.');
});

test('a machine file with an unknown constant is an error', () => {
  const { error } = evaluateText(
    { 'meson.build': "project('x')", 'n.ini': '[properties]\na = b\n' },
    { nativeFiles: ['n.ini'] },
  );
  expect(error).toBe("ERROR: Undefined constant 'b' in machine file variable 'a'.");
});

test('sections of a machine file may be indented; lines that are indented further go on', () => {
  const { messages, error } = evaluateText(
    {
      'meson.build':
        "project('x')\nmessage(meson.get_external_property('a'), meson.get_external_property('b'))",
      'n.ini': "  [constants]\n  x = 'X'\n  [properties]\n  a = [x,\n    '1']\n\n  b = '2'\n",
    },
    { nativeFiles: ['n.ini'] },
  );
  expect(error).toBeUndefined();
  expect(messages).toEqual(["['X', '1'] 2"]);
});

test('of the native file a cross build takes the options that each machine has', () => {
  const host =
    "[host_machine]\nsystem = 'linux'\ncpu_family = 'x86'\ncpu = 'i'\nendian = 'little'\n";
  const { messages, warnings } = evaluateText(
    {
      'meson.build':
        "project('x')\nmessage(get_option('bindir'), get_option('sbindir'), get_option('pkg_config_path'), get_option('build.pkg_config_path'))",
      'n.ini':
        "[built-in options]\nbindir = 'native'\nbuild.pkg_config_path = 'n'\n[paths]\nsbindir = 'native'\n",
      'c.ini': `${host}[built-in options]\nbindir = 'cross'\npkg_config_path = 'c'\n`,
    },
    { nativeFiles: ['n.ini'], crossFiles: ['c.ini'] },
  );
  expect(messages).toEqual(["cross sbin ['c'] ['n']"]);
  expect(warnings.join('\n')).toContain(
    'DEPRECATION: Setting build machine options in the native file does not need the "build." prefix',
  );
});

test.each([
  ['vs', 'Could not detect Visual Studio: Environment variable VSINSTALLDIR is not set!'],
  ['xcode', 'Could not detect Xcode. Please install it if you wish to use the Xcode backend.'],
  ['vs2022', 'Could not find vs2022: kaon writes no files for it.'],
])('a build for the backend %s is refused', (backend, message) => {
  const { error } = evaluateText("project('x')", {
    commandLineOptions: [['backend', backend]],
  });
  expect(error).toContain(message);
});

test('the backend none installs, and makes nothing', () => {
  const none = { commandLineOptions: [['backend', 'none']] } as const;
  expect(evaluateText("install_data('meson.build')", none).error).toBeUndefined();
  expect(evaluateText("import('fs').copyfile('meson.build', 'y')", none).error).toContain(
    'Install-only backend cannot generate target rules, try using `--backend=ninja`.',
  );
});

test('a language that is missing for both machines is told of for each', () => {
  const missing = (native: string) =>
    evaluateText(`add_languages('fortran', required: false${native})`).lines.filter((line) =>
      line.includes('fortran'),
    );
  const told = (machine: string) =>
    `Compiler for language fortran for the ${machine} machine not found.`;
  expect(missing('')).toEqual([told('host'), told('build')]);
  expect(missing(', native: true')).toEqual([told('host')]);
});

test('where there is one machine, native: true gives the build machine no language of its own', () => {
  const buildLanguages = (text: string) => {
    const host = new MemoryHost({});
    installGcc(host);
    const { model } = evaluateText(text, { host });
    return [...(model?.toolchains.get('build')?.keys() ?? [])];
  };
  expect(buildLanguages("add_languages('c', native: true)")).toEqual([]);
  expect(buildLanguages("add_languages('c')")).toEqual(['c']);
});

test('a language that was not found has no options, and what was given for them is no error', () => {
  const { error, model } = evaluateText(
    "add_languages('fortran', required: false, native: false)",
    {
      commandLineOptions: [['fortran_args', '-g']],
    },
  );
  expect(error).toBeUndefined();
  const names = [...(model?.options.all() ?? [])].map(({ key }) => key.name);
  expect(names).toContain('buildtype');
  expect(names.filter((name) => name.startsWith('fortran'))).toEqual([]);
});

test('machine files that set a build type and what hangs on it are advised against, and taken', () => {
  const warned = (ini: string) => {
    const { warnings, error } = evaluateText(
      { 'meson.build': "project('x')", 'n.ini': `[built-in options]\n${ini}` },
      { nativeFiles: ['n.ini'], fatalWarnings: true },
    );
    return { error, advice: warnings.filter((one) => one.includes('Recommend using either')) };
  };
  expect(warned("buildtype = 'plain'\ndebug = true\n").advice).toHaveLength(1);
  expect(warned("buildtype = 'plain'\noptimization = '1'\n")).toEqual({
    error: undefined,
    advice: [expect.stringMatching(/-Dbuildtype or -Doptimization \+ -Ddebug/)],
  });
  expect(warned("debug = true\noptimization = '1'\n").advice).toEqual([]);
});

/** The error that a machine file ends setup with. */
const errorOf = (ini: string) =>
  evaluateText({ 'meson.build': "project('x')", 'n.ini': ini }, { nativeFiles: ['n.ini'] }).error;

test('a colon is part of a name in a machine file, and no delimiter', () => {
  expect(errorOf("[properties]\na: 'b'\n")).toBe(
    "ERROR: Malformed machine file: Source contains parsing errors: '/project/n.ini'",
  );
  expect(errorOf("[built-in options]\nsub:werror = 'true'\n")).toBe(
    'ERROR: Do not set subproject options in [built-in options] section, use [subproject:built-in options] instead.',
  );
});

test('a value of a machine file that cannot be read is told of', () => {
  expect(errorOf("[properties]\na = [['b'], ['c']]\n")).toBe(
    "ERROR: Malformed value in machine file variable 'a': Unsupported node type.",
  );
  expect(errorOf('[properties]\na = "b"\n')).toBe(
    "ERROR: Malformed value in machine file variable 'a': Double quotes are not supported. Use single quotes.",
  );
});

test('a native file says nothing of the machine, and DEFAULT is in all sections', () => {
  const { messages, error } = evaluateText(
    {
      'meson.build':
        "project('x')\nmessage(build_machine.cpu(), host_machine.cpu(), meson.get_external_property('a'))",
      'n.ini': "[DEFAULT]\na = 'b'\n[build_machine]\ncpu = 'odd'\n[host_machine]\n[properties]\n",
    },
    { nativeFiles: ['n.ini'] },
  );
  expect(error).toBeUndefined();
  expect(messages).toEqual(['x86_64 x86_64 b']);
});

test('a cross file that names no strip is told of', () => {
  const told = (more: string) => {
    const ini = `[host_machine]\nsystem = 'linux'\ncpu_family = 'arm'\ncpu = 'a'\nendian = 'little'\n${more}`;
    const { diagnostics } = evaluateText(
      { 'meson.build': "project('x')", 'c.ini': ini },
      { crossFiles: ['c.ini'] },
    );
    return diagnostics.map(({ message }) => message);
  };
  const message = 'Cross file does not specify strip binary, result will not be stripped.';
  expect(told('')).toEqual([message]);
  expect(told("[binaries]\nstrip = 'arm-strip'\n")).toEqual([]);
});
