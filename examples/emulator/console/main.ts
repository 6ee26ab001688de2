/** The page: a WebSocket to the emulator's UART, a screen, a keyboard. */

import { charactersOf } from './keys.ts';
import { Screen } from './screen.ts';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

function showState(state: 'open' | 'closed'): void {
  element('state').dataset.state = state;
  element('state').textContent = state;
}

const screen = new Screen();
const decoder = new TextDecoder();
const socket = new WebSocket(`ws://${location.host}/uart`);

socket.binaryType = 'arraybuffer';
socket.addEventListener('open', () => showState('open'));
socket.addEventListener('close', () => showState('closed'));
socket.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
  screen.write(decoder.decode(event.data, { stream: true }));
  element('screen').textContent = screen.text;
  window.scrollTo(0, document.body.scrollHeight);
});

document.addEventListener('keydown', (event) => {
  const characters = charactersOf(event);
  if (characters === undefined || socket.readyState !== WebSocket.OPEN) return;
  event.preventDefault();
  socket.send(new TextEncoder().encode(characters));
});
