import type { Session } from '../session.ts';

/** A session whose words for people go to standard error: programs read the other. */
export function onStandardError(session: Session): Session {
  const { terminal } = session;
  const print = (line: string): void => terminal.printError(line);
  return {
    ...session,
    terminal: {
      ...terminal,
      write: (text) => {
        if (text !== '') print(text.replace(/\n$/, ''));
      },
      print,
      interactive: false,
    },
  };
}
