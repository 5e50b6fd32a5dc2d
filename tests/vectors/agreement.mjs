// Where two libraries compute the same thing they must say the same, or there is no vector.
export function same(first, ...others) {
  for (const other of others)
    if (other !== first) throw new Error(`libraries disagree:\n  ${first}\n  ${other}`);
  return first;
}
