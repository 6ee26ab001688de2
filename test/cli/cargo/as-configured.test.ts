import { expect, test } from 'vitest';
import { asConfigured, keepTerm } from '../../../src/cli/cargo/as-configured.ts';
import { tellsOtherwise } from '../../../src/cli/cargo/kept-term.ts';
import { memorySession } from '../../support/memory-session.ts';

/** What a command in a workspace with a configuration becomes. */
function configured(
  config: string,
  {
    options = {},
    environment = {},
    more = {},
  }: {
    readonly options?: Readonly<Record<string, unknown>>;
    readonly environment?: Readonly<Record<string, string>>;
    readonly more?: Readonly<Record<string, string>>;
  } = {},
) {
  const { session, host } = memorySession({
    '/project/Cargo.toml': '[workspace]\n',
    '/project/.cargo/config.toml': config,
    ...more,
  });
  const system = { ...host.system, workingDirectory: '/project', environment };
  const world = { ...host, files: host.files, system };
  const loud = { ...session.terminal, color: false, interactive: true };
  const asked = asConfigured({ session: { ...session, host: world, terminal: loud }, options });
  const { quiet, verbose } = asked.options;
  const { color, interactive } = asked.session.terminal;
  const place = { sourceRoot: '/project', buildRoot: '/project/build' };
  host.files.makeDirectory('/project/build/meson-private');
  keepTerm(world, place);
  const otherwise = tellsOtherwise(world, place.buildRoot);
  return { quiet, verbose, color, interactive, otherwise };
}

const plain = { color: false, interactive: true, otherwise: false };

test('[term] of a configuration counts as the words that say the same', () => {
  expect(configured('')).toEqual(plain);
  expect(configured('[term]\nquiet = true\n')).toEqual({ ...plain, quiet: true, otherwise: true });
  expect(configured('[term]\nverbose = true\n')).toMatchObject({ verbose: true, otherwise: true });
  expect(configured('[term]\ncolor = "always"\n')).toMatchObject({ color: true });
  expect(configured('[term]\nprogress = { when = "never" }\n')).toMatchObject({
    interactive: false,
  });
});

test('words go before [term], variables before files, and --config before variables', () => {
  const quiet = '[term]\nquiet = true\ncolor = "always"\n';
  expect(configured(quiet, { options: { verbose: true } }).quiet).toBe(undefined);
  expect(configured(quiet, { options: { color: 'never' } }).color).toBe(false);
  const environment = { CARGO_TERM_QUIET: 'false', CARGO_TERM_COLOR: 'never' };
  expect(configured(quiet, { environment })).toEqual({ ...plain, otherwise: true });
  const options = { config: ['term.quiet=true'] };
  expect(configured(quiet, { environment, options }).quiet).toBe(true);
});

test('[term] means nothing where a build file says how to build', () => {
  const more = { '/project/meson.build': '' };
  expect(configured('[term]\nquiet = true\n', { more })).toEqual(plain);
});
