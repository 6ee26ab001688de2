const punctuation = String.raw`\- {}<>()[\].:;~%?&,+^=|!/*"'\\`;
/** Words between dots; a word may hold anything that is no punctuation. */
export const moduleName = `[^${punctuation}0-9][^${punctuation}]*(?:\\.[^${punctuation}0-9][^${punctuation}]*)*`;
