import type { Call } from '../../call.ts';
import type { PythonObject } from '../../objects/python.ts';
import { optionTexts } from '../../option-texts.ts';
import { joinPath } from '../../paths.ts';
import { optionOf, textOption } from '../../targets/options.ts';

/** Where modules of a Python are installed: those for any machine (`pure`), or for this one. */
export function pythonDirectory(
  call: Call,
  { facts }: PythonObject,
  { pure, subdir = '' }: { readonly pure: boolean; readonly subdir?: string | undefined },
): { readonly path: string; readonly placeholder: string } {
  const key = pure ? 'purelib' : 'platlib';
  const own = String(optionOf(call, `python.${key}dir`) ?? '');
  if (own !== '' && optionOf(call, 'python.install_env') !== 'prefix')
    call.fail(`python.${key}dir and python.install_env are mutually exclusive`);
  const base = own === '' ? derived(call, facts, key) : own;
  const path = joinPath(textOption(call, 'prefix'), base, subdir);
  const placeholder = joinPath(`{py_${key}}`, subdir);
  optionTexts(call.evaluation).set(path, placeholder);
  return { path, placeholder };
}

function derived(call: Call, facts: PythonObject['facts'], key: 'purelib' | 'platlib'): string {
  const relative = (facts.installPaths.get(key) ?? '').replace(/^\//, '');
  const asked = optionOf(call, 'python.install_env');
  const kind = asked === 'auto' ? (facts.isVenv ? 'venv' : 'system') : asked;
  if (kind === 'system') return joinPath(String(facts.variables.get('prefix') ?? ''), relative);
  if (kind !== 'venv') return relative;
  if (!facts.isVenv)
    call.fail('python.install_env cannot be set to "venv" unless you are in a venv!');
  return facts.sysconfigPaths.get(key) ?? relative;
}
