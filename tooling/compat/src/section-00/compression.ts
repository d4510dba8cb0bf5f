/** permessage-deflate: small messages are done at once, with less memory. */
import { allOnThreadPool, doneAtOnce, largeText, smallPayload } from '../compression.js';
import { unmasked, zeroKey } from '../frames.js';
import { openClientManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const header = 'Sec-WebSocket-Extensions: permessage-deflate';

/** Sends a text and receives a message, and terminates in the same tick. */
async function noteTerminated(world: World, text: string, options: object): Promise<void> {
  const { websocket, socket } = await openClientManually(
    world,
    { generateMask: zeroKey, perMessageDeflate: options },
    [header],
  );
  websocket.on('message', (data) => world.note('message', data, websocket.readyState));
  const closed = world.closeOf(websocket);
  const told = new Promise<void>((resolve) => {
    websocket.send(text, (error) => {
      world.note('sent', error ?? 'no error');
      resolve();
    });
  });
  socket.push(unmasked(0xc1, smallPayload));
  websocket.terminate();
  await Promise.all([closed, told]);
  world.note('bytes were written', socket.take().length > 0);
}

/** Callbacks and events have no order among each other. */
function sorted(entries: readonly (readonly unknown[])[]): unknown[] {
  return [...entries].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}

const hello = ['Buffer', '48656c6c6f'];
const lost = { class: 'Error', message: 'The socket was closed while data was being compressed' };

export const compressionScenarios: readonly Scenario[] = [
  {
    title: 'small messages, and terminate in the same tick',
    covers: ['0.compression.at-once'],
    because: doneAtOnce,
    run: (world) => noteTerminated(world, 'small', {}),
    compare: sorted,
    expected: {
      ws: [
        ['bytes were written', false],
        ['message', hello, 2],
        ['sent', lost],
      ],
      hybi: [
        ['bytes were written', true],
        ['message', hello, 1],
        ['sent', 'no error'],
      ],
    },
  },
  {
    title: 'the same with maxSyncBytes: 0',
    covers: ['0.compression.option'],
    because: 'callbacks and events have no order among each other',
    run: (world) => noteTerminated(world, 'small', allOnThreadPool),
    compare: sorted,
  },
  {
    title: 'a large message, and terminate in the same tick',
    covers: ['0.compression.large'],
    because: 'the message that is received is small, and inflated at once',
    run: (world) => noteTerminated(world, largeText, {}),
    compare: (entries) => sorted(entries.filter(([what]) => what !== 'message')),
  },
];
