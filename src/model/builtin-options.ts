import type { OptionDeclaration, OptionType } from './option.ts';
import { optionIn } from './option-in.ts';

const text: OptionType = { kind: 'string' };
const boolean: OptionType = { kind: 'boolean' };
const words: OptionType = { kind: 'array', shellWords: false, allowDuplicates: false };
const oneOf = (...choices: string[]): OptionType => ({ kind: 'combo', choices });

const core = optionIn('core');
const backend = optionIn('backend');
const test = optionIn('test');
const inDirectory = optionIn('directory');

const directory = (name: string, description: string, value: string): OptionDeclaration =>
  inDirectory(name, description, [text, value]);

/** Installation directories, relative to the prefix. `libdir` is asked of the machine elsewhere. */
export const directoryOptions: readonly OptionDeclaration[] = [
  directory('prefix', 'Installation prefix', '/usr/local'),
  directory('bindir', 'Executable directory', 'bin'),
  directory('datadir', 'Data file directory', 'share'),
  directory('includedir', 'Header file directory', 'include'),
  directory('infodir', 'Info page directory', 'share/info'),
  directory('libdir', 'Library directory', 'lib'),
  directory('licensedir', 'Licenses directory', ''),
  directory('libexecdir', 'Library executable directory', 'libexec'),
  directory('localedir', 'Locale data directory', 'share/locale'),
  directory('localstatedir', 'Localstate data directory', 'var'),
  directory('mandir', 'Manual page directory', 'share/man'),
  directory('sbindir', 'System executable directory', 'sbin'),
  directory('sharedstatedir', 'Architecture-independent data directory', 'com'),
  directory('sysconfdir', 'Sysconf data directory', 'etc'),
];

/** What some directories are for some prefixes, instead of their default. */
export const prefixedDefaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sysconfdir: { '/usr': '/etc' },
  localstatedir: { '/usr': '/var', '/usr/local': '/var/local' },
  sharedstatedir: { '/usr': '/var/lib', '/usr/local': '/var/local/lib' },
  'python.platlibdir': {},
  'python.purelibdir': {},
};

const backends = 'ninja vs vs2010 vs2012 vs2013 vs2015 vs2017 vs2019 vs2022 vs2026 xcode none';

/** Meson's core options. */
const coreOptions: readonly OptionDeclaration[] = [
  core('auto_features', "Override value of all 'auto' features", [{ kind: 'feature' }, 'auto']),
  backend('backend', 'Backend to use', [oneOf(...backends.split(' ')), 'ninja']),
  backend('backend_max_links', 'Maximum number of linker processes to run or 0 for no limit', [
    { kind: 'integer', min: 0 },
    0,
  ]),
  core(
    'genvslite',
    'Setup multiple buildtype-suffixed ninja-backend build directories, and a [builddir]_vs containing a Visual Studio meta-backend with multiple configurations that calls into them',
    [oneOf('vs2022', 'vs2026'), 'vs2022'],
  ),
  core('buildtype', 'Build type to use', [
    oneOf('plain', 'debug', 'debugoptimized', 'release', 'minsize', 'custom'),
    'debug',
  ]),
  core('debug', 'Enable debug symbols and other information', [boolean, true]),
  core('default_library', 'Default library type', [oneOf('shared', 'static', 'both'), 'shared']),
  core('default_both_libraries', 'Default library type for both_libraries', [
    oneOf('shared', 'static', 'auto'),
    'shared',
  ]),
  test('errorlogs', 'Whether to print the logs from failing tests', [boolean, true]),
  core('install_umask', 'Default umask to apply on permissions of installed files', [
    { kind: 'umask' },
    0o022,
  ]),
  core('layout', 'Build directory layout', [oneOf('mirror', 'flat'), 'mirror']),
  core('namingscheme', 'How target file names are formed', [
    oneOf('platform', 'classic'),
    'classic',
  ]),
  core('optimization', 'Optimization level', [oneOf('plain', '0', 'g', '1', '2', '3', 's'), '0']),
  core('prefer_static', 'Whether to try static linking before shared linking', [boolean, false]),
  test('stdsplit', 'Split stdout and stderr in test logs', [boolean, true]),
  core('strip', 'Strip targets on install', [boolean, false]),
  core('unity', 'Unity build', [oneOf('on', 'off', 'subprojects'), 'off']),
  core('unity_size', 'Unity block size', [{ kind: 'integer', min: 2 }, 4]),
  core('warning_level', 'Compiler warning level to use', [
    oneOf('0', '1', '2', '3', 'everything'),
    '1',
  ]),
  core('werror', 'Treat warnings as errors', [boolean, false]),
  core('wrap_mode', 'Wrap mode', [
    oneOf('default', 'nofallback', 'nodownload', 'forcefallback', 'nopromote'),
    'default',
  ]),
  core('force_fallback_for', 'Force fallback for those subprojects', [words, []]),
  core('vsenv', 'Activate Visual Studio environment', [boolean, false]),
  core('os2_emxomf', 'Use OMF format on OS/2', [boolean, false]),
  core('kaon.cache', 'Whether compilations are kept and taken again', [oneOf('on', 'off'), 'on']),
  core('pkgconfig.relocatable', 'Generate pkgconfig files as relocatable', [boolean, false]),
  core('python.bytecompile', 'Whether to compile bytecode', [
    { kind: 'integer', min: -1, max: 2 },
    0,
  ]),
  core('python.install_env', 'Which python environment to install to', [
    oneOf('auto', 'prefix', 'system', 'venv'),
    'prefix',
  ]),
  core('python.platlibdir', 'Directory for site-specific, platform-specific files.', [text, '']),
  core('python.purelibdir', 'Directory for site-specific, non-platform-specific files.', [
    text,
    '',
  ]),
  core('python.allow_limited_api', 'Whether to allow use of the Python Limited API', [
    boolean,
    true,
  ]),
  core(
    'python.build_config',
    'Config file containing the build details for the target Python installation.',
    [text, ''],
  ),
];

/** Options that each machine has for itself. */
export const machineOptions: readonly OptionDeclaration[] = [
  core('pkg_config_path', 'List of additional paths for pkg-config to search', [words, []]),
  core('cmake_prefix_path', 'List of additional prefixes for cmake to search', [words, []]),
];

/** Every option that exists without a project asking for it. */
export const builtinOptions: readonly OptionDeclaration[] = [
  ...directoryOptions,
  ...coreOptions,
  ...machineOptions,
];

/** What a build type stands for. */
export const buildtypes: Readonly<
  Record<string, { readonly optimization: string; readonly debug: boolean }>
> = {
  plain: { optimization: 'plain', debug: false },
  debug: { optimization: '0', debug: true },
  debugoptimized: { optimization: '2', debug: true },
  release: { optimization: '3', debug: false },
  minsize: { optimization: 's', debug: true },
};
