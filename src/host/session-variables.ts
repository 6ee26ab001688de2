/** Which terminal, session and shell it is, which no tool's answer rests on; and what make tells of its jobs. */
const names =
  /^(_|PWD|OLDPWD|SHLVL|TERM|TERM_.*|COLORTERM|COLUMNS|LINES|LS_COLORS|PS\d|HIST.*|EDITOR|VISUAL|PAGER|LESS.*|SSH_.*|DISPLAY|WAYLAND_DISPLAY|WINDOWID|DBUS_.*|INVOCATION_ID|JOURNAL_STREAM|MAKEFLAGS|MAKELEVEL|MFLAGS)$/;

export function isOfTheSession(variable: string): boolean {
  return names.test(variable);
}
