import type { RandomDependency, RandomPackage } from './random-workspace.ts';

export const targetFolders = { example: 'examples', test: 'tests', bench: 'benches' } as const;

/** Of examples no two may have one name: they lie in one folder. */
export function nameOf(
  kind: keyof typeof targetFolders,
  { folder }: Pick<RandomPackage, 'folder'>,
): string {
  return `${kind}${folder.replace(/\D/g, '')}`;
}

/** Sources that print what they were compiled with, and what they need of others. */
export function sourcesOf(one: RandomPackage): readonly (readonly [path: string, text: string])[] {
  const { name, version, kind, dependencies, hasScript, bins, others, links } = one;
  const called = (wanted: RandomDependency['kind']) =>
    new Map(
      dependencies
        .filter((each) => each.kind === wanted && !each.optional && isHere(each.platform))
        .map((each) => [each.key.replaceAll('-', '_'), each.to]),
    );
  const externs = (names: Iterable<string>) =>
    [...names].map((each) => `extern crate ${each};\n`).join('');
  const say = (of: ReadonlyMap<string, RandomPackage>, what: string) =>
    [
      `    let mut all = vec![format!("${what} ${name} ${version}{}", on())];`,
      ...[...of].map(([key, to]) =>
        to.kind === 'proc-macro'
          ? `    all.push(${key}::shown!().to_string());`
          : `    all.push(${key}::shown());`,
      ),
      '    all.join(", ")',
    ].join('\n');
  const cfgs = [...one.features.keys(), ...(hasScript ? ['own'] : [])].map((feature) =>
    feature === 'own'
      ? '    if cfg!(own) { list.push_str(" own"); list.push_str(env!("OWN")); }'
      : `    if cfg!(feature = "${feature}") { list.push_str(" ${feature}"); }`,
  );
  const on = `fn on() -> String {\n    let mut list = String::new();\n${cfgs.join('\n')}\n    if cfg!(debug_assertions) { list.push_str(" debug"); }\n    list\n}\n`;
  const normal = called('dependencies');
  const dev = new Map([...normal, ...called('dev-dependencies')]);
  const files: (readonly [string, string])[] = [];
  const shown = `fn shown() -> String {\n${say(normal, 'lib')}\n}\n`;
  if (kind === 'proc-macro')
    files.push([
      'src/lib.rs',
      `extern crate proc_macro;\n${externs(normal.keys())}${on}${shown}#[proc_macro]\npub fn shown_(_: proc_macro::TokenStream) -> proc_macro::TokenStream { format!("{:?}", shown()).parse().unwrap() }\n`
        .replace('pub fn shown_(', 'pub fn shown(')
        .replaceAll('fn shown() ->', 'fn said() ->')
        .replace('shown())', 'said())'),
    ]);
  else if (kind !== 'none')
    files.push([
      'src/lib.rs',
      `${externs(normal.keys())}${on}/// ${'```'}\n/// assert!(true);\n/// ${'```'}\npub ${shown}#[test]\nfn works() { println!("{}", shown()); }\n`,
    ]);
  const own =
    kind === 'lib' || kind === 'dylib' || kind === 'cdylib'
      ? new Map([...normal, [name.replaceAll('-', '_'), one] as const])
      : normal;
  const ownDev = new Map([...own, ...dev]);
  const program = (of: ReadonlyMap<string, RandomPackage>, what: string) =>
    `${externs(of.keys())}${on}fn said() -> String {\n${say(of, what)}\n}\n`;
  for (const bin of bins)
    files.push([
      `src/bin/${bin}.rs`,
      `${program(own, 'bin')}fn main() { println!("{}", said()); }\n#[test]\nfn works() { said(); }\n`,
    ]);
  for (const { kind: each } of others)
    files.push([
      `${targetFolders[each]}/${nameOf(each, one)}.rs`,
      `${program(ownDev, each)}${each === 'example' ? 'fn main() { println!("{}", said()); }\n' : '#[test]\nfn works() { println!("{}", said()); }\n'}`,
    ]);
  const said = one.directives.map((each) => `    println!("cargo:${each}");\n`).join('');
  if (hasScript)
    files.push([
      'build.rs',
      `${program(called('build-dependencies'), 'script').replace('cfg!(own)', 'false').replace('env!("OWN")', '""')}fn main() {\n    println!("cargo:rustc-cfg=own");\n    println!("cargo:rustc-check-cfg=cfg(own)");\n    println!("cargo:rustc-env=OWN={}", said());\n    println!("cargo:rerun-if-changed=build.rs");\n${links === undefined ? '' : '    println!("cargo:told=1");\n'}${said}}\n`,
    ]);
  return files;
}

function isHere(platform: string): boolean {
  return platform !== 'cfg(windows)' && platform !== 'cfg(any())';
}
