package org.mtl4j.core.metric;

/** The numbers from 0 on. */
record Positions(int size) implements Ints {
  @Override
  public int get(int index) {
    return index;
  }
}
