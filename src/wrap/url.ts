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

/** A text with stars for the secrets of the URLs in it: as long as before, so that places stay true. */
export function withoutSecrets(text: string): string {
  const stars = (secret: string): string => '*'.repeat(secret.length);
  return text
    .replace(/(:\/\/)([^/\s@]+)(?=@)/g, (_, before: string, user: string) => before + stars(user))
    .replace(
      /(:\/\/[^\s?#]*[?#])(\S+)/g,
      (_, before: string, rest: string) => before + stars(rest),
    );
}
