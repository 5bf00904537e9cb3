package org.mtl4j.data.simulator;

/**
 * One row of the log: an item shown at a position of a page.
 *
 * @param visit the request
 * @param position place on the page, from 1
 * @param item what was shown
 */
record Impression(Visit visit, int position, int item) {
  /** Who saw it. */
  int user() {
    return visit.user();
  }
}
