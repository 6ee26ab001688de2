import { unreachable } from '../../base/assert.ts';
import { maskText } from '../../model/option.ts';
import type { StoredOption } from '../../store/setup/setup-state.ts';
import type { Key } from './keys.ts';

/** What a build's options are on the screen, and what is being done to them. */
export interface EditorState {
  readonly options: readonly StoredOption[];
  /** New values by option, as `-D` takes them. */
  readonly changes: ReadonlyMap<string, string>;
  /** Only options with this in their name or description are shown. */
  readonly filter: string;
  /** The option that is pointed at, by its name; empty where none is shown. */
  readonly selected: string;
  readonly mode: Mode;
  /** What to tell below. */
  readonly note: string;
}

export type Mode =
  | { readonly kind: 'browse' }
  /** The filter is typed. */
  | { readonly kind: 'search' }
  /** A value is typed. */
  | { readonly kind: 'text'; readonly text: string }
  /** Several of an option's choices are picked. */
  | { readonly kind: 'pick'; readonly at: number; readonly picked: readonly string[] }
  /** Changes are lost if this is meant. */
  | { readonly kind: 'leave' };

/** What a key leads to: another state, or the end. */
export type Pressed =
  | { readonly kind: 'state'; readonly state: EditorState }
  | { readonly kind: 'apply' | 'quit' };

/** The groups of options, in the order in which they are shown. */
export const groups: readonly (readonly [section: string, title: string])[] = [
  ['user', 'Project'],
  ['core', 'Core'],
  ['base', 'Compilers, all languages'],
  ['compiler', 'Compilers, by language'],
  ['directory', 'Directories'],
  ['test', 'Testing'],
  ['backend', 'Backend'],
];

const browse: Mode = { kind: 'browse' };

/** The editor as it opens: nothing changed, and the first option selected. */
export function newEditor(options: readonly StoredOption[]): EditorState {
  const order = groups.map(([section]) => section);
  const rank = ({ section }: StoredOption): number => order.indexOf(section);
  const sorted = options.toSorted((a, b) => rank(a) - rank(b));
  const selected = sorted[0]?.name ?? '';
  return { options: sorted, changes: new Map(), filter: '', selected, mode: browse, note: '' };
}

/** The options that the filter lets through. */
export function shownOptions({ options, filter }: EditorState): readonly StoredOption[] {
  const wanted = filter.toLowerCase();
  return options.filter(({ name, description }) =>
    `${name}\n${description}`.toLowerCase().includes(wanted),
  );
}

/** The option under the cursor; undefined where the filter shows none. */
export function selectedOption(state: EditorState): StoredOption | undefined {
  return shownOptions(state).find(({ name }) => name === state.selected);
}

/** The value of an option as `-D` takes it. */
export function givenText({ value, type }: Pick<StoredOption, 'value' | 'type'>): string {
  if (Array.isArray(value)) return givenList(value);
  return type.kind === 'umask' && typeof value === 'number' ? maskText(value) : String(value);
}

