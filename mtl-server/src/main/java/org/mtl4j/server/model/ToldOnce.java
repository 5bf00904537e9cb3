package org.mtl4j.server.model;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What has been said already, so that looking every second does not say it every second. The oldest
 * is forgotten when there is too much: a folder can give any number of reasons in a year.
 */
final class ToldOnce {
  private final int most;
  private final Set<String> told = new LinkedHashSet<>();

  /** Remembers that many. */
  ToldOnce(int most) {
    this.most = most;
  }

  /** Whether it is still to be said, which it counts as from now on. */
  boolean isNew(String text) {
    // What is said again and again stays, whatever else comes.
    boolean known = told.remove(text);
    told.add(text);
    if (told.size() > most) {
      Iterator<String> oldest = told.iterator();
      oldest.next();
      oldest.remove();
    }
    return !known;
  }
}
