import { posix } from 'node:path';

/**
 * Files that emcc writes beside the program it was asked for, which does not run without them
 * (Emscripten's documentation, "Emscripten Compiler Frontend" and "Settings reference"). What it was
 * told decides: `args` are the words of the link.
 */
export function filesBeside(
  output: string,
  args: readonly string[],
  { workerInside }: { readonly workerInside: boolean },
): readonly string[] {
  const settings = settingsIn(args);
  const isOn = (name: string): boolean => !['0', undefined].includes(settings.get(name));
  const suffix = posix.extname(output);
  const stem = suffix === '' ? output : output.slice(0, -suffix.length);
  if (suffix === '.wasm' || isOn('SINGLE_FILE') || isOn('SIDE_MODULE')) return [];
  const wasm = settings.get('WASM') ?? '1';
  const hasThreads = args.includes('-pthread') || isOn('PTHREADS') || isOn('USE_PTHREADS');
  const endings = [
    ...(suffix === '.html' ? ['.js'] : []),
    ...(wasm === '0' ? [] : ['.wasm']),
    ...(wasm === '2' ? ['.wasm.js'] : []),
    ...(wasm !== '0' && args.includes('-gsource-map') ? ['.wasm.map'] : []),
    ...(args.some((arg) => arg.startsWith('--preload-file')) ? ['.data'] : []),
    ...(args.includes('--emit-symbol-map') ? ['.js.symbols'] : []),
    ...(hasThreads && !workerInside ? ['.worker.js'] : []),
  ];
  return endings.map((ending) => stem + ending);
}

/** `-sNAME=VALUE`, `-sNAME` and `-s NAME=VALUE`; the last of a name counts. */
function settingsIn(args: readonly string[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  args.forEach((arg, at) => {
    const text = args[at - 1] === '-s' ? arg : arg.startsWith('-s') ? arg.slice(2) : '';
    const [, name, value = '1'] = /^([A-Z][A-Z0-9_]*)(?:=(.*))?$/.exec(text) ?? [];
    if (name !== undefined) settings.set(name, value);
  });
  return settings;
}
