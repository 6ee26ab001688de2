import { isTable } from '../manifest/toml.ts';
import type { Shape } from './types.ts';

type Fits = (value: unknown) => boolean;

const isText: Fits = (value) => typeof value === 'string';
const isTexts: Fits = (value) => Array.isArray(value) && value.every(isText);
const isFlag: Fits = (value) => typeof value === 'boolean';
const isTaken: Fits = (value) => isTable(value) && value['workspace'] === true;
const any =
  (...fits: readonly Fits[]): Fits =>
  (value) =>
    fits.some((one) => one(value));

const value = (fits: Fits, expected: string): Shape => ({ kind: 'value', fits, expected });
const table = (keys: Readonly<Record<string, Shape>>): Shape => ({ kind: 'table', keys });
const names = (of: Shape): Shape => ({ kind: 'names', of });
/** One type for several keys. */
const each = (shape: Shape, keys: string): Readonly<Record<string, Shape>> =>
  Object.fromEntries(keys.split(' ').map((key) => [key, shape]));

const text = value(isText, 'a string');
const flag = value(isFlag, 'a boolean');
const texts: Shape = { kind: 'list', of: text };

/** Fields that a package may take from its workspace. */
const shared = {
  ...each(value(any(isText, isTaken), 'a string or workspace'), 'documentation'),
  ...each(
    value(any(isTexts, isTaken), 'a vector of strings or workspace'),
    'categories exclude include keywords',
  ),
  publish: value(any(isFlag, isTexts, isTaken), 'a boolean, a vector of strings, or workspace'),
  readme: value(any(isFlag, isText, isTaken), 'a string, a bool, or workspace'),
};
/** The same where the workspace says them. */
const inherited = table({
  ...each(
    text,
    'version description documentation homepage repository license license-file edition',
  ),
  ...each(texts, 'authors categories exclude include keywords'),
  'rust-version': value(isText, 'SemVer version'),
  publish: value(any(isFlag, isTexts), 'a boolean or vector of strings'),
  readme: value(any(isFlag, isText), 'a boolean or string'),
});
const fields = table({
  ...shared,
  ...each(text, 'workspace resolver default-target forced-target'),
  ...each(flag, 'im-a-teapot'),
  build: value(any(isFlag, isText, isTexts), 'a boolean, string or array'),
});

const target = table({
  ...each(text, 'name path edition filename'),
  ...each(flag, 'test doctest bench doc doc-scrape-examples proc-macro proc_macro harness'),
  ...each(texts, 'crate-type crate_type required-features'),
});
const targets: Shape = { kind: 'list', of: target };

const dependency = (isShort: Fits): Shape => ({
  kind: 'either',
  isShort,
  table: table({
    ...each(text, 'version registry registry-index path base git branch tag rev package target'),
    ...each(flag, 'optional default-features default_features public lib'),
    features: texts,
    artifact: value(any(isText, isTexts), 'string or list of strings'),
  }),
  expected: 'a version string like "0.9.8" or a detailed dependency like { version = "0.9.8" }',
});
const dependencies = names(dependency(isText));
const tables = each(
  // Of one that the workspace describes all else is idle.
  names(dependency(any(isText, isTaken))),
  'dependencies dev-dependencies dev_dependencies build-dependencies build_dependencies',
);

const settings = {
  ...each(text, 'split-debuginfo panic dir-name inherits codegen-backend'),
  lto: value(any(isFlag, isText), 'a boolean or string'),
  debug: value(
    any(isFlag, isText, (said) => typeof said === 'number'),
    'a boolean, 0, 1, 2, "none", "limited", "full", "line-tables-only", or "line-directives-only"',
  ),
};
const profile = table({
  ...settings,
  package: names(table(settings)),
  'build-override': table(settings),
});

const lint: Shape = {
  kind: 'either',
  isShort: isText,
  table: table({
    level: text,
    priority: value((said) => typeof said === 'number' || typeof said === 'bigint', 'i8'),
  }),
  expected: 'a string or map',
};

/** What Cargo reads in a manifest, whether it counts or not. Types of other keys are seen by those who read them. */
export const manifestShape = table({
  ...each(fields, 'package project'),
  lib: target,
  ...each(targets, 'bin example test bench'),
  ...tables,
  target: names(table(tables)),
  profile: names(profile),
  patch: names(dependencies),
  replace: dependencies,
  workspace: table({ package: inherited, dependencies, lints: names(names(lint)) }),
});
