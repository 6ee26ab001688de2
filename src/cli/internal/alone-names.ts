/** What runs so often that it is loaded without the rest of kaon: for each crate, or in each build. */
export const aloneNames = ['build-script', 'vcs-tag'] as const;
