// The Socket.IO client as one module, without its debug logging.
export { io, Manager, Socket, protocol } from "socket.io-client";
