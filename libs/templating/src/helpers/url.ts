/** `{{url link}}`: an address fit for an href; anything but http, https and mailto becomes `#`. */
export function url(value: unknown): string {
  if (value === undefined || value === null) return '';
  const parsed = URL.parse(String(value));
  return parsed !== null && ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : '#';
}
