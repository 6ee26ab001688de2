import { quoteWords } from '../../base/shell-words.ts';
import type { Service } from '../../ninja/service.ts';
import type { Session } from '../session.ts';

/** What Meson's build.ninja can be asked for beside targets: the commands that work on what was built. */
export function services({ self }: Session, sourceRoot: string): readonly Service[] {
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
      command: kaon('dist', '--no-rebuild'),
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
    ...['TAGS', 'ctags', 'cscope'].map((name) => ({
      name,
      description: `Making ${name}`,
      needs: [],
      command: tagsCommand(name, sourceRoot),
    })),
  ];
}

/** Of all files that git knows, or that lie there. */
function tagsCommand(name: string, sourceRoot: string): string {
  const files = 'git ls-files 2>/dev/null || find . -type f -not -path "*/.git/*"';
  const tool = name === 'TAGS' ? 'etags -' : name === 'ctags' ? 'ctags -L -' : 'cscope -v -b -i -';
  return `cd ${quoteWords([sourceRoot])} && (${files}) | ${tool}`;
}
