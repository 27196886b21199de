// Lists of [from, to] in whole milliseconds: sorted, apart from each other.

export function merge(list) {
  const out = [];
  for (const [from, to] of [...list].sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) out.push([from, to]);
  }
  return out;
}

// What of [from, to] the merged list leaves open.
export function missing(list, from, to) {
  const out = [];
  for (const [a, b] of list) {
    if (b <= from || a >= to) continue;
    if (a > from) out.push([from, a]);
    from = Math.max(from, b);
  }
  if (from < to) out.push([from, to]);
  return out;
}

export const total = (list) => list.reduce((sum, [a, b]) => sum + b - a, 0);

// 222000 -> "3:42", 3723000 -> "1:02:03"
export function clock(ms) {
  const s = Math.floor(ms / 1000), two = (n) => String(n).padStart(2, "0");
  const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

export const fill = (text, marks) => (text || "").replace(/\{(\w+)\}/g, (all, name) => marks[name] ?? all);
