import type { Call } from '../../call.ts';
import type { PythonObject } from '../../objects/python.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { optionOf } from '../../targets/options.ts';
import { textWords } from '../module-target.ts';
import { pythonDirectory } from './directories.ts';

const asked = perEvaluation(() => new Set<string>());

/** What is installed for a Python is compiled there, once for all, if `python.bytecompile` says so. */
export function bytecompileOnInstall(call: Call, self: PythonObject): void {
  const { evaluation } = call;
  const level = Number(optionOf(call, 'python.bytecompile') ?? 0);
  if (level < 0 || self.found.kind !== 'command') return;
  const { command } = self.found;
  const key = command.join('\0');
  if (asked(evaluation).has(key)) return;
  asked(evaluation).add(key);
  const folders = [true, false].map((pure) => pythonDirectory(call, self, { pure }).path);
  evaluation.tables.installs.push({
    kind: 'script',
    subproject: '',
    command: [
      { kind: 'program', command: [...evaluation.self, 'internal', 'python-compile'] },
      ...textWords([evaluation.buildRoot, String(level), ...folders, ...command]),
    ],
    environment: [],
    tag: 'python-runtime',
    skipIfDestdir: false,
    dryRun: false,
  });
}
