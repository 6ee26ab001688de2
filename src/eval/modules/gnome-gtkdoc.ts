import { posix } from 'node:path';
import { str } from '../argument-type.ts';
import { builtin, positional } from '../declare.ts';

export const gnomeGtkdocHtmlDir = builtin({
  name: 'gtkdoc_html_dir',
  label: 'gnome.gtkdoc_html_dir',
  doc: 'Where a manual of gtk-doc is installed, below the prefix.',
  positional: [positional('name', str, 'Name of the manual.')],
  returns: 'str',
  run: (_call, { positional: [name] }) => posix.join('share/gtk-doc/html', name),
});
