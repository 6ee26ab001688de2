import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function withPackages(text: string, more: Readonly<Record<string, string>> = {}) {
  const host = new MemoryHost({
    ...more,
    'package.json': '{}',
    'package-lock.json': '{}',
    'src/tool.ts': '',
    'src/page.ts': '',
  });
  host.program('node', () => ({ stdout: 'v20.19.0\n' }));
  const before =
    "project('p')\nts = import('typescript')\nnpm = ts.dependencies('package-lock.json')\n";
  return evaluateText(before + text, { host });
}

test('a bundle for node is a module that can be run, one for a browser a script', () => {
  const { error, model } = withPackages(
    "tool = ts.bundle('tool', 'src/tool.ts', dependencies: npm)\nts.bundle('page', 'src/page.ts', platform: 'browser', dependencies: npm)\ncustom_target('x', output: 'x', command: [tool, '@OUTPUT@'])",
  );
  expect(error).toBeUndefined();
  const [, tool, page] = [...(model?.targets.values() ?? [])];
  expect(tool).toMatchObject({ name: 'tool', outputs: ['tool.mjs'], install: undefined });
  expect(page).toMatchObject({ name: 'page', outputs: ['page.js'] });
});

test('a bundle is installed with its map', () => {
  const { error, model } = withPackages(
    "ts.bundle('page', 'src/page.ts', platform: 'browser', sourcemap: true, install: true, install_dir: get_option('datadir') / 'p', install_tag: 'web', dependencies: npm)",
  );
  expect(error).toBeUndefined();
  const page = [...(model?.targets.values() ?? [])][1];
  expect(page).toMatchObject({
    outputs: ['page.js', 'page.js.map'],
    install: { directories: ['share/p', 'share/p'], tags: ['web', 'web'] },
  });
  expect(JSON.stringify(page)).toContain('--option=--sourcemap');
});

test.each([
  ['install: true, dependencies: npm', '"install_dir" must be specified when "install" is true'],
  ["platform: 'deno', dependencies: npm", 'must be one of browser, neutral, node, not deno'],
  ['', 'typescript.bundle is missing required keyword argument "dependencies"'],
])('bundle(…, %s) is refused', (words, message) => {
  const { error } = withPackages(`ts.bundle('tool', 'src/tool.ts', ${words})`);
  expect(error).toContain(message);
});

test('what makes more than one file makes a folder, with a file that says what is in it', () => {
  const { error, model } = withPackages(
    "site = ts.bundle('app', 'src/page.ts', 'src/tool.ts', outdir: 'site', args: '--splitting', dependencies: npm, install: true, install_dir: 'share')",
  );
  expect(error).toBeUndefined();
  const site = [...(model?.targets.values() ?? [])][1];
  expect(site).toMatchObject({
    outputs: ['site'],
    contents: 'site.contents',
    alsoMakes: ['site.contents'],
    install: { directories: ['share'] },
  });
});

test('a tool of the packages is told what to make', () => {
  const { error, model } = withPackages(
    "ts.run('site', command: ['vite', 'build', '--outDir=@OUTPUT@', files('src/page.ts')], outdir: 'site', workdir: 'src', dependencies: npm)",
  );
  expect(error).toBeUndefined();
  const site = JSON.stringify([...(model?.targets.values() ?? [])][1]);
  expect(site).toContain('"--outdir"},{"kind":"text","text":"@OUTPUT0@"}');
  for (const word of ['vite', '--outDir=@MADE0@', 'page.ts'])
    expect(site).toContain(`"text":"--word=${word}"`);
});

test.each([
  ["bundle('a', 'src/page.ts', 'src/tool.ts',", 'bundle with several entries needs "outdir"'],
  ["bundle('a', 'src/page.ts', args: '--splitting',", 'bundle with code splitting needs "outdir"'],
  ["bundle('a', 'src/page.ts', outdir: 'a', output: 'b',", '"output" or "outdir", not both'],
  ["bundle('a', 'src/page.ts', outdir: '../b',", "Output '../b' is no name of a file"],
  ["bundle('a', 'src/page.ts', outdir: '',", "Output '' is no name of a file"],
  ["run('a', command: ['x', '@OUTPUT@'],", 'run has 0 outputs, so @OUTPUT@ is none of them'],
  ["run('a', command: ['x', '@OUTPUT@'], output: ['b', 'c'],", 'run has 2 outputs'],
  ["run('a', command: ['x'], workdir: 'no',", 'is no folder of the package'],
  ["compile('src', project: 'package.json',", "Folder 'src' is one that src/meson.build builds in"],
  ["test('a', 'src/page.ts', runner: 'ava',", 'must be one of jest, mocha, node, vitest, not ava'],
])('ts.%s …) is refused', (words, message) => {
  const { error } = withPackages(`ts.${words} dependencies: npm)`, { 'src/meson.build': '' });
  expect(error).toContain(message);
});

