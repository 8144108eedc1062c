/** A generated file; `path` is relative to the folder of the pack (or of the output), with `/`. */
export interface RenderedFile {
  path: string;
  text: string;
}
