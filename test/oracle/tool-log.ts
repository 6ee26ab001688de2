import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One run of rustc, or of a build script: that has no arguments but its own name. */
export interface ToolRun {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: ReadonlyMap<string, string>;
}

/**
 * Writes a program for `RUSTC_WRAPPER` that notes each run of rustc for a unit of a build, and puts
 * one in the place of each build script that notes its runs too. Probes of scripts are not noted.
 * Where units are `later`, a folder, nothing is compiled until a build script needs it, and then there;
 * what builds find in the place of outputs is empty.
 */
export function writeLogger(path: string, log: string, later?: string): void {
  const note = (argv: string): string =>
    `{ printf 'cwd %s\\n' "$PWD"; env -0 | tr '\\n\\0' ' \\n' | sed 's/^/env /'; ${argv}; echo end; } > "${log}.$$"; cat "${log}.$$" >> "${log}"; rm "${log}.$$"`;
  writeFileSync(
    path,
    `#!/bin/bash
case " $* " in *" metadata="*) ;; *) exec "$@" ;; esac
${note('for word in "$@"; do printf \'arg %s\\n\' "$word"; done')}
out= stem= tail= before= types= emit=
for word in "$@"; do
  case $before in
    --crate-name) stem=$word ;; --out-dir) out=$word ;; --crate-type) types="$types $word" ;;
  esac
  case $word in
    extra-filename=*) tail=\${word#extra-filename=} ;; --test) types=bin ;; --emit=*) emit=$word ;;
  esac
  before=$word
done
${later === undefined ? '"$@" || exit' : compileLater(later)}
case $stem in build_script_*) ;; *) exit 0 ;; esac
script=$out/$stem$tail
[ -x "$script" ] || exit 0
mv "$script" "$script.real"
cat > "$script" <<END
#!/bin/bash
${note(`printf 'arg %s\\n' 'build script' "$stem"`).replaceAll('$', '\\$').replaceAll('\\$stem', '$stem')}
exec "$script.real"
END
chmod +x "$script"
`,
  );
  chmodSync(path, 0o755);
}

/**
 * C compilers for `PATH` that make empty objects of what build scripts compile: what is linked is real,
 * and what CMake tries. Answers their folder.
 */
export function writeQuickCompilers(folder: string): string {
  const place = join(folder, 'bin');
  mkdirSync(place, { recursive: true });
  const folders = (process.env['PATH'] ?? '').split(':');
  for (const name of ['cc', 'c++', 'gcc', 'g++', 'clang', 'clang++']) {
    const path = join(place, name);
    const real = folders.map((each) => join(each, name)).find((each) => existsSync(each));
    if (real === undefined) continue;
    writeFileSync(
      path,
      `#!/bin/bash
before=
case " $* " in
  *CMake*) ;;
  *" -c "*) for word in "$@"; do case $before in -o) : > "$word"; exit ;; esac; before=$word; done ;;
esac
exec '${real}' "$@"
`,
    );
    chmodSync(path, 0o755);
  }
  return place;
}

/** Each unit leaves a script that compiles it, after those that it needs. */
function compileLater(folder: string): string {
  return `mkdir -p '${folder}'
unit=$stem$tail
words=() needed=() before=
for word in "$@"; do
  case $before in
    --extern) file=\${word##*/} name=\${file#lib} name=\${name%.*}
      if [ -e '${folder}'/"$name.sh" ]; then word=\${word%%=*}='${folder}'/$file; needed+=("$name"); fi ;;
    -L) case $word in dependency=*) word=dependency='${folder}' ;; esac ;;
    --out-dir) case $stem in build_script_*) ;; *) word='${folder}' ;; esac ;;
  esac
  words+=("$word") before=$word
done
{
  echo "exec 9> '${folder}/$unit.lock'; flock 9; [ -e '${folder}/$unit.done' ] && exit"
  for name in "\${needed[@]}"; do echo "bash '${folder}/$name.sh' || exit"; done
  declare -px; echo unset CARGO_MAKEFLAGS MAKEFLAGS
  echo "cd \${PWD@Q}; exec 8>&9; \${words[@]@Q} 8>&- 9>&- || exit; touch '${folder}/$unit.done'"
} > '${folder}'/"$unit.sh.$$"
mv '${folder}'/"$unit.sh.$$" '${folder}'/"$unit.sh"
rm -f '${folder}'/"$unit.done"
case $stem in
  build_script_*) bash '${folder}'/"$unit.sh" || exit ;;
  *)
    source=; for word in "$@"; do case $word in *.rs) source=$word; break ;; esac; done
    printf '%s: %s\\n\\n%s:\\n' "$out/$unit.d" "$source" "$source" > "$out/$unit.d"
    case $emit in *metadata*) : > "$out/lib$unit.rmeta" ;; esac
    for type in \${types:-bin}; do
      case $type in
        lib | rlib) made=$out/lib$unit.rlib ;; proc-macro | dylib | cdylib) made=$out/lib$unit.so ;;
        staticlib) made=$out/lib$unit.a ;; *) made=$out/$unit ;;
      esac
      printf '#!/bin/sh\\n' > "$made"; chmod +x "$made"
    done ;;
esac`;
}

export function readLog(path: string): readonly ToolRun[] {
  const runs: ToolRun[] = [];
  let argv: string[] = [];
  let environment = new Map<string, string>();
  let cwd = '';
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    const rest = line.slice(4);
    if (line.startsWith('cwd ')) cwd = rest;
    else if (line.startsWith('arg ')) argv.push(rest);
    else if (line.startsWith('env '))
      environment.set(rest.split('=')[0] ?? '', rest.slice(rest.indexOf('=') + 1));
    else if (line === 'end') {
      // Of rustc its own name goes: where it lies is no matter.
      runs.push({ argv: argv[0] === 'build script' ? argv : argv.slice(1), cwd, environment });
      argv = [];
      environment = new Map();
    }
  }
  return runs;
}
