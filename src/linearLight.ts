/** One channel of sRGB (0 to 255) as linear light, 0 to 1 (IEC 61966-2-1). */
export function linearLight(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
