// What V8 compiles of kaon in the commands that are used most, kept beside the programs in dist/code:
// the first start of a user finds it there (src/host/node/load-cached.ts).
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = {
  'meson.build': `project('warm', 'c', version: '1')
c = meson.get_compiler('c')
settings = configuration_data()
foreach name : ['stdio', 'unistd', 'windows']
  settings.set10('HAVE_' + name.to_upper(), c.has_header(name + '.h'))
endforeach
settings.set('SIZE', c.sizeof('long'))
configure_file(output: 'config.h', configuration: settings)
dependency('threads', required: false)
part = static_library('part', 'part.c', c_args: c.get_supported_arguments('-Wall'))
program = executable('warm', 'main.c', link_with: part, install: true)
test('warm', program)
`,
  'main.c': '#include "config.h"\nint part(void);\nint main(void) { return part() - SIZE; }\n',
  'part.c': '#include "config.h"\nint part(void) { return SIZE; }\n',
};
/** The second time adds what the first did otherwise, as all was new to it. */
const rounds = 2;

/** Uses a bundled kaon, where that was not done since it changed. @param {string} root */
export function warm(root) {
  const kept = join(root, 'dist/code');
  if (existsSync(kept) && newest(kept) > newest(join(root, 'dist'), '.js')) return;
  const scratch = mkdtempSync(join(tmpdir(), 'kaon-warm-'));
  try {
    const cache = join(scratch, 'cache');
    for (let round = 0; round < rounds; round++) use(root, join(scratch, `p${round}`), cache);
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(kept);
    const learnt = join(cache, 'kaon/code');
    if (!existsSync(learnt)) return;
    for (const name of readdirSync(learnt)) copyFileSync(join(learnt, name), join(kept, name));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} root @param {string} folder @param {string} cache */
function use(root, folder, cache) {
  mkdirSync(folder);
  for (const [name, text] of Object.entries(project)) writeFileSync(join(folder, name), text);
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  /** @param {string[]} words */
  const kaon = (...words) =>
    spawnSync(join(root, 'bin/kaon'), words, { cwd: folder, env, stdio: 'ignore' });
  // Where there is no compiler this fails, and what it needed until then is learnt.
  kaon('setup', 'build');
  kaon('compile', '-C', 'build');
  kaon('test', '-C', 'build');
  kaon('introspect', '--targets', 'build');
  kaon('introspect', '--buildoptions', 'meson.build');
  appendFileSync(join(folder, 'main.c'), '// changed\n');
  kaon('-C', 'build');
  appendFileSync(join(folder, 'meson.build'), '# changed\n');
  kaon('-C', 'build');
  // As it was before, which is remembered.
  rmSync(join(folder, 'build'), { recursive: true });
  kaon('setup', 'build');
}

/** When the newest file of a folder was written. @param {string} folder @param {string} ending */
function newest(folder, ending = '') {
  const files = readdirSync(folder).filter((name) => name.endsWith(ending));
  return Math.max(0, ...files.map((name) => statSync(join(folder, name)).mtimeMs));
}
