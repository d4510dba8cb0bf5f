/** Packages without declarations, of which little is used. */
declare module 'faye-websocket';
declare module 'websocket';
