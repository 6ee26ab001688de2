import type { Host } from '../host/host.ts';
import type { BuildContext } from './build-context.ts';

/** How long killed processes may take to go. */
const patienceMs = 2000;
const lookAgainMs = 10;
/** How far the start time that the system reports may differ from the one we noted. */
const toleranceMs = 2000;
/** Linux counts the time of processes in these, whatever its own clock does. */
const tickMs = 10;

/**
 * Ends what a kaon that died left running: it would write outputs while we build them. Works where
 * the system tells of processes in `/proc`.
 */
export async function endOrphans(context: BuildContext): Promise<void> {
  const { log, host, buildDirectory } = context;
  for (const group of log.leftGroups) {
    const ours = (): readonly Member[] => {
      const members = membersOf(host, group.id);
      const areOurs = members.some(
        (member) =>
          (member.id === group.id &&
            Math.abs(member.startedAtMs - group.startedAtMs) < toleranceMs) ||
          `${member.folder}/`.startsWith(`${buildDirectory}/`),
      );
      return areOurs ? members : [];
    };
    const startedAt = host.clock.monotonicMs();
    for (
      let left = ours();
      left.length > 0 && host.clock.monotonicMs() - startedAt < patienceMs;
      left = ours()
    ) {
      // Commands may be groups of their own within the session.
      const groups = new Set([group.id, ...left.map((member) => member.groupId)]);
      for (const id of groups) host.processes.endGroup(id);
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
    log.groupEnded(group.id);
  }
}

interface Member {
  readonly id: number;
  readonly groupId: number;
  readonly startedAtMs: number;
  /** Where it works; empty when we may not know. */
  readonly folder: string;
}

/** The processes of a session that are not only waiting for their parent to ask how they ended. */
function membersOf({ files }: Host, session: number): readonly Member[] {
  const names = files.list('/proc');
  const system = files.readText('/proc/stat');
  if (!names.ok || !system.ok) return [];
  const bootedAtMs = Number(/^btime (\d+)/m.exec(system.value)?.[1] ?? 0) * 1000;
  const members: Member[] = [];
  for (const name of names.value) {
    if (!/^\d+$/.test(name)) continue;
    const stat = files.readText(`/proc/${name}/stat`);
    if (!stat.ok) continue;
    // The name of the program stands in parentheses and may hold anything.
    const fields = stat.value.slice(stat.value.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[3]) !== session || fields[0] === 'Z') continue;
    const folder = files.readLink(`/proc/${name}/cwd`);
    members.push({
      id: Number(name),
      groupId: Number(fields[2]),
      startedAtMs: bootedAtMs + Number(fields[19]) * tickMs,
      folder: folder.ok ? folder.value : '',
    });
  }
  return members;
}
