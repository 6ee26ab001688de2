const printf = (name: string, argument: number): string => `--flag=${name}:${argument}:c-format`;
const passed = (name: string, argument: number): string =>
  `--flag=${name}:${argument}:pass-c-format`;

/** Arguments of xgettext for projects of a kind: GLib's own macros and functions. */
export const gettextPresets: Readonly<Record<string, readonly string[]>> = {
  glib: [
    '--from-code=UTF-8',
    '--add-comments',
    ...[
      '_',
      'N_',
      'C_:1c,2',
      'NC_:1c,2',
      'g_dcgettext:2',
      'g_dngettext:2,3',
      'g_dpgettext2:2c,3',
    ].map((word) => `--keyword=${word}`),
    passed('N_', 1),
    passed('C_', 2),
    passed('NC_', 2),
    passed('g_dngettext', 2),
    printf('g_strdup_printf', 1),
    printf('g_string_printf', 2),
    printf('g_string_append_printf', 2),
    printf('g_error_new', 3),
    printf('g_set_error', 4),
    printf('g_markup_printf_escaped', 1),
    printf('g_log', 3),
    printf('g_print', 1),
    printf('g_printerr', 1),
    printf('g_printf', 1),
    printf('g_fprintf', 2),
    printf('g_sprintf', 2),
    printf('g_snprintf', 3),
  ],
};
