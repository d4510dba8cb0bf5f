// @ts-check
// A friendly name and a colour for each tab.

const MANNERS = [
  ...['Brave', 'Calm', 'Clever', 'Curious', 'Dapper', 'Eager', 'Gentle', 'Happy'],
  ...['Jolly', 'Kind', 'Lively', 'Lucky', 'Merry', 'Nimble', 'Patient', 'Quiet'],
];
const ANIMALS = [
  ...['Badger', 'Beaver', 'Dolphin', 'Falcon', 'Fox', 'Gecko', 'Hare', 'Heron'],
  ...['Ibex', 'Kiwi', 'Lynx', 'Magpie', 'Marten', 'Newt', 'Otter', 'Owl'],
  ...['Panda', 'Puffin', 'Raven', 'Robin', 'Seal', 'Swift', 'Toad', 'Wren'],
];
const HUE_STEP = 30;
const HUES = 360 / HUE_STEP;
const NAMES = MANNERS.length * ANIMALS.length;

/**
 * @typedef {object} Identity
 * @property {string} name - such as `Brave Otter`
 * @property {number} hue - 0 to 330, in degrees; the page chooses lightness and chroma
 */

/**
 * An identity for a number: the same each time, so that a tab keeps its name when it reconnects,
 * unless somebody present has the name, or a colour like it.
 *
 * @param {number} seed - a non-negative integer
 * @param {readonly Identity[]} present - fewer than there are names
 * @returns {Identity} with a name of its own, and the hue that is farthest from those present
 */
export function chooseIdentity(seed, present) {
  return {
    name: chooseName(seed, new Set(present.map(({ name }) => name))),
    hue: chooseHue(seed, new Set(present.map(({ hue }) => hue))),
  };
}

/**
 * @param {number} seed
 * @param {ReadonlySet<string>} taken
 */
function chooseName(seed, taken) {
  let index = seed % NAMES;
  while (taken.has(nameAt(index))) index = (index + 1) % NAMES;
  return nameAt(index);
}

/** @param {number} index */
function nameAt(index) {
  const animal = ANIMALS[index % ANIMALS.length];
  const manner = MANNERS[Math.floor(index / ANIMALS.length)];
  return `${manner} ${animal}`;
}

/**
 * @param {number} seed
 * @param {ReadonlySet<number>} taken
 */
function chooseHue(seed, taken) {
  let best = { hue: 0, distance: -1 };
  for (let step = 0; step < HUES; step++) {
    const hue = ((seed + step) % HUES) * HUE_STEP;
    const distance = Math.min(360, ...[...taken].map((other) => angleBetween(hue, other)));
    if (distance > best.distance) best = { hue, distance };
  }
  return best.hue;
}

/**
 * @param {number} a
 * @param {number} b
 */
function angleBetween(a, b) {
  const difference = Math.abs(a - b);
  return Math.min(difference, 360 - difference);
}
