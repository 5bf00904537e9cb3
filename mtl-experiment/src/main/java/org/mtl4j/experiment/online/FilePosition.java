package org.mtl4j.experiment.online;

/**
 * How far a growing file was read, and by what it is known again under another name.
 *
 * @param file its name
 * @param position bytes that were taken, up to the end of a record
 * @param marks hashes of what was taken at the beginning and at the end
 */
public record FilePosition(String file, long position, Marks marks) {
  /**
   * Hashes of at most 4096 bytes each.
   *
   * @param head of the first bytes that were taken
   * @param tail of the last
   */
  public record Marks(String head, String tail) {}
}
