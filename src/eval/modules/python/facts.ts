import { parseJson } from '../../../base/parse-json.ts';
import type { Finished, Host, Launch } from '../../../host/host.ts';
import { rememberTool } from '../../../host/tool-identity.ts';
import type { Call } from '../../call.ts';
import type { PythonFacts } from '../../objects/python.ts';
import type { Value } from '../../value.ts';

/** Asks a Python of itself; Debian's own installs below a scheme of its own. */
const question = `
import sys
sys.path = [path for path in sys.path if path != '']
import importlib.machinery, json, os, site, sysconfig
scheme = sysconfig.get_default_scheme() if sys.version_info >= (3, 10) else sysconfig._get_default_scheme()
if 'deb_system' in sysconfig.get_scheme_names():
    scheme = 'deb_system'
names = {'base': '', 'platbase': '', 'installed_base': ''}
values = dict(sysconfig.get_config_vars())
values['base_prefix'] = getattr(sys, 'base_prefix', sys.prefix)
sites = [*site.getsitepackages(), site.getusersitepackages()] if hasattr(site, 'getsitepackages') else []
lists = [os.path.join(one, name) for one in sites if os.path.isdir(one) for name in os.listdir(one) if name.endswith('.pth')]
folder = os.path.dirname(sys.executable)
settings = [os.path.join(one, 'pyvenv.cfg') for one in (folder, os.path.dirname(folder))]
loaded = [getattr(module, '__file__', None) or '' for module in list(sys.modules.values())]
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
    'restsOn': [*loaded, *sys.path, *sites, *lists, *settings],
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
  /** Files and folders, some of them not there, without whose change it would say the same. */
  readonly restsOn: readonly string[];
}

/** What a Python tells of itself; undefined when it is none that works. */
export function pythonFacts(
  { evaluation }: Call,
  command: readonly string[],
): PythonFacts | undefined {
  const { host } = evaluation;
  const argv = [...command, '-c', question];
  const { ended, stdout } = host.processes.run({
    argv,
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
    ...rememberFacts(host, argv),
  });
  if (ended.kind !== 'exited' || ended.code !== 0) return undefined;
  const whole = parseJson(stdout) as Told | undefined; // printed by the question above
  if (whole === undefined) return undefined;
  const { restsOn: _, ...told } = whole;
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

/** Python is asked again once a module that it loaded for the answer changed, or may be another. */
function rememberFacts(host: Host, argv: readonly string[]): Pick<Launch, 'remember'> {
  const { remember } = rememberTool(host, argv);
  if (remember === undefined) return {};
  const restsOn = (finished: Finished) => {
    const told = parseJson(finished.stdout) as Partial<Told> | undefined; // as above
    if (told?.restsOn === undefined) return undefined;
    return { files: told.restsOn.filter((path) => path.startsWith('/')), kept: finished };
  };
  return { remember: { ...remember, restsOn } };
}
