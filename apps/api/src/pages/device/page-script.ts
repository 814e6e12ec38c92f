/**
 * What makes the page of a thread livelier where scripts run: new messages appear, what is seen counts as read, and a device can ask to be
 * notified. The page works without any of it. Plain JavaScript for browsers, served as it stands.
 */
export const pageScript = `'use strict';
(() => {
  const page = document.querySelector('[data-thread]');
  if (!page) return;
  const path = page.dataset.thread;
  const visible = () => document.visibilityState === 'visible';
  const quietly = (work) => work.catch(() => undefined);

  // What is on the screen counts as read, up to the newest of it; nobody need press for it.
  const read = () => {
    page.querySelector('[data-plain]')?.remove();
    const newest = page.querySelector('article[data-id]');
    if (!newest || !visible() || newest.dataset.read === 'yes') return;
    newest.dataset.read = 'yes';
    quietly(fetch(path + '/read', { method: 'POST', body: new URLSearchParams({ upTo: newest.dataset.id }), redirect: 'manual' }));
  };

  // A hint says that something changed; the page is read again and the messages in it are put in place of the old ones.
  let waiting;
  const refresh = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => quietly(again()), 200);
  };
  const again = async () => {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-thread]');
    if (!fresh) return;
    page.replaceChildren(...fresh.childNodes);
    read();
  };

  // Only while somebody looks: a page in the background lets the device be called.
  let source;
  const look = () => {
    if (visible() && !source) {
      source = new EventSource(path + '/live');
      source.addEventListener('hint', refresh);
      source.addEventListener('resync', refresh);
      refresh();
    }
    if (!visible() && source) {
      source.close();
      source = undefined;
    }
    read();
  };
  document.addEventListener('visibilitychange', look);
  look();

  // Notifications: shown where the browser has them.
  const control = document.querySelector('[data-push]');
  if (!control || !('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return;
  const button = control.querySelector('button');
  const said = control.querySelector('[role=status]');
  const say = (on, text) => {
    button.textContent = on ? 'Stop notifying me on this device' : 'Notify me on this device';
    button.dataset.on = on ? 'yes' : 'no';
    said.textContent = text;
  };
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  const tell = (what, body) => fetch(path + what, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
  });
  const worker = async () => {
    await navigator.serviceWorker.register('/c/-/worker.js', { scope: '/c/' });
    const ready = await navigator.serviceWorker.ready;
    // Where a press on the notification leads; it stays on this device.
    await (await caches.open('sevenfold')).put('/c/-/home', new Response(path));
    return ready;
  };
  const on = async () => {
    if ((await Notification.requestPermission()) !== 'granted') return say(false, 'Your browser does not allow notifications from here. You can change that in its settings.');
    const { pushManager } = await worker();
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(control.dataset.push) });
    await tell('/devices', subscription.toJSON());
    say(true, 'You are notified here when there is a message. Read it within a few hours, and no mail follows.');
  };
  const off = async () => {
    const registration = await navigator.serviceWorker.getRegistration('/c/');
    const subscription = registration && (await registration.pushManager.getSubscription());
    if (subscription) {
      await tell('/devices/forget', { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    }
    say(false, 'You are not notified here any more.');
  };
  button.addEventListener('click', async () => {
    button.disabled = true;
    await (button.dataset.on === 'yes' ? off() : on()).catch(() => say(button.dataset.on === 'yes', 'That did not work. Please try again in a moment.'));
    button.disabled = false;
  });
  quietly((async () => {
    const registration = await navigator.serviceWorker.getRegistration('/c/');
    const subscription = registration && (await registration.pushManager.getSubscription());
    say(Boolean(subscription) && Notification.permission === 'granted', '');
    control.hidden = false;
  })());
})();
`;

/** Lives on in the browser when the page is closed: shows what the push service brings, and opens the thread when it is pressed. */
export const workerScript = `'use strict';
const home = async () => {
  const kept = await (await caches.open('sevenfold')).match('/c/-/home');
  return kept ? kept.text() : undefined;
};
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => {
  const { title, body, tag } = event.data ? event.data.json() : {};
  // The same message twice is one notification.
  event.waitUntil(self.registration.showNotification(title || 'New message', { body, tag, renotify: false }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const path = await home();
    if (!path) return;
    const open = (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).find((each) => new URL(each.url).pathname === path);
    await (open ? open.focus() : self.clients.openWindow(path));
  })());
});
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil((async () => {
    const path = await home();
    const before = event.oldSubscription;
    if (!path || !before) return;
    const subscription = event.newSubscription || (await self.registration.pushManager.subscribe(before.options));
    await fetch(path + '/devices', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(subscription) });
  })());
});
`;
