package org.mtl4j.core.metric;

/**
 * Whole numbers in a file, one a record.
 *
 * @param offset where in the record it begins, in bytes
 */
record FileInts(RecordFile file, int offset) implements Ints {
  @Override
  public int size() {
    return file.size();
  }

  @Override
  public int get(int index) {
    return file.getInt(index, offset);
  }
}
