import type { SignatureHelp } from 'vscode-languageserver/node';
import { calledAt } from '../called.ts';
import {
  describeKeyword,
  methodName,
  parameterTexts,
  signatureText,
  typeNames,
} from '../describe.ts';
import { contextAt } from '../text-context.ts';
import type { Spot } from '../workspace.ts';

/** The function whose arguments are being written, with the one that is next. */
export function signatureHelp(spot: Spot): SignatureHelp | undefined {
  const context = contextAt(spot.file.source.text, spot.offset);
  if (context.kind !== 'word' && context.kind !== 'string') return undefined;
  const { call } = context;
  const found = call === undefined ? [] : calledAt(spot, call);
  if (call === undefined || found.length === 0) return undefined;
  const signatures = found.map(({ owner, declared }) => {
    const name = owner === undefined ? declared.name : methodName(owner, declared.name);
    const label = signatureText(name, declared);
    const documents = [
      ...declared.positional.map((each) => `${each.doc} (${typeNames(each)})`),
      ...(declared.rest === undefined
        ? []
        : [`${declared.rest.doc} (${typeNames(declared.rest)})`]),
    ];
    const keywordDoc =
      call.keyword === undefined ? undefined : describeKeyword(call.keyword, declared);
    const parameters = parameterTexts(declared).map((each, at) => {
      const documentation = documents[at];
      return { label: each, ...(documentation !== undefined && { documentation }) };
    });
    const last = declared.positional.length + (declared.rest === undefined ? 0 : 1) - 1;
    const isKeyword = call.keyword !== undefined;
    const activeParameter = isKeyword
      ? parameters.length - 1
      : Math.min(call.position, Math.max(last, 0));
    const documentation = { kind: 'markdown' as const, value: keywordDoc ?? declared.doc };
    return { label, parameters, documentation, activeParameter };
  });
  const [first] = signatures;
  return { signatures, activeSignature: 0, activeParameter: first?.activeParameter ?? 0 };
}
