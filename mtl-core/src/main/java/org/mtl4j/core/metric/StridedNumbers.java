package org.mtl4j.core.metric;

/** Every n-th of other numbers: those of one class, where all classes of a row stand together. */
record StridedNumbers(Numbers all, int first, int stride) implements Numbers {
  @Override
  public int size() {
    return all.size() / stride;
  }

  @Override
  public double get(int index) {
    return all.get(index * stride + first);
  }

  @Override
  public boolean areFloats() {
    return all.areFloats();
  }
}
