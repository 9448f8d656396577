// The shops that the till knows, and what it knows of each: goods, sales, staff. Here they are samples in files; a real till asks its own systems.

export const SHOPS = [
  { id: "corner-shop", name: "Northwind Outfitters" },
  { id: "target", name: "Target" },
  { id: "mediamarkt-de", name: "MediaMarkt" },
  { id: "ikea-be", name: "IKEA Belgium" },
];

/** What the till knows of a shop. */
export async function loadTill(id) {
  const response = await fetch(new URL(`../samples/${id}.json`, import.meta.url));
  if (!response.ok) throw new Error(`samples/${id}.json: ${response.status}`);
  return response.json();
}
