import { posix } from 'node:path';
import type { Call } from '../../call.ts';
import { joinPath } from '../../paths.ts';
import type { FeatureResult } from './test.ts';

/** A header by which code chooses among libraries: each result's test of the processor, then its name. */
export function writeFeatureHeader(
  call: Call,
  given: {
    readonly name: string;
    readonly prefix: string;
    readonly results: readonly FeatureResult[];
    readonly hasBaseline: boolean;
  },
): void {
  const { evaluation, scope } = call;
  const { prefix, results, hasBaseline } = given;
  const expand = `${prefix}_MTARGETS_EXPAND`;
  const cases = results.map(({ detect, targetName }) => {
    const test = detect.map((word) => `TEST_CB(${word})`).join('&&');
    return `${expand}(EXEC_CB(${test === '' ? '1' : `(${test})`}, ${targetName}, __VA_ARGS__))`;
  });
  const lines = [
    '/* Made by kaon: what is written here is lost. */',
    '',
    `#undef ${expand}`,
    `#define ${expand}(X) X`,
    '',
    `#undef ${prefix}MTARGETS_CONF_BASELINE`,
    `#define ${prefix}MTARGETS_CONF_BASELINE(EXEC_CB, ...) ${
      hasBaseline ? `${expand}(EXEC_CB(__VA_ARGS__))` : ''
    }`,
    '',
    `#undef ${prefix}MTARGETS_CONF_DISPATCH`,
    `#define ${prefix}MTARGETS_CONF_DISPATCH(TEST_CB, EXEC_CB, ...) \\`,
    cases.join(' \\\n'),
    '',
  ];
  const path = joinPath(joinPath(evaluation.buildRoot, scope.buildSubdir), given.name);
  const { files } = evaluation.host;
  files.makeDirectory(posix.dirname(path));
  const text = lines.join('\n');
  const before = files.readText(path);
  if (before.ok && before.value === text) return;
  const written = files.write(path, text);
  if (!written.ok) call.fail(`Could not write ${path}: ${written.error.reason}`);
}
