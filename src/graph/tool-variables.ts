/** Variables of kaon's own environment that compilers and linkers heed without being told to: a change of one changes each command. */
export const toolVariables: readonly string[] = [
  'COMPILER_PATH',
  'CPATH',
  'CPLUS_INCLUDE_PATH',
  'C_INCLUDE_PATH',
  'GCC_EXEC_PREFIX',
  'LIBRARY_PATH',
  'MACOSX_DEPLOYMENT_TARGET',
  'OBJC_INCLUDE_PATH',
  'SDKROOT',
  'SOURCE_DATE_EPOCH',
];
