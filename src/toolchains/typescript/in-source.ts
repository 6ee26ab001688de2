import type { Mirror } from './mirror.ts';

/** A text in which copies of the package's files are named by what they are copies of: that is what people open. */
export function inSource(text: string, { source, mirror }: Pick<Mirror, 'source' | 'mirror'>) {
  return text.split(`${mirror}/`).reduce((before, after) => {
    const isOwn = !/^(node_modules|generated)\//.test(after);
    return `${before}${isOwn ? source : mirror}/${after}`;
  });
}
