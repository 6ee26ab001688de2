import picocolors from 'picocolors';

/** How reporters paint. */
export interface Style {
  /** Whether colours of tools pass. */
  readonly colors: boolean;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

/** The style of a terminal or file that takes colours, or of one that takes none. */
export function style({ colors }: { readonly colors: boolean }): Style {
  const { bold, dim, green, red, yellow } = picocolors.createColors(colors);
  return {
    colors,
    bold,
    dim,
    good: green,
    bad: (text) => bold(red(text)),
    warn: yellow,
  };
}
