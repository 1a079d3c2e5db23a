/** Text of any length in a place of one size. */

const SIZES = 4; // of .band-text in bands.css, the largest first

/** Gives `band` the largest size at which its .band-text is whole. */
export function fit(band) {
  const text = band.querySelector(".band-text");
  for (let size = 1; size <= SIZES; size += 1) {
    band.dataset.fit = size;
    // A line more would be taller than its letters; less is the part of a letter that its line has no room for.
    const letter = parseFloat(getComputedStyle(text).fontSize);
    if (text.scrollHeight - text.clientHeight < letter / 2) return;
  }
}
