import type { Host } from '../host/host.ts';

/** How commands are kept from the network. */
export interface Isolation {
  /** Put before a command. */
  readonly wrapper: readonly string[];
  /** Added to its environment: tools that can be told are told. */
  readonly environment: Readonly<Record<string, string>>;
  /** Nothing can get out, whatever it tries. */
  readonly complete: boolean;
}

/** A network without anything but this machine, and within it the user that we are. */
const inside = [
  'user=$1; group=$2; shift 2',
  'ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null',
  'if [ "$user" != 0 ] && unshare -U --map-user="$user" --map-group="$group" true 2>/dev/null; then',
  '  exec unshare -U --map-user="$user" --map-group="$group" "$@"',
  'fi',
  'exec "$@"',
].join('\n');

const environment = {
  CARGO_NET_OFFLINE: 'true',
  npm_config_offline: 'true',
  GIT_ALLOW_PROTOCOL: 'file',
};

/** Finds out how far the network can be made unreachable: by namespaces on Linux, where they are allowed. */
export function findIsolation(host: Host): Isolation {
  const run = (argv: readonly string[]) =>
    host.processes.run({
      argv,
      workingDirectory: host.system.temporaryDirectory,
      environment: host.system.environment,
    });
  const works = (argv: readonly string[]): boolean => {
    const { ended } = run(argv);
    return ended.kind === 'exited' && ended.code === 0;
  };
  const id = (option: string): string => run(['id', option]).stdout.trim();
  if (host.system.platform === 'linux' && works(['unshare', '-rn', 'true'])) {
    const wrapper = ['unshare', '-rn', 'sh', '-c', inside, 'sh', id('-u'), id('-g')];
    if (works([...wrapper, 'true'])) return { wrapper, environment, complete: true };
  }
  // A port that nobody listens at.
  const nowhere = 'http://127.0.0.1:9';
  const proxies = { http_proxy: nowhere, https_proxy: nowhere, ALL_PROXY: nowhere };
  return { wrapper: [], environment: { ...environment, ...proxies }, complete: false };
}
