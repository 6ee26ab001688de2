/** A URL as messages may show it: no user name, no password, no query, no fragment. */
export function shownUrl(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.username = '';
    parsed.password = '';
    parsed.search = '';
    parsed.hash = '';
    return parsed.href;
  } catch {
    return url.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '');
  }
}

/** Whether kaon downloads from it: the web, never the disk. */
export function isDownloadable(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url);
}
