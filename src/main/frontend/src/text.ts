/** Characters as the server counts them: an emoji outside the basic plane is one. */
export function codePoints(text: string): number {
  return [...text].length;
}
