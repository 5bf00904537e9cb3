package org.mtl4j.core.metric;

/** What rows may hold beside predictions, labels and weights, and a metric may need. */
public enum RowPart {
  /** The group of each row, a user say. */
  GROUPS("no groups are named (evaluation.group_by)"),
  /** The item of each row. */
  ITEMS("no items are named (evaluation.item)"),
  /** How many training rows each row's item has. */
  POPULARITY("nobody knows how often items are in training rows"),
  /** What each row's item is like. */
  CONTENT("no content of items is named (evaluation.item_content)");

  private final String lack;

  RowPart(String lack) {
    this.lack = lack;
  }

  /** Why there is no figure without it, as the end of a sentence. */
  public String lack() {
    return lack;
  }
}
