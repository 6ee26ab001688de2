import { unreachable } from '../../base/assert.ts';
import type { StoredOption } from '../../store/setup/setup-state.ts';
import {
  type EditorState,
  givenText,
  groups,
  selectedOption,
  shownOptions,
  valueText,
} from './editor-state.ts';

/** How parts of the screen are painted. */
export interface Paint {
  readonly heading: (text: string) => string;
  readonly selected: (text: string) => string;
  readonly changed: (text: string) => string;
  readonly dim: (text: string) => string;
}

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** The lines of the screen, no more than fit. */
export function view(state: EditorState, { rows, columns }: Size, paint: Paint): readonly string[] {
  const footer = footerOf(state, columns, paint);
  const space = Math.max(rows - footer.length - 2, 1);
  const body = bodyOf(state, columns, paint);
  const at = body.findIndex(({ isSelected }) => isSelected);
  const from = Math.min(Math.max(at - Math.floor(space / 2), 0), Math.max(body.length - space, 0));
  const visible = body.slice(from, from + space).map(({ text }) => text);
  const blank = Array.from({ length: space - visible.length }, () => '');
  return [titleOf(state, columns, paint), '', ...visible, ...blank, ...footer].slice(0, rows);
}

function titleOf(state: EditorState, columns: number, paint: Paint): string {
  const { mode, filter, changes } = state;
  const count = changes.size === 0 ? '' : `, ${changes.size} changed`;
  const title = `Options${count}`;
  if (mode.kind === 'search') return cut(`${title}   Search: ${filter}_`, columns);
  return paint.heading(cut(filter === '' ? title : `${title}   Search: ${filter}`, columns));
}

interface Line {
  readonly text: string;
  readonly isSelected: boolean;
}

function bodyOf(state: EditorState, columns: number, paint: Paint): readonly Line[] {
  const shown = shownOptions(state);
  if (shown.length === 0)
    return [{ text: cut('  No option is called so.', columns), isSelected: false }];
  const width = Math.min(
    Math.max(...shown.map(({ name }) => name.length)),
    Math.floor(columns / 2),
  );
  return groups.flatMap(([section, title]) => {
    const own = shown.filter((option) => option.section === section);
    if (own.length === 0) return [];
    const lines = own.flatMap((option) => optionLines(state, option, { width, columns, paint }));
    return [{ text: paint.heading(cut(title, columns)), isSelected: false }, ...lines];
  });
}

function optionLines(
  state: EditorState,
  option: StoredOption,
  {
    width,
    columns,
    paint,
  }: { readonly width: number; readonly columns: number; readonly paint: Paint },
): readonly Line[] {
  const { mode, changes, selected } = state;
  const isSelected = option.name === selected;
  const isChanged = changes.has(option.name);
  const isTyped = isSelected && mode.kind === 'text';
  const value = isTyped ? `${mode.text}_` : valueText(state, option);
  const mark = isSelected ? '>' : isChanged ? '*' : ' ';
  const plain = cut(`${mark} ${cut(option.name, width).padEnd(width)}  ${value}`, columns);
  const text = isSelected ? paint.selected(plain) : isChanged ? paint.changed(plain) : plain;
  const line = { text, isSelected: isSelected && mode.kind !== 'pick' };
  if (!isSelected || mode.kind !== 'pick') return [line];
  return [
    line,
    ...option.choices.map((choice, at) => {
      const box = mode.picked.includes(choice) ? '[x]' : '[ ]';
      const own = cut(`    ${box} ${choice}`, columns);
      return { text: at === mode.at ? paint.selected(own) : own, isSelected: at === mode.at };
    }),
  ];
}

function footerOf(state: EditorState, columns: number, paint: Paint): readonly string[] {
  const option = selectedOption(state);
  const was =
    option !== undefined && state.changes.has(option.name) ? `   was ${givenText(option)}` : '';
  const choices = option?.choices.length ? `   one of ${option.choices.join(', ')}` : '';
  const kind =
    option !== undefined && Array.isArray(option.value) ? choices.replace('one', 'some') : choices;
  return [
    '',
    cut(option?.description ?? '', columns),
    paint.dim(cut(`${was}${kind}`.trim(), columns)),
    state.note === '' ? paint.dim(cut(help(state), columns)) : cut(state.note, columns),
  ];
}

function help({ mode, changes }: EditorState): string {
  switch (mode.kind) {
    case 'browse':
      return '↑↓ move · Tab next group · Enter or ←→ change · u undo · / search · s save and set up · q quit';
    case 'search':
      return 'Type a part of a name · Enter done · Esc all options';
    case 'text':
      return 'Type a value · Enter take it · Ctrl-U clear · Esc leave it';
    case 'pick':
      return '↑↓ move · Space pick · Enter done · Esc leave it';
    case 'leave':
      return `Forget ${changes.size} changed option${changes.size === 1 ? '' : 's'}? y or n`;
    default:
      return unreachable(mode);
  }
}

/** As much of a text as fits. */
function cut(text: string, columns: number): string {
  const plain = text.replace(/\p{Cc}/gu, ' ');
  return plain.length > columns ? `${plain.slice(0, Math.max(columns - 1, 0))}…` : plain;
}
