import { quoteWords } from '../../base/shell-words.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Service } from '../../ninja/service.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import { findScanBuild } from './find-scan-build.ts';
import { llvmProgram } from './llvm-program.ts';

/** clang's tools, where they are installed and the project has what they go by. */
export function clangServices(
  { host, self }: Session,
  { state, graph }: { readonly state: SetupState; readonly graph: Graph },
): readonly Service[] {
  const { sourceRoot, buildRoot, options, dist } = state;
  const color = options.find(({ name }) => name === 'b_colorout')?.value ?? 'always';
  const isFound = (...names: readonly string[]): boolean =>
    names.every((name) => llvmProgram(host, name) !== undefined);
  const hasSettings = (tool: string): boolean =>
    ['.', '_'].some((mark) => host.files.exists(`${sourceRoot}/${mark}${tool}`));
  const service = (name: string, words: readonly string[], needs: readonly string[]): Service => ({
    name,
    description: `Running ${name}`,
    needs,
    command: quoteWords([...self, 'internal', ...words]),
  });
  const ofFiles = (tool: string, option: string | undefined, needs: readonly string[]): Service =>
    service(
      option === undefined ? tool : `${tool}-${option}`,
      [
        ...[tool, ...(option === undefined ? [] : [`--${option}`])],
        ...['--color', String(color), sourceRoot, buildRoot],
      ],
      needs,
    );
  const found: Service[] = [];
  if (findScanBuild(host) !== undefined) {
    const subprojects = `${sourceRoot}/${dist.subprojectDir}`;
    found.push(service('scan-build', ['scan-build', sourceRoot, subprojects, buildRoot], []));
  }
  if (hasSettings('clang-format') && isFound('clang-format')) {
    found.push(ofFiles('clang-format', undefined, []), ofFiles('clang-format', 'check', []));
  }
  const headers =
    hasSettings('clang-tidy') && isFound('clang-tidy') ? precompiledHeaders(graph) : undefined;
  if (headers !== undefined) {
    found.push(ofFiles('clang-tidy', undefined, headers));
    if (isFound('clang-apply-replacements')) found.push(ofFiles('clang-tidy', 'fix', headers));
  }
  return found;
}

/** What keeps a tool of clang's from being there to be asked for, where that is known. */
export function whyNoService(
  { host }: Session,
  { sourceRoot }: Pick<SetupState, 'sourceRoot'>,
  name: string,
): string | undefined {
  const [tool] = /^clang-(?:format|tidy)(?=$|-check$|-fix$)/.exec(name) ?? [];
  if (tool === undefined) return undefined;
  const hasSettings = host.files.exists(`${sourceRoot}/.${tool}`);
  if (!hasSettings) return `${tool} goes by a file .${tool} in ${sourceRoot}, and there is none.`;
  return llvmProgram(host, tool) === undefined ? `${tool} is not installed.` : undefined;
}

/** What clang-tidy must have beside the sources; undefined where it could not read them. */
function precompiledHeaders({ files }: Graph): readonly string[] | undefined {
  const paths = [...files.values()].filter((path) => /\.[gp]ch$/.test(path));
  return paths.some((path) => path.endsWith('.gch')) ? undefined : paths;
}
