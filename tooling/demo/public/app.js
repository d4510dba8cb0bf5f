// The page: connects the panels to their endpoints and shows the state of the connection.
import { startBurst } from './burst.js';
import { startChat } from './chat.js';
import { Connection, endpoint } from './connection.js';
import { startEcho } from './echo.js';
import { element } from './elements.js';

const STATES = { open: 'Connected', lost: 'Reconnecting' };

const compression = element('compression', HTMLInputElement);
const status = element('status', HTMLElement);
// By this the server knows the tab again when it reconnects, and gives it the same name.
const tab = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(16).padStart(8, '0') ?? '';

/**
 * @param {string} path
 * @param {Record<string, string>} [query]
 */
function address(path, query = {}) {
  return endpoint(path, compression.checked ? { ...query, compress: '1' } : query);
}

const chat = new Connection(() => address('/chat', { tab }));
const echo = new Connection(() => address('/echo'));

function showConnection() {
  const state = chat.isOpen && echo.isOpen ? 'open' : 'lost';
  status.dataset.state = state;
  status.textContent = STATES[state];
  element('socket-url', HTMLElement).textContent = echo.url;
  element('socket-extensions', HTMLElement).textContent = echo.isOpen
    ? JSON.stringify(echo.extensions)
    : '…';
}

for (const connection of [chat, echo]) {
  connection.addEventListener('open', showConnection);
  connection.addEventListener('lost', showConnection);
}
compression.addEventListener('change', () => {
  chat.restart();
  echo.restart();
});

startChat(chat);
startEcho(echo);
startBurst(() => address('/burst'));
chat.restart();
echo.restart();
