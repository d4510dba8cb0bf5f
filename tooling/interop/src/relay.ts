/** Stands between the two ends of one connection, so that a test sees what goes over the wire. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { WireDirection } from './wire-direction.js';
import type { Cut } from './wire-direction.js';

/** What the relay does to the messages of each side. */
export interface RelayOptions {
  cutClient?: Cut | undefined;
  cutServer?: Cut | undefined;
}

/** Takes one connection and passes it on. */
export class Relay {
  readonly fromClient: WireDirection;
  readonly fromServer: WireDirection;

  private constructor(
    private readonly listener: Server,
    targetPort: number,
    { cutClient, cutServer }: RelayOptions,
  ) {
    this.fromClient = new WireDirection(cutClient);
    this.fromServer = new WireDirection(cutServer);
    listener.once('connection', (client: Socket) => {
      listener.close();
      const server = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
      pass(client, server, this.fromClient);
      pass(server, client, this.fromServer);
    });
  }

  /** @param targetPort - of the server, on this machine */
  static async start(targetPort: number, options: RelayOptions = {}): Promise<Relay> {
    const listener = createServer({ allowHalfOpen: true, noDelay: true });
    const relay = new Relay(listener, targetPort, options);
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return relay;
  }

  /** Where the client is to call. */
  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Forgets a connection that never came. */
  stop(): void {
    if (this.listener.listening) this.listener.close();
  }
}

function pass(from: Socket, to: Socket, direction: WireDirection): void {
  from.setNoDelay(true);
  from.on('data', (chunk: Buffer) => {
    for (const bytes of direction.take(chunk)) to.write(bytes);
  });
  from.on('end', () => to.end());
  from.on('error', () => to.destroy());
}
