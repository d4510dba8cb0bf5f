import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket, WebSocketServer } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { open, start, startOnPort } from './support/servers.js';

/** Notes what happens with the turn of the event loop in which it does. */
function record(wss: WebSocketServer): string[] {
  const events: string[] = [];
  wss.on('close', () => events.push('close'));
  return events;
}

describe.each(implementations)('$name', ({ Server }) => {
  it('closes one tick later when there is nobody to wait for', async () => {
    const { wss } = await start(Server);
    const events = record(wss);
    wss.close((...args) => events.push(`callback(${args.join()})`));
    expect(events).toEqual([]);
    await new Promise((resolve) => process.nextTick(resolve));
    expect(events).toEqual(['close', 'callback()']);
  });

  it('closes one tick after the last client, which it leaves alone', async () => {
    const { wss, port } = await start(Server);
    const events = record(wss);
    const clients = [await open(port), await open(port)];
    expect(wss.clients.size).toBe(2);
    wss.close();
    wss.close((error) => events.push(`second callback(${String(error)})`));
    for (const websocket of wss.clients) {
      websocket.on('close', () => {
        events.push(`client, ${wss.clients.size} left`);
        process.nextTick(() => events.push('tick'));
      });
    }
    const echo = once(clients[0] as NodeJS.EventEmitter, 'message');
    for (const websocket of wss.clients) websocket.send('still here');
    await echo;
    expect(events).toEqual([]);
    const closed = once(wss, 'close');
    clients[0]?.close();
    await once(clients[0] as NodeJS.EventEmitter, 'close');
    clients[1]?.close();
    await closed;
    const last = events.lastIndexOf('client, 0 left');
    expect(events.slice(0, last).filter((event) => event === 'close')).toEqual([]);
    expect(events.slice(last)).toEqual([
      'client, 0 left',
      'close',
      'second callback(undefined)',
      'tick',
    ]);
  });

  it('waits for nobody without client tracking', async () => {
    const { wss, port } = await start(Server, { clientTracking: false });
    const client = await open(port);
    wss.close();
    await once(wss, 'close');
    expect(client.readyState).toBe(1);
  });

  it('waits for the last connection of its own HTTP server', async () => {
    const { wss, port } = await startOnPort(Server);
    const events = record(wss);
    const client = await open(port);
    const [websocket] = [...wss.clients] as [WebSocket];
    wss.close(() => events.push('callback'));
    const closed = once(websocket, 'close');
    const echo = once(client, 'message');
    websocket.send('still here');
    await echo;
    expect(events).toEqual([]);
    client.close();
    await once(wss, 'close');
    expect(events).toEqual(['close', 'callback']);
    await closed;
  });

  it('closes once, however often it was asked to meanwhile', async () => {
    const { wss, port } = await startOnPort(Server);
    const events = record(wss);
    const client = await open(port);
    for (const websocket of wss.clients) websocket.terminate();
    await once(client, 'close');
    wss.close();
    wss.close(() => events.push('callback'));
    await once(wss, 'close');
    await new Promise(setImmediate);
    expect(events).toEqual(['close', 'callback']);

    const other = new Server({ noServer: true });
    const otherEvents = record(other);
    other.close();
    other.close();
    await once(other, 'close');
    await new Promise(setImmediate);
    expect(otherEvents).toEqual(['close']);
  });

  it('refuses connections on its own port', async () => {
    const { wss, port } = await startOnPort(Server);
    const closed = once(wss, 'close');
    wss.close();
    await closed;
    await expect(open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('closes before it listens', async () => {
    const wss = new Server({ port: 0 });
    wss.on('listening', () => expect.unreachable());
    wss.close();
    await once(wss, 'close');
    expect(wss.address()).toBe(null);
  });

  it('tells who closes it again', async () => {
    const wss = new Server({ noServer: true });
    const events = record(wss);
    wss.close();
    await once(wss, 'close');
    const callback = new Promise((resolve) => wss.close(resolve));
    expect(events).toEqual(['close']);
    expect(await callback).toEqual(new Error('The server is not running'));
    expect(events).toEqual(['close', 'close']);
  });

  it('tells of the end of clients that come from handleUpgrade alone', async () => {
    const { server, port } = await start(Server, {});
    server.removeAllListeners('upgrade');
    const wss = new Server({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      wss.handleUpgrade(request, socket, head, () => {});
    });
    const client = await open(port);
    wss.close();
    client.terminate();
    await once(wss, 'close');
    expect(wss.clients.size).toBe(0);
  });
});