/** The same of a list. */
export function givenList(items: readonly string[]): string {
  if (!items.some((item) => /[,'[\]\\]/.test(item)) && items.length > 0) return items.join(',');
  const quoted = items.map((item) => `'${item.replace(/[\\']/g, '\\$&')}'`);
  return `[${quoted.join(', ')}]`;
}

/** The value an option has, or will have. */
export function valueText({ changes }: EditorState, option: StoredOption): string {
  return changes.get(option.name) ?? givenText(option);
}

/** What a key does. */
export function press(state: EditorState, key: Key): Pressed {
  if (key.kind === 'key' && key.name === 'interrupt') return { kind: 'quit' };
  switch (state.mode.kind) {
    case 'browse':
      return pressBrowsing({ ...state, note: '' }, key);
    case 'search':
      return stay(pressSearching(state, key));
    case 'text':
      return stay(pressTyping(state, state.mode.text, key));
    case 'pick':
      return stay(pressPicking(state, state.mode, key));
    case 'leave': {
      const isYes = key.kind === 'text' && key.text.toLowerCase().startsWith('y');
      return isYes ? { kind: 'quit' } : stay({ ...state, mode: browse });
    }
    default:
      return unreachable(state.mode);
  }
}

function stay(state: EditorState): Pressed {
  return { kind: 'state', state };
}

const steps = { up: -1, down: 1, 'page-up': -10, 'page-down': 10, home: -1e9, end: 1e9 } as const;

function pressBrowsing(state: EditorState, key: Key): Pressed {
  if (key.kind === 'text') return typeLetters(state, key.text);
  switch (key.name) {
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
    case 'home':
    case 'end':
      return stay(moved(state, steps[key.name]));
    case 'tab':
      return stay(otherGroup(state, 1));
    case 'back-tab':
      return stay(otherGroup(state, -1));
    case 'left':
      return stay(nextChoice(state, -1));
    case 'right':
      return stay(nextChoice(state, 1));
    case 'enter':
      return stay(edit(state));
    case 'escape':
      return state.filter === '' ? leave(state) : stay(filtered(state, ''));
    default:
      return stay(state);
  }
}

/** Letters are commands; those that were typed at once, one after the other. */
function typeLetters(state: EditorState, text: string): Pressed {
  let now = state;
  for (const [at, letter] of [...text].entries()) {
    const done = command(now, letter);
    if (done.kind !== 'state') return done;
    now = done.state;
    // What follows belongs to the field that was opened.
    const rest = [...text].slice(at + 1).join('');
    if (now.mode.kind !== 'browse') {
      return rest === '' ? done : press(now, { kind: 'text', text: rest });
    }
  }
  return stay(now);
}

function command(state: EditorState, letter: string): Pressed {
  switch (letter) {
    case 'q':
      return leave(state);
    case 's':
      return state.changes.size === 0
        ? stay({ ...state, note: 'Nothing was changed.' })
        : { kind: 'apply' };
    case '/':
      return stay({ ...state, mode: { kind: 'search' } });
    case 'u':
      return stay({ ...state, changes: without(state.changes, state.selected) });
    case 'j':
      return stay(moved(state, 1));
    case 'k':
      return stay(moved(state, -1));
    case ' ': {
      const option = selectedOption(state);
      const isList = option !== undefined && Array.isArray(option.value);
      return stay(option?.choices.length && !isList ? nextChoice(state, 1) : edit(state));
    }
    default:
      return stay(state);
  }
}

function leave(state: EditorState): Pressed {
  return state.changes.size === 0 ? { kind: 'quit' } : stay({ ...state, mode: { kind: 'leave' } });
}

function moved(state: EditorState, by: number): EditorState {
  const shown = shownOptions(state);
  const at = shown.findIndex(({ name }) => name === state.selected);
  const next = Math.min(Math.max(at + by, 0), shown.length - 1);
  return { ...state, selected: shown[next]?.name ?? '' };
}

function otherGroup(state: EditorState, by: 1 | -1): EditorState {
  const shown = shownOptions(state);
  const sections = [...new Set(shown.map(({ section }) => section))];
  const at = sections.indexOf(selectedOption(state)?.section ?? '');
  const wanted = sections[(at + by + sections.length) % Math.max(sections.length, 1)];
  const first = shown.find(({ section }) => section === wanted);
  return { ...state, selected: first?.name ?? state.selected };
}

function filtered(state: EditorState, filter: string): EditorState {
  const next = { ...state, filter };
  const shown = shownOptions(next);
  const stays = shown.some(({ name }) => name === state.selected);
  return { ...next, selected: stays ? state.selected : (shown[0]?.name ?? '') };
}

/** The choice behind or before the one that an option has. */
function nextChoice(state: EditorState, by: 1 | -1): EditorState {
  const option = selectedOption(state);
  if (option === undefined || option.choices.length === 0 || Array.isArray(option.value))
    return state;
  const { choices } = option;
  const at = choices.indexOf(valueText(state, option));
  return changed(state, option, choices[(at + by + choices.length) % choices.length] ?? '');
}

function changed(state: EditorState, option: StoredOption, text: string): EditorState {
  const changes = new Map(state.changes);
  if (text === givenText(option)) changes.delete(option.name);
  else changes.set(option.name, text);
  return { ...state, changes, mode: browse };
}

function without(changes: ReadonlyMap<string, string>, name: string): ReadonlyMap<string, string> {
  return new Map([...changes].filter(([each]) => each !== name));
}

/** Opens the field of an option, or takes its next choice. */
function edit(state: EditorState): EditorState {
  const option = selectedOption(state);
  if (option === undefined) return state;
  const { choices, value } = option;
  if (choices.length > 0 && Array.isArray(value)) {
    const picked = listItems(valueText(state, option));
    return { ...state, mode: { kind: 'pick', at: 0, picked } };
  }
  if (choices.length > 0) return nextChoice(state, 1);
  return { ...state, mode: { kind: 'text', text: valueText(state, option) } };
}

/** The items of a list as `-D` takes it, without commas in them. */
function listItems(text: string): readonly string[] {
  const inner = text.replace(/^\[(.*)\]$/, '$1');
  return inner
    .split(',')
    .map((item) => item.trim().replace(/^'(.*)'$/, '$1'))
    .filter((item) => item !== '');
}

function pressSearching(state: EditorState, key: Key): EditorState {
  if (key.kind === 'text') return filtered(state, state.filter + key.text);
  switch (key.name) {
    case 'backspace':
      return filtered(state, state.filter.slice(0, -1));
    case 'clear-line':
      return filtered(state, '');
    case 'escape':
      return { ...filtered(state, ''), mode: browse };
    case 'enter':
      return { ...state, mode: browse };
    case 'up':
    case 'down':
      return { ...moved(state, steps[key.name]), mode: browse };
    default:
      return state;
  }
}

function pressTyping(state: EditorState, text: string, key: Key): EditorState {
  const typed = (next: string): EditorState => ({ ...state, mode: { kind: 'text', text: next } });
  if (key.kind === 'text') return typed(text + key.text);
  const option = selectedOption(state);
  switch (key.name) {
    case 'backspace':
      return typed([...text].slice(0, -1).join(''));
    case 'clear-line':
      return typed('');
    case 'escape':
      return { ...state, mode: browse };
    case 'enter': {
      if (option === undefined) return { ...state, mode: browse };
      const isNumber = typeof option.value === 'number';
      if (isNumber && !/^-?\d+$/.test(text)) return { ...state, note: `'${text}' is no number.` };
      return { ...changed(state, option, text), note: '' };
    }
    default:
      return state;
  }
}

function pressPicking(
  state: EditorState,
  { at, picked }: Extract<Mode, { readonly kind: 'pick' }>,
  key: Key,
): EditorState {
  const option = selectedOption(state);
  if (option === undefined) return { ...state, mode: browse };
  const { choices } = option;
  const move = (by: number): EditorState => {
    const next = (at + by + choices.length) % choices.length;
    return { ...state, mode: { kind: 'pick', at: next, picked } };
  };
  if (key.kind === 'text') {
    const choice = choices[at] ?? '';
    if (key.text !== ' ') return state;
    const isPicked = picked.includes(choice);
    const next = choices.filter((each) => (each === choice ? !isPicked : picked.includes(each)));
    return { ...state, mode: { kind: 'pick', at, picked: next } };
  }
  if (key.name === 'up' || key.name === 'down') return move(steps[key.name]);
  if (key.name === 'escape') return { ...state, mode: browse };
  return key.name === 'enter' ? changed(state, option, givenList(picked)) : state;
}
