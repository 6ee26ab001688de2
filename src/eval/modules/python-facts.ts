import { parseJson } from '../../base/parse-json.ts';
import type { Call } from '../call.ts';
import type { PythonFacts } from '../objects/python.ts';
import type { Value } from '../value.ts';

/** Asks a Python of itself; Debian's own installs below a scheme of its own. */
const question = `
import importlib.machinery, json, sys, sysconfig
scheme = sysconfig.get_default_scheme() if sys.version_info >= (3, 10) else sysconfig._get_default_scheme()
if 'deb_system' in sysconfig.get_scheme_names():
    scheme = 'deb_system'
names = {'base': '', 'platbase': '', 'installed_base': ''}
values = dict(sysconfig.get_config_vars())
values['base_prefix'] = getattr(sys, 'base_prefix', sys.prefix)
pypy = '__pypy__' in sys.builtin_module_names
suffix = values.get('EXT_SUFFIX')
suffixes = importlib.machinery.EXTENSION_SUFFIXES
print(json.dumps({
    'version': sysconfig.get_python_version(),
    'platform': sysconfig.get_platform(),
    'suffix': suffix,
    'limitedApiSuffix': suffix if pypy or len(suffixes) < 2 else suffixes[1],
    'isPypy': pypy,
    'isVenv': sys.prefix != values['base_prefix'],
    'linksLibrary': bool(values.get('LIBPYTHON', 'yes')) and not pypy,
    'variables': values,
    'paths': sysconfig.get_paths(scheme=scheme),
    'installPaths': sysconfig.get_paths(scheme=scheme, vars=names),
    'sysconfigPaths': sysconfig.get_paths(),
    'bareSysconfigPaths': sysconfig.get_paths(vars=names),
}))
`;

type Table = Readonly<Record<string, string>>;

/** What the program above prints. */
interface Told
  extends Omit<
    PythonFacts,
    'variables' | 'paths' | 'installPaths' | 'sysconfigPaths' | 'bareSysconfigPaths'
  > {
  readonly variables: Readonly<Record<string, string | number | null>>;
  readonly paths: Table;
  readonly installPaths: Table;
  readonly sysconfigPaths: Table;
  readonly bareSysconfigPaths: Table;
}

/** What a Python tells of itself; undefined when it is none that works. */
export function pythonFacts(
  { evaluation }: Call,
  command: readonly string[],
): PythonFacts | undefined {
  const { host } = evaluation;
  const { ended, stdout } = host.processes.run({
    argv: [...command, '-c', question],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  if (ended.kind !== 'exited' || ended.code !== 0) return undefined;
  const told = parseJson(stdout) as Told | undefined; // printed by the question above
  if (told === undefined) return undefined;
  const variables = Object.entries(told.variables).map(([name, value]): [string, Value] => [
    name,
    value ?? '',
  ]);
  return {
    ...told,
    variables: new Map(variables),
    paths: new Map(Object.entries(told.paths)),
    installPaths: new Map(Object.entries(told.installPaths)),
    sysconfigPaths: new Map(Object.entries(told.sysconfigPaths)),
    bareSysconfigPaths: new Map(Object.entries(told.bareSysconfigPaths)),
  };
}
