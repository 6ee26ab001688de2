import { oneOfWords, str } from '../../argument-type.ts';
import { type Keyword, keyword, type ValueFeature } from '../../declare.ts';

const methods = [
  ...['auto', 'builtin', 'cmake', 'config-tool', 'dub', 'extraframework', 'pkg-config'],
  ...['sysconfig', 'system'],
];

/** Names that came before `config-tool`, and since when that is to be used. */
const olderNames: Readonly<Record<string, string>> = {
  sdlconfig: '0.44.0',
  'cups-config': '0.44.0',
  'pcap-config': '0.44.0',
  'libwmf-config': '0.44.0',
  qmake: '0.58.0',
};

/** `method`: the one way to look for a dependency. */
export function dependencyMethod(doc: string): Keyword<string> {
  return keyword<string>(str, 'auto', doc, {
    since: '0.40.0',
    check: oneOfWords([...methods, ...Object.keys(olderNames)]),
    sinceValues: Object.entries(olderNames).map(
      ([name, since]): ValueFeature<string> => ({
        feature: `value "${name}"`,
        deprecated: { since, instead: 'use config-tool instead' },
        used: (value) => value === name,
      }),
    ),
  });
}

/** What an older name stands for. */
export function plainMethod(method: string): string {
  return method in olderNames ? 'config-tool' : method;
}
