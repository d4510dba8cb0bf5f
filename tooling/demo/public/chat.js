// The chat panel. What peers say becomes text nodes and nothing else.
import { element } from './elements.js';

const MAX_ENTRIES = 200;
const NEAR_BOTTOM_PX = 40;

/**
 * @typedef {{ name: string, hue: number }} Who
 * @typedef {{ type: 'welcome', you: Who, online: number }
 *   | { type: 'joined' | 'left', who: Who, online: number }
 *   | { type: 'said', who: Who, text: string }
 *   | { type: 'notice', text: string }} ChatEvent
 */

/** @param {import('./connection.js').Connection} connection */
export function startChat(connection) {
  const log = new ChatLog(element('chat-log', HTMLOListElement));
  const form = element('chat-form', HTMLFormElement);
  const input = element('chat-text', HTMLInputElement);
  let ownName = '';

  connection.addEventListener('message', (event) => {
    /** @type {ChatEvent} */
    const said = JSON.parse(/** @type {MessageEvent} */ (event).data);
    if ('online' in said) showOnline(said.online);
    switch (said.type) {
      case 'welcome':
        ownName = said.you.name;
        showOwnName(said.you);
        break;
      case 'joined':
      case 'left':
        log.remark(`${said.who.name} ${said.type}`);
        break;
      case 'said':
        log.say(said.who, said.text, said.who.name === ownName);
        break;
      case 'notice':
        log.remark(said.text);
    }
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    if (connection.send(JSON.stringify({ type: 'say', text }))) form.reset();
    else log.remark('Not connected just now. Your text is still in the box.');
  });
}

/** @param {number} online */
function showOnline(online) {
  element('chat-online', HTMLElement).textContent = String(online);
}

/** @param {Who} you */
function showOwnName(you) {
  const shown = element('chat-you', HTMLElement);
  shown.textContent = you.name;
  shown.style.setProperty('--hue', String(you.hue));
}

/** The list of what was said, with an end to its length. */
class ChatLog {
  #list;
  #lastSpeaker = '';

  /** @param {HTMLOListElement} list */
  constructor(list) {
    this.#list = list;
  }

  /**
   * @param {Who} who
   * @param {string} text
   * @param {boolean} isOwn
   */
  say(who, text, isOwn) {
    const item = document.createElement('li');
    item.className = isOwn ? 'said own' : 'said';
    item.style.setProperty('--hue', String(who.hue));
    const name = document.createElement('span');
    // A speaker's next lines go without the name for the eye, not for the ear.
    name.className = who.name === this.#lastSpeaker ? 'who visually-hidden' : 'who';
    name.textContent = who.name;
    const words = document.createElement('bdi');
    words.className = 'words';
    words.textContent = text;
    item.append(name, words);
    this.#append(item, who.name);
  }

  /** @param {string} text */
  remark(text) {
    const item = document.createElement('li');
    item.className = 'remark';
    item.textContent = text;
    this.#append(item, '');
  }

  /**
   * @param {HTMLLIElement} item
   * @param {string} speaker
   */
  #append(item, speaker) {
    const list = this.#list;
    const distance = list.scrollHeight - list.scrollTop - list.clientHeight;
    list.append(item);
    while (list.childElementCount > MAX_ENTRIES) list.firstElementChild?.remove();
    // Who scrolled up to read stays there.
    if (distance < NEAR_BOTTOM_PX) list.scrollTop = list.scrollHeight;
    this.#lastSpeaker = speaker;
    element('chat-hint', HTMLElement).hidden = true;
  }
}
