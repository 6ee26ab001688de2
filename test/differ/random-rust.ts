import { stringLiteral } from '../../src/lang/string-literal.ts';
import { type Draft, type DraftTarget, next } from './random-project.ts';

/** A target of one Rust source; others of C or Rust are linked with it where they may be. */
export function rustTarget(draft: Draft, place: string): string {
  const { random, targets, crates, files } = draft;
  const kind = random.of(kinds) ?? 'executable';
  const isForC = kind !== 'executable' && random.oneIn(2);
  const variable = next(draft, 'rust');
  const isMain = kind === 'executable';
  files.set(`${place}${variable}.rs`, isMain ? main : isForC ? exported(variable) : library);
  const ofC = targets.filter(
    (one) => one.kind === 'static_library' || one.kind === 'shared_library',
  );
  const linked = random.some([...crates, ...ofC.map((one) => one.variable)], 3).slice(0, 2);
  const words = [
    stringLiteral(variable),
    stringLiteral(`${variable}.rs`),
    ...(linked.length > 0 ? [`link_with: [${linked.join(', ')}]`] : []),
    ...(isForC ? ["rust_abi: 'c'"] : []),
    ...random.some(keywords, 7),
  ];
  if (isMain || isForC) targets.push({ variable, kind });
  else crates.push(variable);
  return `${variable} = ${kind}(${words.join(', ')})`;
}

const kinds: readonly DraftTarget['kind'][] = [
  ...(['executable', 'executable', 'static_library', 'static_library', 'shared_library'] as const),
];

const main = 'fn main() {}\n';
const library = 'pub fn one() -> i32 {\n    1\n}\n';

function exported(name: string): string {
  return `#[no_mangle]\npub extern "C" fn ${name}_one() -> i32 {\n    1\n}\n`;
}

const keywords = [
  "rust_args: ['--cfg', 'own']",
  "override_options: ['rust_std=2018', 'optimization=1']",
  'install: true',
  'build_by_default: false',
  "install_tag: 'own'",
  "link_args: ['-Wl,--as-needed']",
];
