export const shells = ['bash', 'zsh', 'fish'] as const;

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
}

/**
 * A script that makes a shell complete commands, their options (as their help tells them) and, where
 * targets or tests are named, those of the build directory.
 */
export function completionScript(
  shell: (typeof shells)[number],
  commands: readonly CompletedCommand[],
): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
  }
}

/** Commands that take names of targets, and of tests. */
const takeTargets = 'compile|run|why';

/** Names from the build directory: what `introspect` says, without reading JSON by more than sed. */
const namesFunction = (name: string, kind: string): string => `${name}() {
  kaon introspect --${kind} -i "\${1:-.}" 2>/dev/null \\
    || kaon introspect --${kind} -i build 2>/dev/null
}
`;

/** Top level keys are indented by eight spaces: \`        "name": "x",\`. */
const pickNames = `sed -n 's/^        "name": "\\(.*\\)",\\{0,1\\}$/\\1/p'`;

const shellFunctions = `${namesFunction('__kaon_targets', 'targets')}${namesFunction('__kaon_tests', 'tests')}__kaon_options() {
  kaon "$1" --help 2>/dev/null | grep -o -- '--[a-zA-Z0-9._-]*' | sort -u
}
`;

function bash(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# kaon's completion for bash: eval "$(kaon completion bash)"
${shellFunctions}_kaon() {
  local word=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]} directory=.
  local at
  for ((at = 1; at < COMP_CWORD; at++)); do
    [ "\${COMP_WORDS[at]}" = -C ] && directory=\${COMP_WORDS[at + 1]}
  done
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names}" -- "$word"))
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$(__kaon_options "$command")" -- "$word"))
  else
    case $command in
    ${takeTargets}) COMPREPLY=($(compgen -W "$(__kaon_targets "$directory" | ${pickNames})" -- "$word")) ;;
    test) COMPREPLY=($(compgen -W "$(__kaon_tests "$directory" | ${pickNames})" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
  fi
}
complete -o filenames -F _kaon kaon
`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  return `#compdef kaon
# kaon's completion for zsh: source <(kaon completion zsh)
${shellFunctions}_kaon() {
  local directory=\${words[\${words[(i)-C]} + 1]:-.}
  local -a commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  elif [[ $PREFIX == -* ]]; then
    compadd -- \${(f)"$(__kaon_options $words[2])"}
  else
    case $words[2] in
    ${takeTargets}) compadd -- \${(f)"$(__kaon_targets $directory | ${pickNames})"} ;;
    test) compadd -- \${(f)"$(__kaon_tests $directory | ${pickNames})"} ;;
    *) _files ;;
    esac
  fi
}
compdef _kaon kaon
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const described = commands.map(
    ({ name, summary }) =>
      `complete -c kaon -n __fish_use_subcommand -f -a ${name} -d '${quoted(summary)}'`,
  );
  const options = commands.map(
    ({ name }) =>
      `complete -c kaon -n '__fish_seen_subcommand_from ${name}' -a '(__kaon_options ${name})'`,
  );
  return `# kaon's completion for fish: kaon completion fish | source
function __kaon_names
  for directory in . build
    kaon introspect --$argv[1] -i $directory 2>/dev/null | ${pickNames}; and break
  end
end
function __kaon_options
  string match -q -- '-*' (commandline -ct); and kaon $argv[1] --help 2>/dev/null | grep -o -- '--[a-zA-Z0-9._-]*' | sort -u
end
${described.join('\n')}
${options.join('\n')}
complete -c kaon -n '__fish_seen_subcommand_from ${takeTargets.replaceAll('|', ' ')}' -f -a '(__kaon_names targets)'
complete -c kaon -n '__fish_seen_subcommand_from test' -f -a '(__kaon_names tests)'
`;
}

function quoted(text: string): string {
  return text.replaceAll("'", '’').replaceAll(':', '\\:');
}
