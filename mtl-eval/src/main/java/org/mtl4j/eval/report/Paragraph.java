package org.mtl4j.eval.report;

/**
 * A paragraph of text.
 *
 * @param text plain text
 * @param tone how much it matters
 */
public record Paragraph(String text, Tone tone) implements Element {
  /** How much a text matters. */
  public enum Tone {
    /** As any other. */
    PLAIN,
    /** Something that is missing or by the way. */
    ASIDE,
    /** Something to act on. */
    WARNING
  }

  /** A plain paragraph. */
  public static Paragraph of(String text) {
    return new Paragraph(text, Tone.PLAIN);
  }

  /** A paragraph by the way. */
  public static Paragraph aside(String text) {
    return new Paragraph(text, Tone.ASIDE);
  }

  /** A paragraph to act on. */
  public static Paragraph warning(String text) {
    return new Paragraph(text, Tone.WARNING);
  }
}
