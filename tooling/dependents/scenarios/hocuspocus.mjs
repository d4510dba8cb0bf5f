/** Two editors of one document, a third who is refused, and the end of the server's connections. */
import { once } from 'node:events';
import { listen } from './support.mjs';

export async function scenario(modules, print) {
  const { Doc, Hocuspocus, HocuspocusProvider, HocuspocusProviderWebsocket } = modules;
  const { WebSocket, WebSocketServer } = modules;
  const hocuspocus = new Hocuspocus({
    quiet: true,
    async onAuthenticate({ token }) {
      if (token !== 'right') throw new Error('refused');
    },
  });
  const { server, host } = await listen();
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (socket, request) => hocuspocus.handleConnection(socket, request));

  const connect = (token) => {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://${host}`,
      WebSocketPolyfill: WebSocket,
      maxAttempts: 1,
    });
    const document = new Doc();
    const provider = new HocuspocusProvider({ websocketProvider, name: 'paper', document, token });
    provider.attach();
    return { provider, websocketProvider, text: document.getText('body') };
  };

  const [first, second] = [connect('right'), connect('right')];
  await Promise.all([first, second].map(({ provider }) => event(provider, 'synced')));
  print('synced');
  for (const [from, to, words] of [
    [first, second, 'one '],
    [second, first, 'two '],
    [first, second, 'three '.repeat(20_000)],
  ]) {
    const changed = new Promise((resolve) => to.text.observe(resolve));
    from.text.insert(from.text.length, words);
    await changed;
    print(`text: ${to.text.length} ${to.text.toString() === from.text.toString()}`);
  }

  const third = connect('wrong');
  const { reason } = await event(third.provider, 'authenticationFailed');
  print(`refused: ${reason}`);

  for (const { provider, websocketProvider } of [first, second, third]) {
    provider.destroy();
    websocketProvider.destroy();
  }
  while (webSockets.clients.size > 0) {
    const [client] = webSockets.clients;
    await once(client, 'close');
  }
  print('all gone');
  webSockets.close();
  server.close();
}

function event(provider, name) {
  return new Promise((resolve) => provider.on(name, resolve));
}
