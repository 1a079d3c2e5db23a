/** Sentences as clips: fills the slots of the sentences that kiosk/speech.py lays down. */

/**
 * Returns clipsOf({kind, number, ahead, window}): the clips of each phrase of the sentence, or null for a screen that has
 * none. More people `ahead` than the voice can count are left unsaid.
 */
export function createSpeech({ language, sentences, vocabulary }) {
  const slots = {
    number: ({ number }) => Array.from(number, (sign) => vocabulary.signs[sign]).join(" "),
    ahead: ({ ahead }) => vocabulary.ahead[ahead] || "",
    window: ({ window }) => vocabulary.windows[window],
  };
  return (said) => {
    if (!said || !sentences[said.kind]) return null;
    return sentences[said.kind]
      .map((phrase) => phrase.replace(/\{(\w+)\}/g, (whole, slot) => slots[slot](said)))
      .filter(Boolean)
      .map((phrase) => phrase.split(" ").map((name) => `${language}/${name}`));
  };
}
