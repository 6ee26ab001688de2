import { posix } from 'node:path';
import { quoteWords } from '../../base/shell-words.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Service } from '../../ninja/service.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import { clangServices } from '../clang-tools/services.ts';
import type { Session } from '../session.ts';

/** What Meson's build.ninja can be asked for beside targets: the commands that work on what was built. */
export function services(
  session: Session,
  { state, graph }: { readonly state: SetupState; readonly graph: Graph },
): readonly Service[] {
  const { self } = session;
  const { sourceRoot, buildRoot, options, dist } = state;
  const kaon = (...words: readonly string[]): string => quoteWords([...self, ...words]);
  return [
    {
      name: 'test',
      description: 'Running all tests',
      needs: ['all', 'meson-test-prereq'],
      command: kaon('test', '--no-rebuild', '--print-errorlogs'),
    },
    {
      name: 'benchmark',
      description: 'Running all benchmarks',
      needs: ['all', 'meson-benchmark-prereq'],
      command: kaon('test', '--no-rebuild', '--benchmark', '--num-processes=1'),
    },
    {
      name: 'install',
      description: 'Installing files',
      needs: ['all'],
      command: kaon('install', '--no-rebuild'),
    },
    {
      name: 'uninstall',
      description: 'Removing what was installed',
      needs: [],
      command: kaon('uninstall'),
    },
    {
      name: 'dist',
      description: 'Making release archives',
      needs: [],
      command: kaon('dist'),
    },
    {
      name: 'clean',
      description: 'Removing what was built',
      needs: [],
      command: kaon('clean'),
    },
    {
      name: 'reconfigure',
      description: 'Configuring anew',
      needs: [],
      command: kaon('setup', '--reconfigure', '.', sourceRoot),
    },
    ...['clippy', 'clippy-json', 'rustdoc'].map((name) => ({
      name,
      description: `Running ${name}`,
      needs: [],
      command: kaon('compile', name),
    })),
    ...(isMeasured(options) ? coverageKinds : []).map((kinds) => ({
      name: ['coverage', ...kinds].join('-'),
      description: `Generating coverage report${kinds.length === 0 ? 's' : ''}`,
      needs: [],
      command: kaon(
        ...['internal', 'coverage-report', sourceRoot],
        ...[posix.join(sourceRoot, dist.subprojectDir), buildRoot, ...kinds],
      ),
    })),
    ...clangServices(session, { state, graph }),
    ...['TAGS', 'ctags', 'cscope'].map((name) => ({
      name,
      description: `Making ${name}`,
      needs: [],
      command: tagsCommand(name, sourceRoot),
    })),
  ];
}

const coverageKinds: readonly (readonly string[])[] = [
  [],
  ...['html', 'xml', 'text', 'sonarqube'].map((kind) => [kind]),
];

function isMeasured(options: SetupState['options']): boolean {
  return options.some(({ name, value }) => name === 'b_coverage' && value === true);
}

/** Of all files that git knows, or that lie there. */
function tagsCommand(name: string, sourceRoot: string): string {
  const files = 'git ls-files 2>/dev/null || find . -type f -not -path "*/.git/*"';
  const tool = name === 'TAGS' ? 'etags -' : name === 'ctags' ? 'ctags -L -' : 'cscope -v -b -i -';
  return `cd ${quoteWords([sourceRoot])} && (${files}) | ${tool}`;
}
