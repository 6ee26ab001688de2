import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

/** One run of rustc, or of a build script: that has no arguments but its own name. */
export interface ToolRun {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: ReadonlyMap<string, string>;
}

/**
 * Writes a program for `RUSTC_WRAPPER` that notes each run of rustc for a unit of a build, and puts
 * one in the place of each build script that notes its runs too. Probes of scripts are not noted.
 */
export function writeLogger(path: string, log: string): void {
  const note = (argv: string): string =>
    `{ printf 'cwd %s\\n' "$PWD"; env -0 | tr '\\n\\0' ' \\n' | sed 's/^/env /'; ${argv}; echo end; } > "${log}.$$"; cat "${log}.$$" >> "${log}"; rm "${log}.$$"`;
  writeFileSync(
    path,
    `#!/bin/bash
case " $* " in *" metadata="*) ;; *) exec "$@" ;; esac
${note('for word in "$@"; do printf \'arg %s\\n\' "$word"; done')}
"$@" || exit
out= stem= tail= before=
for word in "$@"; do
  case $before in --crate-name) stem=$word ;; --out-dir) out=$word ;; esac
  case $word in extra-filename=*) tail=\${word#extra-filename=} ;; esac
  before=$word
done
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
