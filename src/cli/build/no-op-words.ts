/** What the last line of `kaon` says of a project in which nothing was to do. */
export const upToDate = 'is up to date';

/** What it says instead where something was built. */
export function builtWords(ran: number, milliseconds: number): string {
  const seconds = (milliseconds / 1000).toFixed(1);
  return `built, ${ran} ${ran === 1 ? 'action' : 'actions'} in ${seconds} s`;
}
