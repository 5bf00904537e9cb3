package org.mtl4j.core.metric;

import java.util.Arrays;

/**
 * Numbers that come one after the other, kept as small as they allow: nothing a number as long as
 * all are equal, a bit while all are 0 or 1, four bytes while all are floats, and eight else. Not
 * safe for use by several threads.
 */
public final class NumberList {
  private static final int FIRST_CAPACITY = 1024;

  private float first;
  private long[] bits = {};
  private float[] floats = {};
  private double[] doubles = {};
  private Kind kind = Kind.SAME;
  private int size;

  /** An empty list. */
  public NumberList() {}

  private enum Kind {
    SAME,
    BITS,
    FLOATS,
    DOUBLES
  }

  /** Number of numbers. */
  public int size() {
    return size;
  }

  /**
   * Adds a number.
   *
   * @throws ArithmeticException if there are 2^31 - 1 already
   */
  public void add(double value) {
    if (kind != Kind.DOUBLES && (float) value == value) {
      add((float) value);
    } else {
      addDouble(value);
    }
  }

  private void addDouble(double value) {
    int newSize = Math.addExact(size, 1);
    if (kind != Kind.DOUBLES) {
      Numbers before = numbers();
      doubles = new double[grown(before.size())];
      for (int i = 0; i < before.size(); i++) {
        doubles[i] = before.get(i);
      }
      kind = Kind.DOUBLES;
      bits = new long[0];
      floats = new float[0];
    }
    if (size == doubles.length) {
      doubles = Arrays.copyOf(doubles, grown(size));
    }
    doubles[size] = value;
    size = newSize;
  }

  /**
   * Adds a number.
   *
   * @throws ArithmeticException if there are 2^31 - 1 already
   */
  public void add(float value) {
    if (kind == Kind.DOUBLES) {
      addDouble(value);
      return;
    }
    int newSize = Math.addExact(size, 1);
    if (size == 0) {
      first = value;
    }
    widenFor(value);
    if (kind == Kind.BITS) {
      if (size >> 6 == bits.length) {
        bits = Arrays.copyOf(bits, grown(bits.length));
      }
      if (value == 1) {
        bits[size >> 6] |= 1L << size;
      }
    } else if (kind == Kind.FLOATS) {
      if (size == floats.length) {
        floats = Arrays.copyOf(floats, grown(size));
      }
      floats[size] = value;
    }
    size = newSize;
  }

  /** Adds those of another list in their order. */
  public void addAll(NumberList other) {
    Numbers values = other.numbers();
    for (int i = 0; i < values.size(); i++) {
      add(values.get(i));
    }
  }

  /** What was added so far; adding more does not change it. */
  public Numbers numbers() {
    if (kind == Kind.FLOATS && floats.length - size > size / 8) {
      floats = Arrays.copyOf(floats, size); // What is still empty may never be filled.
    }
    if (kind == Kind.DOUBLES && doubles.length - size > size / 8) {
      doubles = Arrays.copyOf(doubles, size);
    }
    return switch (kind) {
      case SAME -> new SameNumbers(first, size);
      case BITS -> new BitNumbers(Arrays.copyOf(bits, (size + 63) >> 6), size);
      case FLOATS -> new FloatNumbers(floats, size);
      case DOUBLES -> new DoubleNumbers(doubles, size);
    };
  }

  private void widenFor(float value) {
    if (kind == Kind.SAME && !isSame(value)) {
      Numbers before = numbers();
      kind = isBit(first) && isBit(value) ? Kind.BITS : Kind.FLOATS;
      refill(before);
    } else if (kind == Kind.BITS && !isBit(value)) {
      Numbers before = numbers();
      kind = Kind.FLOATS;
      refill(before);
      bits = new long[0];
    }
  }

  private void refill(Numbers before) {
    if (kind == Kind.BITS) {
      bits = new long[grown(before.size() >> 6)];
      for (int i = 0; i < before.size(); i++) {
        bits[i >> 6] |= (long) before.get(i) << i;
      }
    } else {
      floats = new float[grown(before.size())];
      for (int i = 0; i < before.size(); i++) {
        floats[i] = (float) before.get(i);
      }
    }
  }

  private boolean isSame(float value) {
    return Float.floatToRawIntBits(value) == Float.floatToRawIntBits(first);
  }

  /** Minus zero is a number of its own. */
  private static boolean isBit(float value) {
    return Float.floatToRawIntBits(value) == 0 || value == 1;
  }

  private static int grown(int capacity) {
    long wanted = Math.max(FIRST_CAPACITY, capacity + (long) capacity / 2);
    return (int) Math.min(Integer.MAX_VALUE - 8, wanted);
  }
}
