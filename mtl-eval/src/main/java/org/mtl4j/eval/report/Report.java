package org.mtl4j.eval.report;

import java.util.List;

/**
 * What a person is to read after training, comparing or diagnosing. Values from data may stand
 * anywhere in it; each format escapes them.
 *
 * @param title what it is about, say the experiment's name
 * @param sections its parts, in the order of reading
 */
public record Report(String title, List<Section> sections) {
  /** Copies the list. */
  public Report {
    sections = List.copyOf(sections);
  }

  /**
   * One part of a report.
   *
   * @param title its heading
   * @param elements what stands in it, in the order of reading
   */
  public record Section(String title, List<Element> elements) {
    /** Copies the list. */
    public Section {
      elements = List.copyOf(elements);
    }
  }
}
