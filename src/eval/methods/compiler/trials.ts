import type { Started } from '../../../toolchains/checks/memory.ts';
import {
  type Answer,
  once,
  type Probe,
  startBuild,
  startProbe,
} from '../../../toolchains/checks/probe.ts';
import {
  probeOf,
  type RunOutcome,
  startCompiles,
  startLinks,
  startRun,
} from '../../../toolchains/checks/sources.ts';
import { displayLanguage, sourceKind } from '../../../toolchains/languages.ts';
import { object, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Method, methodOf, positional } from '../../declare.ts';
import { readRequired } from '../../functions/common-keywords.ts';
import type { CompilerObject } from '../../objects/compiler.ts';
import type { FeatureObject } from '../../objects/feature.ts';
import { type FileObject, fileType } from '../../objects/file.ts';
import { absolutePath } from '../../paths.ts';
import type { Value } from '../../value.ts';
import { cachedText, told, untold, yesNo } from './answer.ts';
import { checkerFor } from './checker.ts';
import { type CheckKeywords, type CheckSetup, checkSetup } from './input.ts';
import { trial } from './keywords.ts';
import { type RunResultObject, runResultType } from './run-result.ts';

const method = methodOf<CompilerObject>();

/** Programs of these could always be tried out. */
const runLanguages: ReadonlySet<string> = new Set(['d', 'c', 'cpp', 'objc', 'objcpp', 'fortran']);

const code = positional(
  'code',
  oneOf<string | FileObject>(str, object(fileType)),
  'The code, or a file of it.',
);

type TrialKeywords = CheckKeywords & {
  readonly name: string;
  readonly required: boolean | FeatureObject;
};

/** The source of a trial. A file becomes one that evaluation depends on. */
function sourceOf(call: Call, given: string | FileObject): Probe['source'] {
  if (typeof given === 'string') return { kind: 'code', code: given };
  const { evaluation } = call;
  const path = absolutePath(evaluation, given.file);
  if (given.file.tree === 'build')
    call.uses(
      `compiler.${call.name} with file created at setup time`,
      '1.2.0',
      'It was broken and either errored or returned false.',
    );
  else evaluation.tables.buildFiles.set(given.file.path, given.file);
  return { kind: 'file', path };
}

interface Trial {
  readonly verb: 'compiles' | 'links';
  readonly missing: string;
  readonly start: (setup: CheckSetup, source: Probe['source']) => Started<Answer<boolean>>;
}

function tryOut(
  call: Call,
  self: CompilerObject,
  {
    given,
    keywords,
    trial: kind,
  }: {
    readonly given: string | FileObject;
    readonly keywords: TrialKeywords;
    readonly trial: Trial;
  },
): Value {
  const { name } = keywords;
  const needed = readRequired(call, keywords.required);
  if (needed.disabled !== undefined) {
    if (name !== '')
      call.evaluation.log(
        `Checking if "${name}" ${kind.verb}: skipped: feature ${needed.disabled} disabled`,
      );
    return false;
  }
  const setup = checkSetup(call, self, { keywords, end: '' });
  const started = kind.start(setup, sourceOf(call, given));
  if (needed.required && !started.finish().value) call.fail(kind.missing);
  const about = setup.withDependencies === '' ? '' : `${setup.withDependencies} `;
  if (name === '') return untold(call, started);
  return told(call, started, {
    line: ({ value, cached }) =>
      `Checking if "${name}" ${about}${kind.verb}: ${yesNo(value)}${cachedText(cached)}`,
    value: ({ value }) => value,
  });
}

const compiles = method({
  name: 'compiles',
  doc: 'Whether code compiles.',
  positional: [code],
  keywords: trial,
  returns: 'bool',
  run: (call, self, { positional: [given], keywords }) =>
    tryOut(call, self, {
      given,
      keywords,
      trial: {
        verb: 'compiles',
        missing: `Could not compile ${keywords.name}`,
        start: ({ checker, input }, source) => startCompiles(checker, source, input),
      },
    }),
});

