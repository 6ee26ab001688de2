import { err, ok, type Result } from '../base/result.ts';
import type { Host } from '../host/host.ts';
import { runTool } from './run-tool.ts';

export interface Signing {
  readonly by: 'gpg' | 'ssh';
  /** A key of gpg, or a key file of ssh; gpg has a default. */
  readonly key: string | undefined;
}

/** Signs a file: `FILE.asc` by gpg, `FILE.sig` by ssh-keygen. Answers the signature's path. */
export async function sign(
  host: Host,
  path: string,
  { by, key }: Signing,
): Promise<Result<string, string>> {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const signature = `${path}.${by === 'gpg' ? 'asc' : 'sig'}`;
  host.files.remove(signature);
  const file = key ?? defaultKey(host);
  if (by === 'ssh' && file === undefined)
    return err('ssh-keygen needs a key to sign with: --sign-key FILE');
  const argv =
    by === 'gpg'
      ? [
          ...['gpg', '--batch', '--yes', '--armor', '--detach-sign'],
          ...(key === undefined ? [] : ['--local-user', key]),
          ...['--output', signature, path],
        ]
      : ['ssh-keygen', '-q', '-Y', 'sign', '-f', file ?? '', '-n', 'file', path];
  const done = await runTool(host, { argv, folder });
  if (!done.ok) return done;
  return host.files.isFile(signature) ? ok(signature) : err(`${signature} was not made`);
}

/** The key that ssh itself would take first. */
function defaultKey({ files, system }: Host): string | undefined {
  return ['id_ed25519', 'id_ecdsa', 'id_rsa']
    .map((name) => `${system.homeDirectory}/.ssh/${name}`)
    .find((path) => files.isFile(path));
}
