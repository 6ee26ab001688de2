/** Which shell, and which terminal around it. */
const terminal =
  /^(_|PWD|OLDPWD|SHLVL|TERM|TERM_.*|COLORTERM|COLUMNS|LINES|LS_COLORS|LSCOLORS|PS\d|PROMPT.*|HIST.*|EDITOR|VISUAL|PAGER|LESS.*|MANPAGER|VTE_VERSION|WT_.*|ITERM_.*|LC_TERMINAL.*|KITTY_.*|ALACRITTY_.*|KONSOLE_.*|WEZTERM_.*|TMUX.*|STY|WINDOW|ZELLIJ.*|STARSHIP_.*|DIRENV_.*)$/;

/** Which session of a desktop, a remote login, an editor. */
const session =
  /^(SSH_.*|SUDO_.*|MAIL|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|WINDOWID|DBUS_.*|INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_.*|MEMORY_PRESSURE_.*|XDG_(SESSION|CURRENT|SEAT|VTNR|MENU|RUNTIME|GREETER).*|SESSION_MANAGER|DESKTOP_.*|GNOME_.*|KDE_.*|GTK_MODULES|GPG_.*|WSL_.*|WSLENV|VSCODE_.*|ELECTRON_.*|CHROME_DESKTOP|GIO_LAUNCHED_.*|INIT_CWD|npm_(command|execpath|lifecycle_.*|node_execpath|package_.*))$/;

/** Which job of a continuous integration: each has its own numbers and tokens. */
const job =
  /^(CI_.*|GITHUB_.*|ACTIONS_.*|RUNNER_.*|ImageVersion|GITLAB_.*|FF_.*|JENKINS_.*|HUDSON_.*|BUILD_(ID|NUMBER|TAG|URL|DISPLAY_NAME)|JOB_.*|RUN_.*_URL|EXECUTOR_NUMBER|NODE_NAME|STAGE_NAME|CIRCLE_.*|TRAVIS_.*|BUILDKITE_.*|CIRRUS_.*|DRONE_.*|APPVEYOR_.*|TF_BUILD|SYSTEM_.*|AGENT_.*|BUILD_BUILD.*|BUILD_SOURCE.*)$/;

/** What make tells of its jobs. */
const ofMake = /^(MAKEFLAGS|MAKELEVEL|MFLAGS)$/;

/** Whether a variable tells only where kaon was started: no answer of a compiler rests on it. */
export function isOfTheSession(variable: string): boolean {
  return [terminal, session, job, ofMake].some((names) => names.test(variable));
}