const made = "made = custom_target('r', output: ['r.ts', 's.ts'], command: ['node', '@OUTPUT@'])\n";

test('tools are told where that lies which targets make for them', () => {
  const { error, model } = withPackages(
    `${made}ts.check('types', project: 'package.json', dependencies: npm, depends: made[1])`,
  );
  expect(error).toBeUndefined();
  const check = [...(model?.targets.values() ?? [])].at(-1);
  expect(JSON.stringify(check)).toMatch(
    /"--generated"\},\{"kind":"target","target":\d+,"output":1\}/,
  );
});

test('what only has to end well is no generated source', () => {
  const { error, model } = withPackages(
    "built = ts.run('built', command: ['tsc', '--build'], dependencies: npm)\nts.bundle('app', 'src/page.ts', dependencies: npm, depends: built)",
    { 'generated/own.ts': '' },
  );
  expect(error).toBeUndefined();
  expect(JSON.stringify([...(model?.targets.values() ?? [])].at(-1))).not.toContain('--generated');
});

test('a folder of the package in the way of generated sources is refused', () => {
  const { error } = withPackages(
    `${made}ts.check('types', project: 'package.json', dependencies: npm, depends: made)`,
    { 'generated/a.ts': '' },
  );
  expect(error).toContain('Folder /project/generated is in the way of generated sources.');
});

test.each([
  ['one tool', "ts.check('t', dependencies: npm, depends: [made, sub])"],
  [
    'two tools of the same packages',
    "ts.check('t', dependencies: npm, depends: made)\nts.test('u', 'src/tool.ts', dependencies: npm, depends: sub)",
  ],
])('generated sources of one name for %s are refused', (_, uses) => {
  const more = {
    'sub/meson.build': "sub = custom_target('o', output: 'r.ts', command: ['node', '@OUTPUT@'])\n",
    'tsconfig.json': '{}',
  };
  const { error } = withPackages(`${made}subdir('sub')\n${uses}`, more);
  expect(error).toContain(
    'Both /build/r.ts and /build/sub/r.ts would be imported from "generated/r.ts".',
  );
});

test('several tools may import the same generated source', () => {
  const uses = ['t', 'u'].map((name) => `ts.check('${name}', dependencies: npm, depends: made)\n`);
  const { error } = withPackages(made + uses.join(''), { 'tsconfig.json': '{}' });
  expect(error).toBeUndefined();
});

test('a lock file of another tool is refused, with what to do', () => {
  const { error, diagnostics } = withPackages("ts.dependencies('pnpm-lock.yaml')");
  expect(error).toContain('pnpm-lock.yaml is no lock file of npm');
  expect(diagnostics[0]?.hints.join()).toContain(
    '`npm install --package-lock-only` makes it beside pnpm-lock.yaml',
  );
});

test('several lock files are installed in one place', () => {
  const laid = (locks: string) => {
    const host = new MemoryHost({});
    for (const folder of ['', 'client/'])
      for (const name of ['package.json', 'package-lock.json']) host.write(folder + name, '{}');
    return evaluateText(`ts = import('typescript')\nts.dependencies(${locks})`, { host });
  };
  const right = laid("'package-lock.json', 'client/package-lock.json'");
  expect(right.error).toBeUndefined();
  expect([...(right.model?.targets.values() ?? [])]).toMatchObject([
    {
      alsoMakes: [
        'typescript-packages/node_modules/.kaon-installed',
        'typescript-packages/client/node_modules/.kaon-installed',
      ],
    },
  ]);
  expect(laid("'client/package-lock.json', 'package-lock.json'").error).toContain(
    'File /project/package-lock.json does not lie below /project/client',
  );
});
