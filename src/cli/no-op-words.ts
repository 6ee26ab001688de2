/** What the last line of `kaon` says of a project in which nothing was to do. */
export const upToDate = 'is up to date';
