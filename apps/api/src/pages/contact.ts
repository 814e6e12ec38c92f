import { html, type Html } from './html.js';

/** Whom to ask. */
export function contactCard(contact: { name: string; phone: string; chatUrl?: string } | null | undefined): Html | null {
  if (!contact) return null;
  const { name, phone, chatUrl } = contact;
  return html`<footer class="card plain"><h2>Questions?</h2><p>${name}, <a href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a>${chatUrl !== undefined && html`, <a href="${chatUrl}" rel="noreferrer noopener">chat</a>`}</p></footer>`;
}