const links = method({
  name: 'links',
  doc: 'Whether code compiles and links.',
  positional: [code],
  keywords: trial,
  returns: 'bool',
  run: (call, self, { positional: [given], keywords }) =>
    tryOut(call, self, {
      given,
      keywords,
      trial: {
        verb: 'links',
        missing: `Could not link ${keywords.name === '' ? 'code' : keywords.name}`,
        start: ({ checker, input }, source) =>
          startForeignLink(call, self, { checker, input, source }) ??
          startLinks(checker, source, input),
      },
    }),
});

/** A file of another language is compiled by that language's compiler, then linked by this one. */
function startForeignLink(
  call: Call,
  { toolchain }: CompilerObject,
  {
    checker,
    input,
    source,
  }: Pick<CheckSetup, 'checker' | 'input'> & { readonly source: Probe['source'] },
): Started<Answer<boolean>> | undefined {
  if (source.kind === 'code') return undefined;
  const kind = sourceKind(source.path);
  const suffix = source.path.slice(source.path.lastIndexOf('.') + 1);
  if (checker.family.compile.suffixes.includes(suffix)) return undefined;
  if (kind.kind !== 'source') {
    call.warn(`Unknown suffix for test file ${source.path}`);
    return undefined;
  }
  const other = checkerFor(call.evaluation, toolchain.machine, kind.language);
  if (other === undefined) {
    call.warn(
      `Passed ${kind.language} source to links method, not specified for ${toolchain.machine} machine.`,
    );
    return undefined;
  }
  const built = startBuild(
    other,
    probeOf(source, 'compile', { dependencies: input.dependencies ?? [] }),
  );
  return once(() => {
    const object = built.finish();
    const probe = probeOf({ kind: 'file', path: object.output }, 'link', input);
    const value = object.ok && startProbe(checker, probe).finish().ok;
    object.dispose();
    return { value, cached: false };
  });
}

const run = method({
  name: 'run',
  doc: 'Compiles, links and runs code.',
  positional: [code],
  keywords: trial,
  returns: 'runresult',
  run: (call, self, { positional: [given], keywords }) => {
    const { evaluation } = call;
    const { name } = keywords;
    const { language } = self.toolchain;
    if (!runLanguages.has(language))
      call.uses(`compiler.run for ${displayLanguage(language)} language`, '1.5.0');
    const needed = readRequired(call, keywords.required);
    if (needed.disabled !== undefined) {
      if (name !== '')
        evaluation.log(`Checking if "${name}" runs: skipped: feature ${needed.disabled} disabled`);
      return runResult({ compiled: true, code: 0, stdout: '', stderr: '' });
    }
    const setup = checkSetup(call, self, { keywords, end: '' });
    if (setup.checker.runner === 'cannot-run')
      call.fail('Can not run test applications in this cross environment.');
    const outcome = startRun(setup.checker, sourceOf(call, given), setup.input);
    if (needed.required && outcome.finish().code !== 0)
      call.fail(`Could not run ${name === '' ? 'code' : name}`);
    const about = setup.withDependencies === '' ? '' : `${setup.withDependencies} `;
    if (name !== '')
      evaluation.logLater(() => `Checking if "${name}" ${about}runs: ${runText(outcome.finish())}`);
    const result: RunResultObject = { type: runResultType, outcome };
    return result;
  },
});

function runResult(outcome: RunOutcome): RunResultObject {
  return { type: runResultType, outcome: { finish: () => outcome } };
}

function runText({ compiled, code: exit }: RunOutcome): string {
  if (!compiled) return 'DID NOT COMPILE';
  return exit === 0 ? 'YES' : `NO (${exit})`;
}

/** Checks of code that the project brings. */
export const trialMethods: readonly Method[] = [compiles, links, run];
