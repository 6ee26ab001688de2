import { nearest } from '../../base/nearest.ts';
import { mostDifferent } from '../../ninja/asked-for.ts';
import { tools } from '../../ninja/tools/table.ts';
import { exitCodes, type Session } from '../session.ts';
import { clean, cleanDead } from './clean.ts';
import { deps, missingDeps } from './known-deps.ts';
import type { NinjaPlace } from './place.ts';
import { refuseAsNinja } from './say.ts';
import type { NinjaRequest } from './words.ts';

/** Tools of ninja for logs that kaon keeps in order by itself. */
export const needless: readonly string[] = ['recompact', 'restat', 'wincodepage'];

interface PlaceTool {
  readonly name: string;
  readonly summary: string;
  readonly run: (session: Session, place: NinjaPlace, request: ToolRequest) => number;
}

/** What a tool was asked for, and the rest of the command line. */
type ToolRequest = Pick<NinjaRequest, 'dryRun' | 'quiet' | 'verbose'> & {
  readonly words: readonly string[];
};

/** The tools that look at what was built, too. */
const placeTools: readonly PlaceTool[] = [
  { name: 'clean', summary: 'clean built files', run: clean },
  {
    name: 'cleandead',
    summary: 'clean built files that are no longer produced by the manifest',
    run: cleanDead,
  },
  { name: 'deps', summary: 'show dependencies stored in the deps log', run: deps },
  {
    name: 'missingdeps',
    summary: 'check deps log dependencies on generated files',
    run: missingDeps,
  },
];

/** `-t NAME …` */
export function runTool(
  session: Session,
  place: NinjaPlace,
  request: NinjaRequest & {
    readonly tool: { readonly name: string; readonly words: readonly string[] };
  },
): number {
  const { terminal } = session;
  const { name, words } = request.tool;
  const own = placeTools.find((one) => one.name === name);
  if (own !== undefined) return own.run(session, place, { ...request, words });
  if (needless.includes(name)) return exitCodes.ok;
  const all: readonly Pick<PlaceTool, 'name' | 'summary'>[] = [...tools, ...placeTools];
  if (name === 'list') {
    terminal.print('ninja subtools:');
    for (const tool of [...all].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      terminal.print(`${tool.name.padStart(16)}  ${tool.summary}`);
    }
    return exitCodes.ok;
  }
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) {
    const close = nearest(
      name,
      all.map((one) => one.name),
      mostDifferent,
    );
    const hint = close === undefined ? '' : `, did you mean '${close}'?`;
    return refuseAsNinja(session, `unknown tool '${name}'${hint}`);
  }
  const { directory, defaults } = place;
  const answer = tool.run({ manifest: place.manifest(), words, directory, defaults });
  if (answer.kind === 'wrong') return refuseAsNinja(session, answer.message);
  if (answer.kind === 'text') terminal.write(answer.text);
  else if (answer.lines.length > 0) terminal.write(`${answer.lines.join('\n')}\n`);
  return exitCodes.ok;
}
