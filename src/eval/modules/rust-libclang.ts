import { versionMatches } from '../../base/version.ts';
import { rememberTool } from '../../host/tool-identity.ts';
import { libraryHint } from '../../toolchains/install-hint.ts';
import type { Call } from '../call.ts';

/** bindgen as it was found. */
export interface FoundBindgen {
  readonly command: readonly string[];
  readonly version: string;
}

/**
 * bindgen reads C by libclang, which it loads only when it runs: without it a build would end in its
 * midst, so it is asked for its libclang at setup.
 */
export function checkLibclang(call: Call, { command, version }: FoundBindgen): void {
  const { host } = call.evaluation;
  const { environment } = host.system;
  const argv = [...command, '--verbose', '--version'];
  const places = [environment['LIBCLANG_PATH'], environment['LLVM_CONFIG_PATH']];
  const { ended, stdout, stderr } = host.processes.run({
    argv,
    ...rememberTool(
      host,
      argv,
      places.map((place) => place ?? ''),
    ),
    workingDirectory: host.system.workingDirectory,
    environment,
  });
  const said = stdout + stderr;
  const failed = ended.kind !== 'exited' || ended.code !== 0;
  if (failed && said.includes('libclang'))
    call.fail(`bindgen ${version} does not find libclang, by which it reads C`, {
      hint: `${libraryHint('libclang') ?? ''} LIBCLANG_PATH names the folder of a libclang that lies elsewhere.`,
    });
  const [, clang] = /^Clang:.*?version (\d[\d.]*)/m.exec(said) ?? [];
  if (clang !== undefined && isTooNew(clang, version))
    call.warn(
      `bindgen ${version} misreads types without a name with libclang ${clang}: it knows up to 15. ` +
        'bindgen 0.62 or newer does not ("cargo install --locked bindgen-cli"); ' +
        'or let LIBCLANG_PATH name the folder of an older libclang.',
    );
}

/** libclang 16 gave names to what has none; bindgen 0.62 learnt of it. */
function isTooNew(clang: string, bindgen: string): boolean {
  return versionMatches(clang, '>=16') && versionMatches(bindgen, '<0.62');
}
