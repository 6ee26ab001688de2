import { onStandardError } from '../build/on-standard-error.ts';
import type { Session } from '../session.ts';
import { type ParsedOptions, texts } from '../words/parse-words.ts';
import { type Messages, messageFormat } from './message-format.ts';

/** Who is told of a build, where words say so: a session, and how its builds quote compilers. */
export function withMessages(
  session: Session,
  options: ParsedOptions,
): { readonly session: Session; readonly messages: Messages | undefined } {
  const format = messageFormat(texts(options, 'messageFormat'));
  // What cannot be read is refused with the other words.
  if (!format.ok || format.value.kind === 'human') return { session, messages: undefined };
  const messages = { format: format.value, write: (text: string) => session.terminal.write(text) };
  const isForPrograms = format.value.kind === 'json';
  return { session: isForPrograms ? onStandardError(session) : session, messages };
}
