package org.mtl4j.server.model;

/** What came of files of items that had changed. */
public sealed interface CatalogueLook {
  /** Requests have the new items. */
  record Swapped() implements CatalogueLook {}

  /**
   * Requests go on with those before.
   *
   * @param problem why, with the files' places
   */
  record Refused(String problem) implements CatalogueLook {}
}
