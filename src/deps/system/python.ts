import { parseJson } from '../../base/parse-json.ts';
import { findPython3 } from '../../host/python.ts';
import { exitCode, startAsking } from '../ask.ts';
import type { DependencyContext } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor } from './checks.ts';

const question = `import sysconfig, json
print(json.dumps({'version': sysconfig.get_python_version(), 'include': sysconfig.get_path('include'), 'platinclude': sysconfig.get_path('platinclude')}))`;

/** Python 3 as it tells of itself: for extension modules, which do not link its library. */
export function findPython(context: DependencyContext): Attempt {
  const python = findPython3(context.host);
  if (python === undefined) return absent;
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const answer = startAsking(context, [python, '-c', question]).finish();
  if (exitCode(answer) !== 0) return absent;
  // What the program above prints.
  const told = parseJson(answer.stdout) as
    | Record<'version' | 'include' | 'platinclude', string>
    | undefined;
  if (told === undefined) return absent;
  const compileArgs = [...new Set([told.include, told.platinclude])].map((path) => `-I${path}`);
  if (!compiler.hasHeader('Python.h', { compileArgs, linkArgs: [] })) return absent;
  return found({
    name: 'python3',
    type: 'system',
    machine: context.machine,
    version: told.version,
    compileArgs,
  });
}
