/** The option WebSocket: a class of the application's. */
import { masked } from '../frames.js';
import { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { madeUpRequest, manualServer, upgradeManually } from '../upgrades.js';

export const classScenarios: readonly Scenario[] = [
  {
    title: 'its constructor',
    covers: ['15.WebSocket', '15.WebSocket.arguments'],
    run(world) {
      class Own extends world.lib.WebSocket {
        readonly extra = 'mine';
        constructor(...args: any[]) {
          super(...(args as [null]));
          const [address, protocols, options, ...more] = args;
          world.note('made', address, protocols, options === server.options, more);
        }
      }
      const server = manualServer(world, { WebSocket: Own });
      upgradeManually(server, {}, (websocket) => {
        world.note('opened', websocket instanceof Own, websocket.extra, websocket.readyState);
      });
    },
  },
  {
    title: 'its setSocket',
    covers: ['15.WebSocket.setSocket'],
    async run(world) {
      class Own extends (world.lib.WebSocket as any) {
        setSocket(socket: unknown, head: Buffer, options: object, ...more: unknown[]): void {
          world.note('setSocket', socket === given, head, options, more);
          world.note('before', this['readyState'], this['_isServer']);
          super['setSocket'](socket, head, { ...options, maxPayload: 4 });
          world.note('after', this['readyState'], this['protocol'], this['extensions']);
        }
      }
      const given = new ManualSocket();
      const server = manualServer(world, {
        WebSocket: Own,
        perMessageDeflate: true,
        maxPayload: Infinity,
        maxFragments: '7',
      });
      const headers = {
        'Sec-WebSocket-Protocol': 'a',
        'Sec-WebSocket-Extensions': 'permessage-deflate',
      };
      server.handleUpgrade(
        madeUpRequest({ headers }),
        given,
        Buffer.from('8180', 'hex'),
        (own: any) => {
          world.watch(own, 'websocket', ['message', 'error']);
        },
      );
      world.note('answer', given.take().toString());
      await given.receive(Buffer.alloc(4), masked(0x81, '12345'));
      world.note('wire', given.take());
    },
  },
  {
    title: 'its other methods',
    covers: ['15.WebSocket'],
    async run(world) {
      class Own extends world.lib.WebSocket {
        override pong(...args: any[]): void {
          world.note('pong', ...args.slice(0, 2));
          super.pong(...(args as [Buffer]));
        }
        override close(...args: any[]): void {
          world.note('close', ...args);
          super.close(...(args as [number]));
        }
        override emit(name: any, ...args: any[]): boolean {
          world.note('emit', name, ...args);
          return super.emit(name, ...args);
        }
      }
      const server = manualServer(world, { WebSocket: Own });
      const { socket } = upgradeManually(server);
      socket.take();
      await socket.receive(masked(0x89, 'a'), masked(0x88, Buffer.from([3, 232, 111, 107])));
      world.note('wire', socket.take());
    },
  },
];
