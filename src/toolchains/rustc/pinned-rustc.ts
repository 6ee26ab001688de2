import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { rustupFiles, rustupSettings } from '../../host/tool-identity.ts';
import type { DetectFault, DetectRequest } from '../detect/request.ts';
import { type Steps, succeeded } from '../detect/steps.ts';

/**
 * The compiler that the folder of the sources chooses, where rustup stands for `rustc`: by its own file
 * or by the user's settings. Crates lie anywhere, so it is named by its path. Undefined where the
 * folder chooses nothing.
 */
export function* pinnedRustc(
  host: Host,
  { sourceFolder, binary }: DetectRequest,
): Steps<Result<readonly string[] | undefined, DetectFault>> {
  if (sourceFolder === undefined || binary('rust') !== undefined) return ok(undefined);
  if (!isPinned(host, sourceFolder)) return ok(undefined);
  const sysroot = ['rustc', '--print', 'sysroot'];
  const [here, elsewhere] = yield [
    { argv: sysroot, workingDirectory: sourceFolder },
    { argv: sysroot },
  ];
  if (here === undefined || here.ended.kind === 'not-started') return ok(undefined);
  const { stdout, stderr } = here;
  if (!succeeded(here))
    return err({
      kind: 'no-compiler',
      message: `The Rust toolchain that ${sourceFolder} asks for cannot be used`,
      hint: `rustc says: ${stderr.replace(/\s*stack backtrace:.*/is, '').trim()}`,
    });
  const chosen = `${stdout.trim()}/bin/rustc`;
  const isOther = stdout !== elsewhere?.stdout && host.files.isFile(chosen);
  return ok(isOther ? [chosen] : undefined);
}

function isPinned({ files, system }: Host, folder: string): boolean {
  const settings = files.readText(rustupSettings(system));
  const overrides = settings.ok ? (settings.value.split('[overrides]')[1] ?? '') : '';
  const above = folder.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));
  return (
    rustupFiles(folder).some((path) => files.isFile(path)) ||
    above.some((path) => path !== '' && overrides.includes(`"${path}" =`))
  );
}
