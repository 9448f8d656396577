// What the till keeps over a restart: a small store of things by name in IndexedDB. Where there is none (a private window), it keeps them as long as the page is open.

const memory = new Map();

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("till", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("shelf");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function ask(mode, what) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction("shelf", mode);
      const asked = what(transaction.objectStore("shelf"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Does a step while no other tab does one of this name, where the browser can see to that. */
export function alone(name, step) {
  return globalThis.navigator?.locks ? navigator.locks.request(name, step) : step();
}

/** What is kept under the name, or undefined. */
export async function get(name) {
  try {
    return (await ask("readonly", (shelf) => shelf.get(name))) ?? memory.get(name);
  } catch {
    return memory.get(name);
  }
}

/** Keeps it. */
export async function put(name, value) {
  memory.set(name, value);
  try {
    await ask("readwrite", (shelf) => shelf.put(value, name));
  } catch {
    // Kept in memory.
  }
}
