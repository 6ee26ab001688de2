import { versionMatches } from '../../../base/version.ts';
import type { Files, Host } from '../../../host/host.ts';
import { rememberTool } from '../../../host/tool-identity.ts';
import { elfHeaderOf } from '../../../toolchains/checks/elf-file.ts';
import { programHint } from '../../../toolchains/install-hint.ts';
import type { Call } from '../../call.ts';

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
  if (isPlainlyThere(host, command, version)) return;
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
      hint: `${programHint('libclang') ?? ''} LIBCLANG_PATH names the folder of a libclang that lies elsewhere.`,
    });
  const [, clang] = /^Clang:.*?version (\d[\d.]*)/m.exec(said) ?? [];
  if (clang !== undefined && isTooNew(clang, version))
    call.warn(
      `bindgen ${version} misreads types without a name with libclang ${clang}: it knows up to 15. ` +
        'bindgen 0.62 or newer does not ("cargo install --locked bindgen-cli"); ' +
        'or let LIBCLANG_PATH name the folder of an older libclang.',
    );
}

/**
 * Whether a libclang that serves lies where LLVM's packages put it and bindgen looks by itself: to ask
 * bindgen takes as long as to load all of it. Of several it takes the newest.
 */
export function isPlainlyThere(
  host: Host,
  [program, ...more]: readonly string[],
  bindgen: string,
): boolean {
  const { files, system } = host;
  const leads = ['LIBCLANG_PATH', 'LLVM_CONFIG_PATH', 'LD_LIBRARY_PATH'];
  if (program === undefined || more.length > 0) return false;
  if (leads.some((name) => system.environment[name])) return false;
  const machine = machineOf(files, program);
  const listed = files.list('/usr/lib');
  const versions = (listed.ok ? listed.value : []).flatMap((name) => {
    const [, clang] = /^llvm-(\d+)$/.exec(name) ?? [];
    const library = `/usr/lib/${name}/lib/libclang.so.1`;
    return clang !== undefined && files.isFile(library) ? [{ clang, library }] : [];
  });
  return (
    machine !== undefined &&
    versions.some(({ library }) => machineOf(files, library) === machine) &&
    !versions.some(({ clang }) => isTooNew(clang, bindgen))
  );
}

/** Of which machine a program or library is. */
function machineOf(files: Files, path: string): string | undefined {
  const header = elfHeaderOf(files, path);
  return header && [header.width, header.endian, header.machine].join();
}

/** libclang 16 gave names to what has none; bindgen 0.62 learnt of it. */
function isTooNew(clang: string, bindgen: string): boolean {
  return versionMatches(clang, '>=16') && versionMatches(bindgen, '<0.62');
}
