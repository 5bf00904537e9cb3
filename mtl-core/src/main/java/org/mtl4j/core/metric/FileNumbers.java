package org.mtl4j.core.metric;

/**
 * Numbers in a file, so many a record.
 *
 * @param offset where in the record the first of them begins, in bytes
 * @param width how many a record has
 * @param bytes of each: 4 for floats, 8 for doubles
 */
record FileNumbers(RecordFile file, int offset, int width, int bytes) implements Numbers {
  /** One number a record. */
  FileNumbers(RecordFile file, int offset, int bytes) {
    this(file, offset, 1, bytes);
  }

  @Override
  public int size() {
    return file.size() * width;
  }

  @Override
  public double get(int index) {
    if (width == 1) {
      return read(index, offset);
    }
    int record = index / width;
    return read(record, offset + (index - record * width) * bytes);
  }

  private double read(int record, int at) {
    return bytes == Double.BYTES ? file.getDouble(record, at) : file.getFloat(record, at);
  }

  @Override
  public boolean areFloats() {
    return bytes == Float.BYTES;
  }
}
