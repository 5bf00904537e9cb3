package org.mtl4j.data.source;

/** What is told of the values of a row. */
interface JsonFields {
  /**
   * A row begins; the last one may have ended half-way, as one to be skipped.
   *
   * @param place where it stands
   */
  void begin(String place);

  /** Whether the value of a path is wanted; of others nothing is looked at. */
  boolean reads(String path);

  /**
   * A value of a path. Of one that is not wanted only this is told: that it is not null.
   *
   * @param text whether it is a text or a list, and no number or boolean
   * @param value as the table holds it; null for a missing one
   * @param column the character of the line, from 1, where it begins
   */
  void value(String path, boolean text, String value, int column);
}
