/** Makes the desk one that can be installed, where the browser lets it: over https, or on this computer itself. */

export function register() {
  if (!("serviceWorker" in navigator)) return;
  const language = document.documentElement.lang === "en" ? "en" : "zh";
  const address = `/counter/sw.js?lang=${language}`;
  // The desk works without it; the browser's own log says why not.
  navigator.serviceWorker.register(address, { scope: "/counter", updateViaCache: "none" }).catch(console.warn);
}
