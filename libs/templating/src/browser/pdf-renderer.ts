/** Turns finished HTML into files. Nothing in the HTML is executed or fetched. */
export interface PdfRenderer {
  /** A4 unless the document's own `@page` says otherwise. */
  htmlToPdf(html: string): Promise<Buffer>;
  /** The top left part of the page, in CSS pixels. */
  htmlToJpeg(html: string, size: { readonly width: number; readonly height: number }): Promise<Buffer>;
  /** Finishes what is running and ends the browser. */
  close(): Promise<void>;
}
