package org.mtl4j.data.simulator;

import java.util.List;

/**
 * One request: a page of items shown to one person at one time.
 *
 * @param index the request's number, from 0
 * @param day time since the start of the log, in days
 * @param user who visits
 * @param device index into {@link #DEVICES}
 * @param slot index into {@link #SLOTS}
 */
record Visit(long index, double day, int user, int device, int slot) {
  /** Length of the log in days. */
  static final int LOG_DAYS = 30;

  /** Items on a page. */
  static final int PAGE = 10;

  static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");
  static final List<String> SLOTS = List.of("home", "search", "feed");

  /** Hour of the day, 0 to 23. */
  int hour() {
    return (int) ((day - StrictMath.floor(day)) * 24);
  }

  /** Time since the start of the log in whole seconds. */
  double seconds() {
    return StrictMath.floor(day * 24 * 3600);
  }
}
