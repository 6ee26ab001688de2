import { exitCodes, type Session } from '../session.ts';
import { type ParsedOptions, text } from '../words/parse-words.ts';

/** What `kaon init --build` does with a project that has just been laid down. */
export async function buildAtOnce(
  session: Session,
  folder: string,
  options: ParsedOptions,
): Promise<number> {
  const { host } = session;
  const build = text(options, 'builddir') ?? 'build';
  const inside = {
    ...session,
    host: { ...host, system: { ...host.system, workingDirectory: folder } },
  };
  const setup = await import('../commands/setup.ts');
  const configured = await setup.run(inside, [build, folder]);
  if (configured !== exitCodes.ok) return configured;
  const compile = await import('../commands/compile.ts');
  return compile.run(inside, ['-C', `${folder}/${build}`]);
}
