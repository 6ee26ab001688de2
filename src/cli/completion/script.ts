import { unreachable } from '../../base/assert.ts';
export const shells = ['bash', 'zsh', 'fish'] as const;

/**
 * A script that makes a shell complete kaon's words. It asks kaon itself, which knows the commands,
 * their options, and the targets, tests and options of the build: `kaon completion --complete LINE`
 * prints what may stand where the last word of the line is, one a line with a tab before what it is
 * for, or `:files` or `:folders`.
 */
export function completionScript(shell: (typeof shells)[number]): string {
  switch (shell) {
    case 'bash':
      return bash;
    case 'zsh':
      return zsh;
    case 'fish':
      return fish;
    default:
      return unreachable(shell);
  }
}

// Bash takes words apart at = and : too, and wants only what comes behind the last of them.
const bash = `# kaon's completion for bash: eval "$(kaon completion bash)"
_kaon() {
  local line=\${COMP_LINE:0:COMP_POINT} word=\${COMP_WORDS[COMP_CWORD]} found
  mapfile -t found < <(kaon completion --complete "$line" 2>/dev/null)
  case \${found[0]-} in
  :files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
  :folders) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
  esac
  [[ $word == [=:] ]] && word=
  local full=\${line##*[[:space:]]}
  found=("\${found[@]%%$'\\t'*}")
  COMPREPLY=("\${found[@]#"\${full%"$word"}"}")
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[[:space:]]* ]] && COMPREPLY=("$(printf %q "\${COMPREPLY[0]}")")
  return 0
}
complete -F _kaon kaon
`;

const zsh = `#compdef kaon
# kaon's completion for zsh: source <(kaon completion zsh)
_kaon() {
  local line="\${(j: :)\${(@)words[1,CURRENT-1]}} \${PREFIX}"
  local -a found=("\${(@f)$(kaon completion --complete "$line" 2>/dev/null)}")
  case \${found[1]} in
  :files) _files; return ;;
  :folders) _files -/; return ;;
  esac
  local -a names=(\${found%%$'\\t'*}) described=()
  local each
  for each in $found; do described+=("\${\${each%%$'\\t'*}//:/\\\\:}:\${each#*$'\\t'}"); done
  if [[ \${names[1]} == *= ]]; then compadd -S '' -- $names; else _describe -V kaon described; fi
}
(( $+functions[compdef] )) && compdef _kaon kaon
`;

const fish = `# kaon's completion for fish: kaon completion fish | source
function __kaon_complete
  set -l found (kaon completion --complete (commandline -cp | string collect) 2>/dev/null)
  switch "$found[1]"
    case :files
      __fish_complete_path (commandline -ct)
    case :folders
      __fish_complete_directories (commandline -ct)
    case '*'
      printf '%s\\n' $found
  end
end
complete -c kaon -f -a '(__kaon_complete)'
`;
