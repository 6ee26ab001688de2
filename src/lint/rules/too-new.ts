import { compareVersions } from '../../base/version.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { shortVersion } from '../short-version.ts';

export const tooNew: Rule = {
  name: 'too-new',
  doc: 'A function, method or keyword is younger than the oldest Meson the project is for.',
  severity: 'warning',
  check: (facts, report) => {
    const { calls, inference, scan } = facts;
    // A project that asks which Meson runs it knows what it does.
    const asks = calls.some(
      ({ node }) => node.kind === 'method-call' && node.name === 'version' && isMeson(node.object),
    );
    if (asks || scan.files.length === 0) return;
    for (const { node, file } of calls) {
      const declared = inference.declared(node);
      if (declared === undefined) continue;
      const { oldestMeson } = facts;
      const tell = (what: string, span: typeof node.span, since: string | undefined): void => {
        if (since === undefined || !isYounger(oldestMeson, since)) return;
        const message = `${what} came with Meson ${shortVersion(since)}; the project is for ${oldestMeson}.`;
        report({ file, span, message });
      };
      tell(`"${node.name}"`, node.nameSpan, declared.since);
      for (const { name, nameSpan } of node.args.keywords) {
        tell(`Keyword "${name}" of "${node.name}"`, nameSpan, declared.keywords[name]?.since);
      }
    }
  },
};

function isYounger(oldest: Facts['oldestMeson'], since: string): boolean {
  return oldest !== undefined && compareVersions(bare(oldest), bare(since)) < 0;
}

/** `1.3.0` is `1.3`. */
function bare(version: string): string {
  return version.replace(/(\.0)+$/, '');
}

function isMeson(node: { readonly kind: string; readonly name?: string }): boolean {
  return node.kind === 'identifier' && node.name === 'meson';
}
