import { parseJsonObject } from '../../base/parse-json.ts';

/** What a crate does that a later rustc will refuse. */
export interface FutureBreakage {
  /** `name v1.2.3` */
  readonly package: string;
  /** As rustc tells people, with colours. */
  readonly rendered: readonly string[];
}

/** What an action that compiled a crate was told of that, in what rustc wrote for programs. */
export function futureBreakage(
  description: string,
  diagnostics: string,
): FutureBreakage | undefined {
  const [, name, version] = /^Compiling crate (\S+) (\S+)/.exec(description) ?? [];
  const rendered = diagnostics
    .split('\n')
    .filter((line) => line.includes('"future_incompat_report"'))
    .flatMap(reportedIn);
  return name === undefined || rendered.length === 0
    ? undefined
    : { package: `${name} v${version}`, rendered };
}

function reportedIn(line: string): readonly string[] {
  const report = parseJsonObject(line)?.['future_incompat_report'];
  return (Array.isArray(report) ? report : []).flatMap(
    (one: { readonly diagnostic?: { readonly rendered?: unknown } } | null) => {
      const rendered = one?.diagnostic?.rendered;
      return typeof rendered === 'string' ? [rendered] : [];
    },
  );
}

/** The note at the end of a build, with all that was found where somebody asks for it. */
export function toldBreakage(found: readonly FutureBreakage[], whole: boolean): string {
  if (found.length === 0) return '';
  const packages = [...new Set(found.map((one) => one.package))].sort();
  const head = `warning: the following packages contain code that will be rejected by a future version of Rust: ${packages.join(', ')}\n`;
  if (!whole) return `${head}note: \`--future-incompat-report\` shows what that is\n`;
  const parts = packages.map((name) => {
    const said = found.filter((one) => one.package === name).flatMap(({ rendered }) => rendered);
    return `\nThe package \`${name}\`:\n${[...new Set(said)].join('')}`;
  });
  return `${head}${parts.join('')}`;
}
