import { compareVersions } from '../../base/version.ts';
import type { Deprecation } from '../../eval/declare.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { shortVersion } from '../short-version.ts';

export const deprecated: Rule = {
  name: 'deprecated',
  doc: 'A function, method or keyword has gone out of use, for the versions of Meson the project asks for.',
  severity: 'warning',
  check: (facts, report) => {
    const { calls, inference } = facts;
    for (const { node, file } of calls) {
      const declared = inference.declared(node);
      // Of objects that may be of several types, one may have a method that the other has no more.
      if (declared === undefined) continue;
      const tell = (
        what: string,
        span: typeof node.span,
        { since, instead }: Deprecation,
      ): void => {
        if (!isGone(facts, since)) return;
        const hint = instead === undefined ? {} : { hint: asSentence(instead) };
        report({
          file,
          span,
          message: `${what} is deprecated since ${shortVersion(since)}.`,
          ...hint,
        });
      };
      if (declared.deprecated !== undefined) {
        tell(`"${node.name}"`, node.nameSpan, declared.deprecated);
      }
      for (const { name, nameSpan } of node.args.keywords) {
        const gone = declared.keywords[name]?.deprecated;
        if (gone !== undefined) tell(`Keyword "${name}" of "${node.name}"`, nameSpan, gone);
      }
    }
  },
};

/** What Meson says after its warning, with or without a verb and a full stop. */
function asSentence(instead: string): string {
  return `Use ${instead.replace(/^use | instead\.?$|\.$/gi, '')}.`;
}

/** Whether all versions that a project is for know something better. */
function isGone({ oldestMeson }: Facts, since: string): boolean {
  return (
    oldestMeson !== undefined && compareVersions(oldestMeson, since.replace(/(\.0)+$/, '')) >= 0
  );
}
