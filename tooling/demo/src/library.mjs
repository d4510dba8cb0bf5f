// @ts-check
// The one place where the demo names the library that it shows.
export { WebSocket, WebSocketServer } from 'hybi';
