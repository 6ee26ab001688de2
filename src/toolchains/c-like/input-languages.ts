/** What `-x` calls a language. */
export const inputLanguages: Readonly<Record<string, string>> = {
  c: 'c',
  cpp: 'c++',
  objc: 'objective-c',
  objcpp: 'objective-c++',
};
