/**
 * The one live connection of a page. The server pushes, but the snapshot is the truth: a page that missed a
 * message, or lost the line, asks for the whole view again.
 *
 * server → page:  snapshot {seq, view}            on every connect, and when asked for
 *                 patch    {prev, seq, set}       `set` replaces top-level keys of the view
 * page → server:  snapshot                        after a gap; answered by the event or by its acknowledgement
 */

import { io } from "../vendor/socket.io.esm.min.js";
import { createRenewal } from "./renewal.js";

const SILENCE = 6500; // ms without a packet (the server pings every 5 s) before the line counts as dead; noticed within 8 s
const ASK_AGAIN = 3000; // ms to wait for a snapshot that was asked for
const LOOK = 1000; // ms
const JUMP = 3000; // ms by which a look may be early or late before the page has slept, or its clock was set

/** A name that a page can give itself in its query: the same over all its connections, another when it is loaded anew. */
export function newNonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Open the connection of `namespace` ("/kiosk").
 *
 * onView(view, changed): after every change; `changed` is the Set of the view's keys that came with it.
 * onState(state): "connecting", "online" (only once a snapshot has come) or "offline"; told on change.
 * onRefusal(code): the server answers, and does not let this page in.
 * mayRenew(): whether the page could load itself anew now, as it does when it was made from another configuration; a
 * page that gives none never does.
 * Returns {close(), emit(event, data, acknowledge)}.
 */
export function openFeed({ namespace, query = {}, onView, onState, onRefusal = () => {}, mayRenew = () => false }) {
  const socket = io(namespace, {
    transports: ["websocket"],
    query,
    reconnectionDelay: 300,
    reconnectionDelayMax: 1500,
    timeout: 4000,
  });
  const tell = stateTeller(onState);
  const renewal = createRenewal(mayRenew);
  const book = openBook(socket, (view, changed) => {
    renewal.told(view.config);
    onView(view, changed);
    tell("online");
  });

  socket.on("connect", () => book.expect());
  socket.on("snapshot", (message) => book.snapshot(message));
  socket.on("patch", (message) => book.patch(message));
  socket.on("disconnect", () => {
    book.stop();
    tell("offline");
  });
  socket.on("connect_error", (error) => {
    tell("offline");
    onRefusal(error.message);
  });
  const stopKeeping = keepAlive(socket, tell, book.ask, renewal.look);

  tell("connecting");
  return {
    emit: (event, data, acknowledge) => (acknowledge ? socket.emit(event, data, acknowledge) : socket.emit(event, data)),
    close: () => {
      stopKeeping();
      book.stop();
      socket.close();
    },
  };
}

function stateTeller(onState) {
  let told = null;
  return (state) => {
    if (state === told) return;
    told = state;
    onState(state);
  };
}

/** Keeps the view and its sequence number; `deliver` hears every view that is whole. */
function openBook(socket, deliver) {
  let view = null;
  let seq = null;
  let waiting = true; // for a snapshot: patches are dropped until it comes
  let timer = 0;

  const book = {
    /** Connected: ask if the server's own snapshot does not come. (It may have come already: a server that emits
     *  while it accepts the connection is heard before "connect".) */
    expect() {
      if (!waiting) return;
      clearTimeout(timer);
      timer = setTimeout(book.ask, ASK_AGAIN);
    },
    ask() {
      waiting = true;
      book.expect();
      socket.emit("snapshot", (message) => {
        if (message && message.view) book.snapshot(message);
      });
    },
    snapshot(message) {
      clearTimeout(timer);
      waiting = false;
      ({ seq, view } = message);
      deliver(view, new Set(Object.keys(view)));
    },
    patch(message) {
      if (waiting) return;
      if (message.prev !== seq) {
        book.ask();
        return;
      }
      seq = message.seq;
      view = { ...view, ...message.set };
      deliver(view, new Set(Object.keys(message.set)));
    },
    stop() {
      waiting = true;
      clearTimeout(timer);
    },
  };
  return book;
}

/**
 * Socket.IO by itself notices a frozen server only after ping interval plus timeout, and gives up when the server
 * refuses or ends the namespace; a hall's screen does neither.
 */
function keepAlive(socket, tell, ask, whileConnected) {
  let heard = performance.now(); // a clock that nobody can set
  let looked = Date.now();
  const listen = () => {
    heard = performance.now();
  };
  const jumped = () => {
    const since = Date.now() - looked;
    looked += since;
    return Math.abs(since - LOOK) > JUMP;
  };
  socket.io.on("open", () => {
    listen();
    socket.io.engine.on("packet", listen);
  });
  const timer = setInterval(() => {
    const hasJumped = jumped();
    if (socket.connected && performance.now() - heard > SILENCE) {
      tell("offline");
      socket.io.engine.close();
    } else if (!socket.active) {
      socket.connect();
    } else if (socket.connected) {
      // Patches may have been lost in its sleep, and the server's time is told by snapshots alone.
      if (hasJumped) ask();
      whileConnected();
    }
  }, LOOK);
  return () => clearInterval(timer);
}
